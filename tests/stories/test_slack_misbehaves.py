"""Slack fails, repeats and comes late: each effect once, every message arrives, in its order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from tests.stories.steps import QUICK, Json, approve, card_says, proposal_on
from tests.stories.tally import check_committed_once, check_kept, done, opened, posted
from tests.stories.test_raced import DECIDERS, TAPS, approval, at_once, told_who_decided
from tests.stories.world import ANA, BEN, CLEO, FINANCE, World, said, until

POST, UPDATE = "chat.postMessage", "chat.update"
ANAS, BENS = "D01ANA", "D02BEN"  # their direct messages with the bot
WAIT = 8  # seconds for which Slack asks to be left alone


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, demo_company: Path) -> Iterator[World]:
    """One world for all of it; each story has an account of its own."""
    folder = tmp_path_factory.mktemp("misbehaves")
    company = folder / "company.sqlite"
    shutil.copy(demo_company, company)
    world = World(folder, company, f"sqlite:///{folder / 'tieout.sqlite'}")
    world.begin()
    yield world
    check_kept(world)
    world.end()


def answer_of(world: World, account: str, channel: str = FINANCE) -> Json:
    """Ana's quick forecast of the account, answered."""
    assert world.type(f"/forecast {account} {QUICK}", channel=channel)["ok"]

    def found() -> Json | None:
        seen = [m for m in world.messages(channel=channel) if account in said(m)]
        return next((m for m in seen if "Save as budget version" in said(m)), None)

    return until(found)


def card_of(world: World, account: str) -> Json:
    """The card of Ana's forecast of the account, saved."""
    assert world.tap("forecast.save", answer_of(world, account), ANA)["ok"]
    return until(lambda: next(iter(waiting_cards(world, account)), None))


def waiting_cards(world: World, account: str) -> list[Json]:
    """The cards about the account that can be decided."""
    return [m for m in world.messages() if "To approve" in said(m) and account in said(m)]


def test_twenty_who_tap_approve_while_slack_fails_make_one_decision(world: World) -> None:
    card = card_of(world, "4000")
    for method in (POST, UPDATE):
        world.slack_fault(kind="error_500", method=method, count=2)

    at_once([partial(world.tap, "proposal.approve", card, who) for who in DECIDERS * 10])

    check_committed_once(world, proposal_on(card))
    until(lambda: told_who_decided(world, "approved this on") == TAPS - 1)


def test_a_window_sent_back_after_somebody_approved_changes_nothing(world: World) -> None:
    card = card_of(world, "4100")
    assert world.tap("proposal.reject", card, BEN)["ok"]
    until(lambda: world.windows(BEN))

    approve(world, card, CLEO)
    check_committed_once(world, proposal_on(card))
    assert world.submit(BEN, {"reason": "Events are missing"})["ok"]

    told = world.sees("approved this on", BEN, BENS)
    assert proposal_on(card) in said(told)
    check_committed_once(world, proposal_on(card))


def test_a_tap_delivered_three_times_decides_and_tells_once(world: World) -> None:
    card = card_of(world, "4200")
    tap = {**approval(proposal_on(card)), "trigger_id": uuid4().hex}

    for _ in range(3):
        assert world.deliver(BEN, tap)["ok"]

    check_committed_once(world, proposal_on(card))
    with opened(world) as store:
        did = done(store, proposal_on(card))
    assert did.count("tapped proposal.approve") == 1
    assert did.count("tapped proposal.approve (delivered again)") == 2


def test_slack_that_wants_to_be_left_alone_gets_everything_later_and_in_order(
    world: World,
) -> None:
    accounts = ("4300", "5000", "5100")
    for method in (POST, UPDATE):
        world.slack_fault(kind="ratelimit", method=method, count=1, seconds=WAIT)

    for account in accounts:
        assert world.type(f"/forecast {account} {QUICK}")["ok"]
        until(lambda many=accounts.index(account) + 1: begun(world) >= many)

    def answered() -> list[str] | None:
        seen = [said(m) for m in world.messages() if "Save as budget version" in said(m)]
        found = [a for m in seen for a in accounts if a in m]
        return found if len(found) == len(accounts) else None

    assert until(answered) == list(accounts)


def begun(world: World) -> int:
    """How many of these answers are noted to be said."""
    with opened(world) as store:
        return sum(did == "typed /forecast" for did in done_since(store))
