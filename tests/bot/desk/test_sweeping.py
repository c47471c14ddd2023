"""What a round over the cards does, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.approvals.proposal import Proposal
from bot.approvals.stored import change
from bot.desk.desk import Desk
from bot.desk.showing import card_key
from bot.desk.sweeping import sweep
from bot.messages import send
from bot.messages.message import Message
from bot.messages.workspace import connect
from bot.store.engine import open_store
from tests.bot.desk.waiting import keep, services_with, waiting
from tests.bot.messages.conftest import FINANCE, Clock, Drawer, Workspace
from tests.house.code import ROOT

MANY = 12


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    command = [sys.executable, "-m", "sandbox", "slack", "--port", "0", "--rate-limits", "off"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Workspace(json.loads(process.stdout.readline()))
        process.terminate()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(workspace: Workspace, sqlite_url: str, clock: Clock) -> Iterator[Desk]:
    """A desk with proposals that wait, none of which has a card yet."""
    store = open_store(sqlite_url)
    slack = connect(workspace.told["api"], workspace.told["bot_token"], store, clock, Drawer())
    services = services_with(store, clock)
    services = replace(services, policy=replace(services.policy, approval_channel=FINANCE))
    keep(store, *(proposed(number) for number in range(MANY)))
    yield Desk(services, slack)
    services.books.close()
    store.dispose()


def proposed(number: int) -> Proposal:
    """A proposal made now, with days to decide it."""
    now = datetime.now(UTC)
    return replace(waiting(number), made_at=now, expires_at=now + timedelta(days=3))


def test_cards_at_which_nothing_happened_cost_neither_a_call_nor_a_drawing(
    desk: Desk, workspace: Workspace, clock: Clock
) -> None:
    drawn: dict[str, str] = {}
    before = posts(workspace)
    for _ in range(2):
        sweep(desk, drawn)
        clock.goes_on(120)
    asked: list[object] = []
    event.listen(desk.services.store, "before_cursor_execute", lambda *told: asked.append(told[2]))

    sweep(desk, drawn)

    assert len(asked) < MANY * 2
    assert posts(workspace) - before == MANY


def test_a_card_that_shows_something_else_is_drawn_by_the_next_round(
    desk: Desk, workspace: Workspace, clock: Clock
) -> None:
    drawn: dict[str, str] = {}
    for _ in range(2):
        sweep(desk, drawn)
        clock.goes_on(120)
    one, other = proposed(1), proposed(2)
    with desk.services.store.begin() as tx:
        assert change(tx, replace(one, state="rejected", reason="Events are missing"), "open")
    send.change(desk.slack, card_key(other.id), Message("Being approved", "left so by a crash"))
    clock.goes_on(120)

    sweep(desk, drawn)

    assert "Rejected" in shown(workspace, one.title)
    assert "To approve" in shown(workspace, other.title)


def test_a_card_slack_does_not_take_is_tried_again_but_not_in_every_round(
    desk: Desk, workspace: Workspace, clock: Clock
) -> None:
    drawn: dict[str, str] = {}
    before = posts(workspace)
    workspace.fault(kind="refuse", method="chat.postMessage", error="not_in_channel", count=MANY)

    for _ in range(6):
        sweep(desk, drawn)
        clock.goes_on(45)
    refused = posts(workspace) - before
    clock.goes_on(300)
    sweep(desk, drawn)

    assert refused == MANY
    assert posts(workspace) - before == 2 * MANY


def posts(workspace: Workspace) -> int:
    """How often something was posted, taken or not."""
    return len(workspace.record("chat.postMessage"))


def shown(workspace: Workspace, title: str) -> str:
    """The latest card with this title, or what stands in its place."""
    calls = workspace.record("chat.update", title)
    return str(calls[-1]["args"]["text"])
