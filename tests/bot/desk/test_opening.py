"""Papers opened at the edge: who may, what an id proves, and how far down one can go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot.approvals.stage import stage
from bot.audit import trail
from bot.commands import audit, forecast
from bot.desk import edge
from bot.desk.desk import Desk
from bot.desk.edge import NO_SAY, Taken
from bot.forecasts.kept import id_of, kept
from bot.forecasts.save import draft_of
from bot.messages.message import Menu
from bot.messages.picture import draw
from bot.messages.render import view_of
from bot.messages.workspace import connect
from bot.policy import Person
from bot.settings import Secret
from bot.staged.refresh import refresh
from bot.store import tables
from bot.store.engine import open_store
from bot.store.kept import body_under, keep_under
from tests.bot.approvals.paper import ANA, BEN, DEV
from tests.bot.staged.copying import Company, company_at
from tests.sandbox.intacct.small_company import make_small_company

Opened = tuple[Desk, Company, str]  # and the id of a forecast of 4000 that was shown


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A forecast of what US Inc sold: 70.00, 1,250.50 and 2,000.00 from December on."""
    folder = tmp_path_factory.mktemp("desk")
    make_small_company(folder / "company.sqlite")
    store = open_store(f"sqlite:///{folder / 'tieout.sqlite'}")
    with company_at(folder / "company.sqlite") as company:
        services = company.services(store, Secret("a key for tests"))
        slack = connect("http://127.0.0.1:9/api/", "xoxb-none", store, company.clock, draw)
        request = forecast.parse("4000 1m", company.clock().date(), services.calendar)
        answer = forecast.run(request, services)
        yield Desk(services, slack), company, answer.id
    store.dispose()


def tap(desk: Desk, action: str, value: str, who: Person = BEN, **more: object) -> Taken:
    """A tap on a button, as Slack tells of it."""
    return edge.acted(desk, _from(who, actions=[{"action_id": action, "value": value}], **more))


def pick(desk: Desk, action: str, value: str, who: Person = BEN) -> Taken:
    """A choice in a list."""
    chosen = {"action_id": action, "selected_option": {"value": value}}
    return edge.acted(desk, _from(who, actions=[chosen]))


def words(taken: Taken) -> str:
    assert taken.window, taken.sentence
    return str(view_of(taken.window))


def _from(who: Person, **said: object) -> dict[str, Any]:
    user = {"id": who.user, "team_id": who.team}
    return {"user": user, "team": {"id": who.team}, "trigger_id": uuid4().hex, **said}


def test_sources_open_pick_and_go_down_to_the_entries_of_a_row(opened: Opened) -> None:
    desk, _, id_ = opened
    refresh(desk.services)

    first = tap(desk, "paper.sources", f"{id_}||")
    assert "Computed, not the sum of its rows." in words(first)
    assert "3 rows, which add up to 3,320.50." in words(first)
    assert first.window
    (figures, below) = (part for part in first.window.parts if isinstance(part, Menu))
    assert figures.options[0].label.startswith("Next 1 month · 4000 Sales")
    january = next(option for option in below.options if "2026-01" in option.label)

    entries = words(pick(desk, below.action, january.value))

    assert "Ties: 2 entries together 1,250.50." in entries  # Boston's 250.50 is below US Inc
    assert "250.50" in entries
    assert "2026-01" in entries


def test_where_there_is_no_copy_going_down_ends_in_a_sentence(
    opened: Opened, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk, company, id_ = opened
    bare = open_store(f"sqlite:///{tmp_path_factory.mktemp('bare') / 'tieout.sqlite'}")
    body = body_under(desk.services.store, id_)
    assert body
    keep_under(bare, id_, body, company.clock())
    beside = replace(desk, services=replace(desk.services, store=bare))

    entries = words(tap(beside, "paper.entries", f"{id_}|0|0"))

    assert "I keep no copy of the ledger’s entries of this month" in entries
    bare.dispose()


def test_who_may_not_see_opens_nothing_and_reads_no_digit(opened: Opened) -> None:
    desk, _, id_ = opened
    for action in ("paper.sources", "paper.table", "paper.export", "paper.entries"):
        taken = tap(desk, action, f"{id_}|0|0", who=DEV)

        assert taken == Taken(NO_SAY)
        assert not any(letter.isdigit() for letter in taken.sentence)
    search = _from(DEV, action_id="paper.sources.pick", value="", view={"private_metadata": id_})
    assert edge.suggested(desk, search) == ()
    sent = _from(DEV, view={"callback_id": "paper.export", "private_metadata": id_})
    assert edge.submitted(desk, sent) == {"format": NO_SAY}


def test_every_window_and_every_page_is_on_record(opened: Opened) -> None:
    desk, _, id_ = opened
    before = len(trail(desk.services.store, id_))

    tap(desk, "paper.sources", f"{id_}||", who=ANA)
    tap(desk, "paper.sources.more", f"{id_}|0|1", who=ANA)
    tap(desk, "paper.table", f"{id_}|0|0", who=ANA)

    did = [(row.who, row.did) for row in trail(desk.services.store, id_)][before:]
    assert did == [
        ("T01ACME/U01ANA", "opened paper.sources"),
        ("T01ACME/U01ANA", "opened paper.sources"),
        ("T01ACME/U01ANA", "opened paper.table"),
    ]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("FC-NOBODYGAVETHISOUT|0|0", "I no longer have this forecast."),
        ("PRP-NONE|0|0", "I no longer have this proposal."),
        ("AUD-99999999|0|0", "There is no such row on record."),
        ("AUD-x", "There is no such row on record."),
        ("AUD-٣", "There is no such row on record."),
        ("", "I do not know what this belongs to."),
        ("<!channel>|0", "I do not know what this belongs to."),
    ],
)
def test_an_id_nobody_gave_out_is_one_sentence(opened: Opened, value: str, sentence: str) -> None:
    desk, _, _ = opened

    assert tap(desk, "paper.sources", value).sentence.startswith(sentence)


