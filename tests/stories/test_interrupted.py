"""Processes that die and answers that are lost: each thing happens once, or plainly not at all."""

from __future__ import annotations

import random
import time

import pytest

from bot.desk.desk import reference
from tests.stories.steps import (
    Json,
    answers,
    approve,
    ask,
    cards,
    proposal_on,
    save,
    waiting,
)
from tests.stories.tally import (
    about_to_post,
    calls,
    check_committed_once,
    check_kept,
    done,
    done_by_all,
    end_leases,
    opened,
    posted,
)
from tests.stories.world import World, until

# Where a commit stands after so many requests to Intacct since the tap, and the last it recorded.
# Deciding takes six: sixty months of balances in five, and the periods.
STEPS = {
    "deciding": (3, "tapped proposal.approve"),
    "looking whether Intacct has it": (6, "approved"),
    "reading the sources once more": (9, "approved"),
    "writing": (13, "posting"),
    "reading the head back": (14, "posting"),
    "reading the lines back": (15, "posting"),
}
ACCOUNTS = ("4000", "4100", "4200", "4300", "5000", "5100", "5200")
LONGEST_DELAY = 2.5
LATE = 9.0  # longer than a new process takes to look and write itself


def begin_again(world: World) -> None:
    """A new process, after the time in which the dead one was still believed in."""
    end_leases(world)
    world.begin_bot()


def killed_at(world: World, step: str, card: Json, *, held: float = 1) -> str:
    """Approve, hold Intacct's answer to the request of this step, kill the bot meanwhile."""
    proposal, (before, recorded) = proposal_on(card), STEPS[step]
    with opened(world) as store:
        start = calls(store)
        world.fault(kind="slow", seconds=0, count=before)
        world.fault(kind="slow", seconds=held)
        approve(world, card)
        until(lambda: calls(store) == start + before and done(store, proposal)[-1] == recorded)
        time.sleep(0.1)  # the request is on its way, which nothing of ours can see
        world.kill_bot()
        assert calls(store) == start + before
        assert done(store, proposal)[-1] == recorded
    return proposal


def test_killed_at_any_step_of_the_commit_it_is_written_once(either_world: World) -> None:
    world = either_world
    for step, card in zip(STEPS, waiting(world, ACCOUNTS[: len(STEPS)]), strict=True):
        proposal = killed_at(world, step, card)

        begin_again(world)

        check_committed_once(world, proposal)
    check_kept(world)


def test_a_write_that_arrives_after_the_next_process_wrote_is_refused(either_world: World) -> None:
    world = either_world
    (card,) = waiting(world, ["4000"])
    proposal, end = killed_at(world, "writing", card, held=LATE), time.monotonic() + LATE

    begin_again(world)
    check_committed_once(world, proposal)

    time.sleep(max(0.0, end - time.monotonic()) + 0.5)
    check_committed_once(world, proposal)
    check_kept(world)


def test_killed_while_answering_saving_and_deciding_it_goes_on(either_world: World) -> None:
    world, many = either_world, 4
    ask(world, ACCOUNTS[:many])
    world.kill_bot()
    begin_again(world)
    asked = answers(world, many)

    world.slack_fault(kind="lose_reply", method="chat.postMessage", count=many)
    save(world, asked)
    _killed_with_cards_it_does_not_know_of(world)
    begin_again(world)
    waits = cards(world, many)

    # Four kills, for a job that was interrupted five times is given up.
    chance = random.Random(20261121)
    for card in waits:
        approve(world, card)
        time.sleep(chance.uniform(0, LONGEST_DELAY))
        world.kill_bot()
        begin_again(world)
    for card in waits:
        check_committed_once(world, proposal_on(card))
    assert len(world.versions()) == many
    check_kept(world)
    with opened(world) as store:
        assert done_by_all(store).count("answered /forecast") == many


def _killed_with_cards_it_does_not_know_of(world: World) -> None:
    """The bot dies when Slack has a card and the answer that said so was lost."""
    with opened(world) as store:
        until(lambda: any(posted(world)[key] for key in about_to_post(store, "card:")))
        world.kill_bot()
        assert any(posted(world)[key] for key in about_to_post(store, "card:"))


def test_a_reply_lost_after_intacct_acted_is_looked_up(either_world: World) -> None:
    world = either_world
    lost, away, busy, silent = waiting(world, ACCOUNTS[:4])

    world.fault(kind="lose_reply", function="create")
    approve(world, lost)
    check_committed_once(world, proposal_on(lost))

    _approved_and_held_at(world, "looking whether Intacct has it", away)
    world.fault(kind="down", count=2)
    check_committed_once(world, proposal_on(away))

    world.fault(kind="busy", function="create")
    approve(world, busy)
    check_committed_once(world, proposal_on(busy))

    _approved_and_held_at(world, "reading the sources once more", silent)
    world.fault(kind="lose_reply", function="create")
    world.fault(kind="slow", seconds=0, function="query")  # the periods, before the write
    world.fault(kind="garbled", function="query", count=5)  # longer than one try is patient
    check_committed_once(world, proposal_on(silent))
    check_kept(world)


def _approved_and_held_at(world: World, step: str, card: Json) -> None:
    """Approve, and return while Intacct takes its time with the request of this step."""
    before, _ = STEPS[step]
    with opened(world) as store:
        start = calls(store)
        world.fault(kind="slow", seconds=0, count=before)
        world.fault(kind="slow", seconds=1)
        approve(world, card)
        until(lambda: calls(store) == start + before)


@pytest.mark.postgres
def test_of_two_replicas_each_job_is_done_by_one_and_the_dead_ones_by_the_other(
    postgres_world: World,
) -> None:
    world = postgres_world
    world.begin_replica()
    *calm, last = waiting(world, ACCOUNTS[:5])
    for card in calm:
        approve(world, card)
    for card in calm:
        check_committed_once(world, proposal_on(card))
    begun = [line for name in ("bot", "replica") for line in world.begun(name)]
    assert len(begun) == len(set(begun)) == 5 + 5 + 4 + 4  # answers, cards, clicks, commits

    proposal = proposal_on(last)
    world.fault(kind="slow", function="create", seconds=1)
    approve(world, last)
    with opened(world) as store:
        until(lambda: done(store, proposal)[-1] == "posting")
    time.sleep(0.1)
    job = f"commit {reference(f'commit:{proposal}')}"
    name, other = ("bot", "replica") if job in world.begun("bot") else ("replica", "bot")
    world.kill_bot(name)

    check_committed_once(world, proposal)
    assert world.begun(name).count(job) == world.begun(other).count(job) == 1
    check_kept(world)


def test_a_stop_in_the_middle_of_a_forecast_is_answered_after_the_start(world: World) -> None:
    world.fault(kind="slow", function="get_accountbalancesbydimensions", seconds=12)
    ask(world, ["4000"])
    world.sees("Reading 60 months")

    assert world.stop_bot(patience=20) == 0
    assert answers(world, 0) == []
    world.begin_bot()

    answers(world, 1)
    check_kept(world)
    with opened(world) as store:
        assert done_by_all(store).count("answered /forecast") == 1
