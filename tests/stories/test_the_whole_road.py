"""`/forecast` typed in Slack becomes an approved budget version in Intacct."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.audit import trail, verify
from bot.settings import Secret
from bot.store.engine import open_store
from tests.stories.conftest import MakeWorld
from tests.stories.steps import (
    FORECAST,
    SMALL,
    approved,
    card_says,
    proposal_on,
    staged,
    waiting,
)
from tests.stories.world import ANA, AUDIT_KEY, BEN, CLEO, DEV, GENERAL, World, said


def test_a_forecast_is_saved_approved_and_in_intacct_to_the_cent(either_world: World) -> None:
    world = either_world
    card, proposal = staged(world)

    done = approved(world, card, BEN)

    (version,) = world.versions()
    items = world.table("GLBUDGETITEM", BUDGETID=str(version["BUDGETID"]))
    in_intacct = sum(Decimal(str(item["AMOUNT"])) for item in items)
    assert f"{in_intacct:,.2f}" in said(done)
    assert f"record {version['RECORDNO']}" in said(done)
    assert len(items) % 12 == 0
    store = open_store(world.database_url)
    assert verify(store, Secret(AUDIT_KEY)).ok
    did = [row.did for row in trail(store, proposal)]
    assert did.index("staged") < did.index("approved") < did.index("committed")
    store.dispose()


def test_the_asker_cannot_approve_and_a_stranger_sees_no_figure(shared_world: World) -> None:
    world, before = shared_world, shared_world.versions()
    (card,) = waiting(world, ["4100"])

    world.tap("proposal.approve", card, ANA)
    world.sees("You asked for this yourself", who=ANA)
    world.tap("proposal.approve", card, DEV)
    refusal = world.sees("You may not see or decide this", who=DEV)

    assert not any(letter.isdigit() for letter in said(refusal))
    assert world.versions() == before


def test_a_stranger_who_types_gets_a_refusal_and_nothing_runs(shared_world: World) -> None:
    world, before = shared_world, len(shared_world.messages(BEN))
    world.type(FORECAST, who=DEV)

    refusal = world.sees("You may not ask for figures here", who=DEV)

    assert refusal["ephemeral"]
    assert not any(letter.isdigit() for letter in said(refusal))
    assert all(not message.get("blocks") for message in world.messages(BEN)[before:])


def test_elsewhere_than_in_a_finance_channel_the_answer_is_for_the_asker_alone(
    shared_world: World,
) -> None:
    world = shared_world
    world.type(SMALL, channel=GENERAL)

    world.sees("our direct messages", channel=GENERAL)
    world.sees("Save as budget version", channel="D01ANA")

    assert not any("USD" in said(message) for message in world.messages(BEN, GENERAL))


def test_books_that_moved_make_the_click_void_and_show_the_difference(world: World) -> None:
    card, _ = staged(world)
    account = next(a for a in world.table("GLACCOUNT") if a["CATEGORY"] == "Revenue")
    world.someone_posts(
        account=account["ACCOUNTNO"],
        offset="1000",
        entity="100",
        department="SALES",
        date="2026-10-15",
        amount="-1234.56",
    )

    world.tap("proposal.review", card, BEN)
    world.submit(BEN)
    world.sees("Reviewed by")
    world.tap("proposal.approve", card, BEN)

    moved = world.sees("Out of date")
    assert "Oct 2026" in said(moved)
    assert world.versions() == []


def test_a_rejection_needs_a_reason_and_reaches_the_asker(shared_world: World) -> None:
    world, before = shared_world, shared_world.versions()
    (card,) = waiting(world, ["4200"])

    world.tap("proposal.reject", card, CLEO)
    assert "reason" in world.submit(CLEO, {"reason": " "})["errors"]
    assert world.submit(CLEO, {"reason": "Events are missing"})["ok"]

    card_says(world, proposal_on(card), "Events are missing")
    assert world.versions() == before


def test_sources_open_with_rows_that_add_up(world: World) -> None:
    world.type("/forecast revenue 3m")
    answer = world.sees("Save as budget version")

    world.tap("paper.sources", answer, BEN)

    world.window_says("Computed, not the sum of its rows.", BEN)
    paper = max(re.findall(r"FC-\w+", str(answer)), key=len)
    assert world.press("paper.sources.pick", BEN, f"{paper}|1|0")["ok"]
    table = next(block for block in answer["blocks"] if block["type"] == "table")
    year_before = said({"blocks": table["rows"][-1][2]}).strip()
    assert f"USD {year_before}" in said(world.window_says("Ties: ", BEN))


def test_socket_mode_needs_no_public_address(make_world: MakeWorld) -> None:
    world = make_world(socket_mode=True)

    assert world.type(SMALL)["ok"]
    answer = world.sees("Save as budget version")
    world.tap("forecast.save", answer, ANA)

    world.sees("To approve")