def test_a_page_or_a_figure_that_is_no_number_is_the_first(opened: Opened) -> None:
    desk, _, id_ = opened

    assert words(tap(desk, "paper.sources", f"{id_}|-1|x")) == words(
        tap(desk, "paper.sources", id_)
    )


def test_a_forecast_changed_in_the_store_opens_nothing(opened: Opened) -> None:
    desk, company, id_ = opened
    body = body_under(desk.services.store, id_)
    assert body
    keep_under(desk.services.store, "FC-FORGED", body, company.clock())

    taken = tap(desk, "paper.sources", "FC-FORGED||")

    assert taken.window is None
    assert "is not what was shown any more" in taken.sentence


def test_a_figure_that_is_not_the_sum_of_its_rows_is_never_shown(
    opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    desk, company, id_ = opened
    raw = json.loads(body_under(desk.services.store, id_) or "")
    raw["lines"][0]["said"][3] = 777_77
    wrong = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    keep_under(desk.services.store, id_of(wrong), wrong, company.clock())

    taken = tap(desk, "paper.sources", f"{id_of(wrong)}||")

    assert taken.window is None
    assert "“Year before · 4000 Sales” is not the sum of its rows" in taken.sentence
    assert "report it" in taken.sentence
    assert "777" not in taken.sentence
    assert f"paper {id_of(wrong)}: 1 of" in caplog.text


def test_buttons_of_older_messages_still_open(opened: Opened) -> None:
    desk, _, id_ = opened
    proposal = _staged(desk, id_)

    assert words(tap(desk, "forecast.sources", id_)) == words(
        tap(desk, "paper.sources", f"{id_}|0|0")
    )
    assert words(tap(desk, "proposal.lines", proposal)) == words(
        tap(desk, "paper.table", f"{proposal}|0|0")
    )


def test_a_proposals_new_amounts_rest_on_balances_in_the_accounts_own_sign(
    opened: Opened,
) -> None:
    desk, _, id_ = opened
    proposal = _staged(desk, id_)

    new = words(tap(desk, "paper.sources", f"{proposal}|0|0"))

    assert "New · 4000 Sales · 100 · 2026-03" in new
    assert "Amounts have the sign of their account." in new
    assert "which add up to 3,320.50." in new


def test_a_proposal_whose_rows_were_changed_opens_nothing(opened: Opened) -> None:
    desk, _, id_ = opened
    proposal = _staged(desk, id_, key="of its own")
    snapshot = tables.snapshot
    here = snapshot.c.id == proposal.replace("PRP-", "SNP-")
    with desk.services.store.begin() as tx:
        tx.execute(update(snapshot).where(here).values(body="[]"))

    for action in ("paper.table", "proposal.lines", "proposal.review", "paper.export"):
        taken = tap(desk, action, f"{proposal}|0|0")
        assert taken.window is None
        assert f"Nothing of {proposal} is shown" in taken.sentence


def test_the_record_opens_up_to_the_row_that_was_proven_and_a_trail_too(opened: Opened) -> None:
    desk, _, id_ = opened
    services = desk.services
    tap(desk, "paper.sources", id_)
    whole = audit.show(audit.run(audit.Request(""), services))
    of_one = audit.show(audit.run(audit.Request(id_), services))
    tap(desk, "paper.sources", id_)  # one more row, which neither counts

    rows = int(whole.paper.removeprefix("AUD-"))
    counted = words(tap(desk, "paper.sources", f"{whole.paper}||"))
    one = len(trail(services.store, id_, rows))

    assert f"rows add up to {rows:,}." in counted or f"row adds up to {rows:,}." in counted
    assert of_one.paper == f"AUD-{rows}-{id_}"
    assert f"Ties: {one} rows add up to {one}." in words(
        tap(desk, "paper.sources", f"{of_one.paper}||")
    )


def test_what_is_looked_for_in_a_long_list_is_found_by_its_words(opened: Opened) -> None:
    desk, _, id_ = opened
    view = {"private_metadata": id_, "type": "modal"}

    found = edge.suggested(desk, _from(BEN, action_id="paper.sources.pick", value="low", view=view))

    assert found
    assert all(option.label.startswith("Low (80 %)") for option in found)


def test_an_export_is_asked_for_once_and_only_as_what_there_is(opened: Opened) -> None:
    desk, _, id_ = opened
    chosen = {"format": {"format": {"selected_option": {"value": "exe"}}}}
    view = {"callback_id": "paper.export", "private_metadata": id_}

    refused = edge.submitted(desk, _from(BEN, view={**view, "state": {"values": chosen}}))

    assert refused == {"format": "Choose what the file shall be."}


def _staged(desk: Desk, id_: str, key: str = "") -> str:
    """The forecast saved as a proposal; the same key is the same proposal."""
    draft = draft_of(desk.services, kept(desk.services.store, id_), ANA)
    return stage(desk.services, key or f"save:{id_}", draft).id
