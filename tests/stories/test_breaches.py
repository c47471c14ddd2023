"""Ways in, and ways to go wrong: each is closed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from pathlib import Path

from tests.stories.conftest import MakeWorld
from tests.stories.steps import QUICK, about
from tests.stories.world import ANA, BEN, CLEO, FINANCE, Json, World, said, until

NOW = "2026-11-21T10:30:00+00:00"


def in_store(world: World, statement: str, *values: str) -> None:
    connection = sqlite3.connect(world.folder / "tieout.sqlite", timeout=30)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def staged(world: World, account: str) -> tuple[Json, str]:
    """A card for one line of this account, and the proposal's id."""
    world.type(f"/forecast {account} {QUICK}")
    world.tap("forecast.save", about(world, account, "Save as budget version"), ANA)
    card = about(world, account, "PRP-")
    return card, next(word for word in said(card).split() if word.startswith("PRP-"))


def seen(world: World, card: Json, who: str = BEN) -> Json:
    """The card after this person reviewed what has to be reviewed."""
    if "proposal.review" in str(card):
        world.tap("proposal.review", card, who)
        world.submit(who)
        return until(lambda: _as_it_is(world, card, "Reviewed by"))
    return card


def _as_it_is(world: World, card: Json, words: str) -> Json | None:
    return next((m for m in world.messages() if m["ts"] == card["ts"] and words in said(m)), None)


def test_a_row_put_into_the_outbox_approves_nothing(shared_world: World) -> None:
    _, proposal = staged(shared_world, "4000")
    click = {"team": "T01ACME", "user": BEN, "at": NOW, "response_url": "", "value": proposal}
    before = shared_world.versions()

    in_store(
        shared_world,
        "INSERT INTO job (key, name, args, at) VALUES ('forged', 'click', ?, ?)",
        json.dumps({**click, "verdict": "approve", "reason": ""}),
        "2026-11-21T10:30:00.000000Z",
    )
    time.sleep(4)

    assert shared_world.versions() == before


def test_a_look_at_the_trail_cannot_be_turned_into_an_approval(shared_world: World) -> None:
    card, proposal = staged(shared_world, "4300")
    shared_world.tap("proposal.trail", card, BEN)
    store = sqlite3.connect(shared_world.folder / "tieout.sqlite", timeout=30)
    (body,) = store.execute(
        "SELECT body FROM audit WHERE about = ? AND did = 'opened proposal.trail'", (proposal,)
    ).fetchone()
    store.close()
    click = {"team": "T01ACME", "user": BEN, "at": NOW, "response_url": "", "value": proposal}
    before = shared_world.versions()

    in_store(
        shared_world,
        "INSERT INTO job (key, name, args, at) VALUES (?, 'click', ?, ?)",
        json.loads(body)["request"],
        json.dumps({**click, "verdict": "approve", "reason": ""}),
        "2026-11-21T10:30:00.000000Z",
    )
    time.sleep(4)

    assert shared_world.versions() == before


def test_the_same_user_id_from_another_workspace_decides_nothing(shared_world: World) -> None:
    card, proposal = staged(shared_world, "4100")
    before = shared_world.versions()

    shared_world.deliver(
        BEN,
        {
            "type": "block_actions",
            "user": {"id": BEN, "team_id": "T99OTHER"},
            "team": {"id": "T01ACME"},
            "trigger_id": "1.2.other",
            "container": {"type": "message", "message_ts": card["ts"], "channel_id": FINANCE},
            "channel": {"id": FINANCE},
            "actions": [
                {"type": "button", "action_id": "proposal.approve", "value": proposal},
            ],
        },
    )
    time.sleep(3)

    assert shared_world.versions() == before


def test_a_card_deleted_in_slack_does_not_stop_what_was_approved(shared_world: World) -> None:
    card, proposal = staged(shared_world, "4200")
    card, before = seen(shared_world, card), len(shared_world.versions())
    gone = f"card:{proposal}"
    in_store(shared_world, "UPDATE message SET ts = '1.000001' WHERE key = ?", gone)

    shared_world.tap("proposal.approve", card, BEN)

    assert until(lambda: len(shared_world.versions()) > before)


def test_a_forecast_of_one_project_says_so_and_is_no_budget_of_the_account(
    shared_world: World,
) -> None:
    shared_world.type("/forecast revenue 2m project=P-101")

    answer = shared_world.sees("P-101")

    assert "project P-101" in said(until(lambda: _as_it_is(shared_world, answer, "USD")))
    assert "forecast.save" not in str(_as_it_is(shared_world, answer, "USD"))


def test_a_forecast_of_one_department_says_so(shared_world: World) -> None:
    shared_world.type("/forecast 6100 2m dept=MKT")

    assert shared_world.sees(", department MKT, Nov 2026")


def test_actuals_of_an_account_closed_since_are_named(
    make_world: MakeWorld, demo_company: Path, tmp_path: Path
) -> None:
    company = tmp_path / "inactive.sqlite"
    shutil.copy(demo_company, company)
    connection = sqlite3.connect(company)
    connection.execute("UPDATE GLACCOUNT SET STATUS = 'inactive' WHERE ACCOUNTNO = '4300'")
    connection.commit()
    connection.close()
    world = make_world(company=company)

    world.type("/forecast revenue 2m")

    assert world.sees(
        "4300 Hardware sales is inactive in Intacct and left out; it had 1,069,432.88"
    )


def test_many_questions_to_a_silent_intacct_do_not_hold_up_the_next(
    make_world: MakeWorld,
) -> None:
    world = make_world()
    world.fault(kind="down", count=1000)
    for months in range(1, 13):
        world.type(f"/forecast 4000 {months}m")
    world.type("/audit verify", who=BEN)

    until(lambda: [m for m in world.messages(BEN) if "chain holds" in said(m)], 15)

    failed = until(
        lambda: next((m for m in world.messages() if "command.again" in str(m)), None), 120
    )
    world.fault(kind="none")
    for who in (ANA, ANA, CLEO):  # Cleo decides; she may not ask
        world.tap("command.again", failed, who)
    world.sees("You may not ask for figures here", who=CLEO)
    store = sqlite3.connect(world.folder / "tieout.sqlite")
    (again,) = store.execute("SELECT count(*) FROM job WHERE key LIKE '%:again'").fetchone()
    store.close()
    assert again == 1


def test_amounts_stay_out_of_the_log(shared_world: World) -> None:
    world = shared_world
    world.type("/forecast 5000 1m")
    answer = about(world, "5000", "Save as budget version")
    world.someone_posts(
        account="5000",
        offset="1000",
        entity="100",
        department="SALES",
        date="2026-10-15",
        amount="-1234.56",
    )

    world.tap("forecast.save", answer, ANA)

    world.sees("The books moved")
    assert " USD" not in (world.folder / "bot.log").read_text(encoding="utf-8")


def test_a_card_that_slack_did_not_take_is_there_when_slack_is_back(shared_world: World) -> None:
    world = shared_world
    card, _ = staged(world, "5100")
    world.slack_fault(kind="error_500", method="chat.update", count=3)

    world.tap("proposal.reject", card, CLEO)
    world.submit(CLEO, {"reason": "no"})

    rejected = until(lambda: _as_it_is(world, card, "Rejected"), 90)
    assert "proposal.approve" not in str(rejected)
