"""Clicks that race, processes that die, answers that are lost: once, or plainly not."""

from __future__ import annotations

import time

from tests.stories.steps import (
    approve,
    proposal_on,
    waiting,
)
from tests.stories.tally import (
    calls,
    check_committed_once,
    check_kept,
    done,
    end_leases,
    opened,
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


def kill_when(world: World, step: str, proposal: str, card: dict[str, object], held: float) -> None:
    """Approve, hold Intacct's answer to the request of this step, and kill the bot meanwhile."""
    before, recorded = STEPS[step]
    with opened(world) as store:
        start = calls(store)
        world.fault(kind="slow", seconds=0, count=before)
        world.fault(kind="slow", seconds=held)
        approve(world, card)
        until(lambda: calls(store) == start + before)
        until(lambda: done(store, proposal)[-1] == recorded)
        time.sleep(0.1)
        world.kill_bot()
        assert calls(store) == start + before
        assert done(store, proposal)[-1] == recorded


def begin_again(world: World) -> None:
    """A new process, after the time in which the dead one was still believed in."""
    end_leases(world)
    world.begin_bot()


def test_kill(either_world: World) -> None:
    world = either_world
    for step, card in zip(STEPS, waiting(world, ACCOUNTS[: len(STEPS)]), strict=True):
        t = time.monotonic()
        proposal = proposal_on(card)
        kill_when(world, step, proposal, card, held=1)
        begin_again(world)
        check_committed_once(world, proposal)
        print(step, time.monotonic() - t)
    check_kept(world)


ACCOUNTS = ("4000", "4100", "4200", "4300", "5000", "5100", "5200", "5300", "6000", "6010", "6100")
