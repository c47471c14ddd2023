"""Ways in and ways to go wrong, each through the real edge; every test here fails today."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import time
import urllib.parse
from pathlib import Path

import httpx

from tests.stories.world import ANA, BEN, CLEO, FINANCE, Json, World, said, until

NOW = "2026-11-21T10:30:00+00:00"


def in_store(world: World, statement: str, *values: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(world.folder / "tieout.sqlite", timeout=30)
    rows = connection.execute(statement, values).fetchall()
    connection.commit()
    connection.close()
    return rows


def cards(world: World) -> list[Json]:
    return [message for message in world.messages(BEN) if "PRP-" in said(message)]


def staged(world: World) -> tuple[Json, str]:
    world.type("/forecast 4000 1m")  # one line, nothing to review
    world.tap("forecast.save", world.sees("Save as budget version"), ANA)
    card = world.sees("To approve")
    return card, next(word for word in said(card).split() if word.startswith("PRP-"))


def delivered(world: World, payload: Json) -> None:
    body = urllib.parse.urlencode({"payload": json.dumps(payload)})
    at = str(int(time.time()))
    signed = hmac.new(
        str(world.slack["signing_secret"]).encode(), f"v0:{at}:{body}".encode(), hashlib.sha256
    )
    httpx.post(
        f"http://127.0.0.1:{world.settings['TIEOUT_PORT']}/slack/events",
        content=body,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
            "X-Slack-Request-Timestamp": at,
        },
    ).raise_for_status()


def test_a_row_put_into_the_outbox_approves_nothing(world: World) -> None:
    _, proposal = staged(world)
    click = {"team": "T01ACME", "user": BEN, "at": NOW, "response_url": "", "value": proposal}
    args = json.dumps({**click, "verdict": "approve", "reason": ""})

    in_store(
        world,
        "INSERT INTO job (key, name, args, at) VALUES ('forged', 'click', ?, ?)",
        args,
        "2026-11-21T10:30:00.000000Z",
    )
    time.sleep(6)

    assert world.versions() == []


def test_the_same_user_id_from_another_workspace_decides_nothing(world: World) -> None:
    card, proposal = staged(world)

    delivered(
        world,
        {
            "type": "block_actions",
            "user": {"id": BEN, "team_id": "T99OTHER"},
            "team": {"id": "T01ACME"},
            "trigger_id": "1.2.other",
            "container": {"type": "message", "message_ts": card["ts"], "channel_id": FINANCE},
            "channel": {"id": FINANCE},
            "actions": [
                {
                    "type": "button",
                    "block_id": "b",
                    "action_id": "proposal.approve",
                    "value": proposal,
                }
            ],
        },
    )
    time.sleep(6)

    assert world.versions() == []


def test_a_card_deleted_in_slack_does_not_stop_what_was_approved(world: World) -> None:
    card, proposal = staged(world)
    in_store(world, "UPDATE message SET ts = '1.000001' WHERE key = ?", f"card:{proposal}")

    world.tap("proposal.approve", card, BEN)

    assert until(world.versions, 20)


def test_save_tapped_twice_makes_one_card(world: World) -> None:
    world.type("/forecast 4000 1m")
    answer = world.sees("Save as budget version")
    world.slack_fault(kind="slow", method="chat.postMessage", count=1, seconds=2)

    world.tap("forecast.save", answer, ANA)
    world.tap("forecast.save", answer, ANA)
    time.sleep(8)

    assert len(cards(world)) == 1


def test_a_slow_update_does_not_hide_how_it_ended(world: World) -> None:
    card, _ = staged(world)
    world.slack_fault(kind="slow", method="chat.update", count=1, seconds=6)

    world.tap("proposal.approve", card, BEN)
    until(world.versions)
    time.sleep(10)

    assert said(cards(world)[-1]).startswith("Committed")


def test_a_rejected_card_closes_when_slack_is_back_after_a_minute(world: World) -> None:
    card, _ = staged(world)
    world.slack_fault(kind="error_500", method="chat.update", count=6)

    world.tap("proposal.reject", card, CLEO)
    world.submit(CLEO, {"reason": "no"})
    time.sleep(60)

    assert "proposal.approve" not in str(cards(world)[-1])


def test_two_years_are_not_compared_with_one(world: World) -> None:
    world.type("/forecast 4000 24m")

    answer = said(world.sees("over 24 months"))

    assert "11,796,189.24" not in answer.split("\n")[0]  # twelve months of actuals


def test_a_forecast_of_one_project_says_so_and_is_no_budget_of_the_account(world: World) -> None:
    world.type("/forecast revenue 2m project=P-101")

    answer = world.sees("Revenue forecast")

    assert "P-101" in said(answer)
    assert "forecast.save" not in str(answer)


def test_a_forecast_of_one_department_says_so(world: World) -> None:
    world.type("/forecast 4000 2m dept=SALES")

    assert "SALES" in said(world.sees("Save as budget version"))


def test_actuals_of_an_account_closed_since_are_part_of_the_year(
    make_world: object, demo_company: Path, tmp_path: Path
) -> None:
    company = tmp_path / "inactive.sqlite"
    company.write_bytes(demo_company.read_bytes())
    connection = sqlite3.connect(company)
    connection.execute("UPDATE GLACCOUNT SET STATUS = 'inactive' WHERE ACCOUNTNO = '4300'")
    connection.commit()
    connection.close()
    world: World = make_world(company=company)  # type: ignore[operator]

    world.type("/forecast revenue 2m")

    assert "15,699,372.25" in said(world.sees("Save as budget version"))  # GLDETAIL, 12 months


def test_eight_questions_to_a_silent_intacct_do_not_hold_up_the_ninth(world: World) -> None:
    world.fault(kind="down", count=1000)
    for months in range(1, 9):
        world.type(f"/forecast 4000 {months}m")
    world.type("/audit verify", who=BEN)

    until(lambda: [m for m in world.messages(BEN) if "chain holds" in said(m)], 10)


def test_amounts_stay_out_of_the_log(world: World) -> None:
    world.type("/forecast 4100 1m")
    answer = world.sees("Save as budget version")
    world.someone_posts(
        account="4100",
        offset="1000",
        entity="100",
        department="SALES",
        date="2026-10-15",
        amount="-1234.56",
    )

    world.tap("forecast.save", answer, ANA)
    time.sleep(5)

    assert " USD" not in (world.folder / "bot.log").read_text(encoding="utf-8")


def test_try_again_tapped_twice_answers_once_and_only_those_who_may_ask(world: World) -> None:
    world.fault(kind="down", count=1000)
    world.type("/forecast 4000 2m")
    failed = until(
        lambda: next((m for m in world.messages() if "command.again" in str(m)), None), 90
    )
    world.fault(kind="none")

    for who in (ANA, ANA, CLEO):  # Cleo decides; she may not ask
        world.tap("command.again", failed, who)
    time.sleep(12)

    assert len([m for m in world.messages() if "forecast.save" in str(m)]) == 1
