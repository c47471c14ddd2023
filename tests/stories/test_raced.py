"""Clicks that race: one decision, one version, and everybody is told who decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.stories.steps import (
    Json,
    about,
    ask,
    card_says,
    cards,
    proposal_on,
    waiting,
)
from tests.stories.tally import check_committed_once, check_kept, done, opened, posted
from tests.stories.world import ANA, BEN, CLEO, World, said, until

TAPS = 20
DECIDERS = (BEN, CLEO)


def at_once(actions: list[Callable[[], Json]]) -> None:
    """All of these by as many people at once; each is acknowledged."""
    with ThreadPoolExecutor(len(actions)) as people:
        done_by = [people.submit(action) for action in actions]
    assert all(each.result()["ok"] for each in done_by)


def approval(proposal: str) -> Json:
    """A tap on *Approve*."""
    button = {"type": "button", "action_id": "proposal.approve", "value": proposal}
    return {"type": "block_actions", "actions": [{**button, "block_id": "buttons"}]}


def rejection(proposal: str) -> Json:
    """The window with the reason, sent back."""
    reason = {"type": "plain_text_input", "value": "Events are missing"}
    view = {
        "type": "modal",
        "callback_id": "proposal.reject",
        "private_metadata": proposal,
        "state": {"values": {"reason": {"reason": reason}}},
    }
    return {"type": "view_submission", "view": view}


def told_who_decided(world: World, words: str) -> int:
    """How often somebody was told, alone, who had decided before: in the channel or directly."""
    seen = [
        message
        for who in DECIDERS
        for message in (
            *(m for m in world.messages(who) if m["ephemeral"]),
            *world.messages(who, f"D{who[1:]}"),
        )
    ]
    return sum(words in said(message) for message in seen)


def test_twenty_who_approve_at_once_make_one_decision(either_shared_world: World) -> None:
    world = either_shared_world
    (card,) = waiting(world, ["4000"])
    before = told_who_decided(world, "approved this already")

    at_once([partial(world.tap, "proposal.approve", card, who) for who in DECIDERS * 10])

    until(lambda: told_who_decided(world, "approved this already") == before + TAPS - 1)
    check_committed_once(world, proposal_on(card))
    check_kept(world)


def test_twenty_who_approve_and_reject_at_once_make_one_decision(
    either_shared_world: World,
) -> None:
    world = either_shared_world
    (card,) = waiting(world, ["4100"])
    proposal = proposal_on(card)
    told, versions = told_who_decided(world, " this already"), world.versions()

    approvals = [partial(world.deliver, who, approval(proposal)) for who in DECIDERS * 5]
    rejections = [partial(world.deliver, who, rejection(proposal)) for who in DECIDERS * 5]
    at_once([click for pair in zip(approvals, rejections, strict=True) for click in pair])

    until(lambda: told_who_decided(world, " this already") == told + TAPS - 1)
    with opened(world) as store:
        did = Counter(done(store, proposal))
    assert did["approved"] + did["rejected"] == 1
    if did["approved"]:
        check_committed_once(world, proposal)
    else:
        card_says(world, proposal, "rejected by")
        assert world.versions() == versions
    check_kept(world)


def test_the_same_click_delivered_twice_at_once_decides_once(either_shared_world: World) -> None:
    world = either_shared_world
    (card,) = waiting(world, ["4200"])
    proposal = proposal_on(card)
    world.slack_fault(kind="deliver_twice", count=1)

    assert world.tap("proposal.approve", card, BEN)["ok"]

    check_committed_once(world, proposal)
    with opened(world) as store:
        did = done(store, proposal)
    assert did.count("tapped proposal.approve") == 1
    assert did.count("tapped proposal.approve (delivered again)") == 1
    check_kept(world)


def test_two_who_save_the_same_answer_at_once_make_one_card(either_shared_world: World) -> None:
    world = either_shared_world
    ask(world, ["4300"])
    answer, before = about(world, "4300", "Save as budget version"), len(world.ended("save"))
    world.slack_fault(kind="slow", method="chat.postMessage", seconds=1)

    at_once([partial(world.tap, "forecast.save", answer, who) for who in (ANA, BEN) * 3])

    until(lambda: len(world.ended("save")) == before + 6)
    (card,) = [card for card in cards(world, 1) if "4300" in said(card)]
    assert posted(world)[f"card:{proposal_on(card)}"] == 1
    check_kept(world)


def test_an_update_that_takes_long_does_not_hide_a_later_one(either_shared_world: World) -> None:
    world = either_shared_world
    (card,) = waiting(world, ["5000"])
    commits, clicks = len(world.ended("commit")), len(world.ended("click"))
    world.slack_fault(kind="slow", method="chat.update", seconds=2)

    assert world.tap("proposal.approve", card, BEN)["ok"]

    until(lambda: len(world.ended("commit")) > commits and len(world.ended("click")) > clicks)
    check_committed_once(world, proposal_on(card), patience=1)
