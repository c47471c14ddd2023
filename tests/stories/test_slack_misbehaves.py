"""Slack fails, repeats and comes late: each effect once, every message arrives, in its order."""

from __future__ import annotations

import os
from functools import partial
from uuid import uuid4

import pytest

from tests.stories.steps import QUICK, Json, approve, card_says, proposal_on
from tests.stories.tally import (
    about_to_post,
    check_committed_once,
    check_kept,
    done,
    opened,
    posted,
)
from tests.stories.test_raced import DECIDERS, TAPS, approval, at_once, told_who_decided
from tests.stories.world import ANA, BEN, CLEO, FINANCE, World, said, until

POST, UPDATE = "chat.postMessage", "chat.update"
ANAS, BENS = "D01ANA", "D02BEN"  # their direct messages with the bot
WAIT = float(os.environ.get("TIEOUT_TEST_429", "8"))  # seconds for which Slack takes nothing


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """One world for all of it; each story has an account of its own."""
    return shared_world


def answered(world: World, account: str, channel: str = FINANCE) -> Json:
    """Ana's quick forecast of the account."""
    assert world.type(f"/forecast {account} {QUICK}", channel=channel)["ok"]
    return seen(world, "Save as budget version", account, channel)


def to_approve(world: World, account: str) -> Json:
    """The card of Ana's forecast of the account, saved."""
    assert world.tap("forecast.save", answered(world, account), ANA)["ok"]
    return seen(world, "To approve", account)


def seen(world: World, words: str, account: str, channel: str = FINANCE) -> Json:
    """The message that has these words and is about the account, awaited."""

    def found() -> Json | None:
        all_of_it = [m for m in world.messages(channel=channel) if words in said(m)]
        return next((m for m in all_of_it if account in said(m)), None)

    return until(found)


def test_twenty_who_tap_approve_while_slack_fails_make_one_decision(world: World) -> None:
    card, before = to_approve(world, "4000"), told_who_decided(world, "approved this already")
    for method in (POST, UPDATE):
        world.slack_fault(kind="error_500", method=method, count=2)

    at_once([partial(world.tap, "proposal.approve", card, who) for who in DECIDERS * 10])

    until(lambda: told_who_decided(world, "approved this already") == before + TAPS - 1)
    check_committed_once(world, proposal_on(card))
    check_kept(world)


def test_a_window_sent_back_after_somebody_approved_changes_nothing(world: World) -> None:
    card = to_approve(world, "4100")
    assert world.tap("proposal.reject", card, BEN)["ok"]
    until(lambda: world.windows(BEN))

    approve(world, card, CLEO)
    check_committed_once(world, proposal_on(card))
    before = told(world, BEN, BENS, "approved this already")
    assert world.submit(BEN, {"reason": "Events are missing"})["ok"]

    until(lambda: told(world, BEN, BENS, "approved this already") == before + 1)
    check_committed_once(world, proposal_on(card))
    check_kept(world)


def test_a_tap_delivered_three_times_decides_once(world: World) -> None:
    card = to_approve(world, "4200")
    tap = {**approval(proposal_on(card)), "trigger_id": uuid4().hex}

    for _ in range(3):
        assert world.deliver(BEN, tap)["ok"]

    check_committed_once(world, proposal_on(card))
    with opened(world) as store:
        did = done(store, proposal_on(card))
    assert did.count("tapped proposal.approve") == 1
    assert did.count("tapped proposal.approve (delivered again)") == 2
    check_kept(world)


def test_what_slack_would_not_take_for_a_while_comes_later_in_the_order_it_was_asked_for(
    world: World,
) -> None:
    accounts, before = ("4300", "5000", "5100"), len(world.messages())
    for method in (POST, UPDATE):
        world.slack_fault(kind="ratelimit", method=method, count=1, seconds=WAIT)

    with opened(world) as store:
        noted = len(about_to_post(store, "answer:"))
        for many, account in enumerate(accounts, start=noted + 1):
            assert world.type(f"/forecast {account} {QUICK}")["ok"]
            until(partial(lambda many: len(about_to_post(store, "answer:")) >= many, many))
    assert len(world.messages()) == before

    answers = [seen(world, "Save as budget version", account) for account in accounts]
    assert sorted(answers, key=lambda m: str(m["ts"])) == answers
    for answer in answers:
        assert world.tap("forecast.save", answer, ANA)["ok"]
    for account in accounts:
        seen(world, "To approve", account)
    check_kept(world)


def test_a_500_and_lost_answers_while_posting_leave_each_message_once_with_its_thread(
    world: World,
) -> None:
    world.slack_fault(kind="error_500", method=POST, count=1)
    answer = answered(world, "5200")
    world.slack_fault(kind="lose_reply", method=POST, count=1)
    assert world.tap("forecast.save", answer, ANA)["ok"]
    card = seen(world, "To approve", "5200")
    assert world.tap("proposal.reject", card, BEN)["ok"]
    world.slack_fault(kind="error_500", method=POST, count=1)
    world.slack_fault(kind="lose_reply", method=UPDATE, count=1)
    assert world.submit(BEN, {"reason": "Events are missing"})["ok"]

    rejected = card_says(world, proposal_on(card), "Events are missing")
    (reply,) = until(lambda: world.thread(card))
    assert rejected["ts"] == card["ts"]
    assert f"<@{ANA}>" in said(reply)
    check_kept(world)


def test_who_saves_by_direct_message_has_a_copy_that_shows_the_decision(world: World) -> None:
    answer = answered(world, "6000", ANAS)

    assert world.tap("forecast.save", answer, ANA, ANAS)["ok"]

    card, copy = seen(world, "To approve", "6000"), seen(world, "To approve", "6000", ANAS)
    assert "proposal.approve" in str(card["blocks"])
    assert "proposal.approve" not in str(copy["blocks"])
    approve(world, card)
    check_committed_once(world, proposal_on(card))
    seen(world, "Committed", "6000", ANAS)
    assert posted(world)[f"card:{proposal_on(card)}:{ANA}"] == 1


def test_a_check_that_takes_long_shows_who_is_approving_and_no_buttons(world: World) -> None:
    card = to_approve(world, "6100")
    world.fault(kind="slow", seconds=3)

    approve(world, card)

    checking = seen(world, f"<@{BEN}> is approving", "6100")
    assert "button" not in str(checking["blocks"])
    check_committed_once(world, proposal_on(card))


def told(world: World, who: str, channel: str, *words: str) -> int:
    """How many messages with all these words this person sees there."""
    return sum(all(word in said(m) for word in words) for m in world.messages(who, channel))
