"""When a Home is published, and when nothing is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert

from bot.approvals.stored import change
from bot.desk.desk import Desk
from bot.desk.home import home_for, opened, publish, refresh
from bot.errors import NotDelivered
from bot.jobs.work import Work
from bot.messages.render import home_of
from bot.messages.workspace import connect
from bot.policy import Person
from bot.store import homes
from bot.store.engine import open_store
from bot.store.tables import message, review
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, NOW, Clock
from tests.bot.desk.waiting import keep, services_with, waiting
from tests.bot.messages.conftest import Drawer, Workspace
from tests.house.code import ROOT


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """One for all of it; what a test did is told from what was there before."""
    command = [sys.executable, "-m", "sandbox", "slack", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Workspace(json.loads(process.stdout.readline()))
        process.terminate()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    """On one database: what both do alike is tested where it is kept."""
    here = open_store(sqlite_url)
    yield here
    here.dispose()


@pytest.fixture
def desk(workspace: Workspace, store: Engine, clock: Clock) -> Iterator[Desk]:
    services = services_with(store, clock)
    slack = connect(workspace.told["api"], workspace.told["bot_token"], store, clock, Drawer())
    yield Desk(services, slack, lambda: "https://acme.slack.com/")
    services.books.close()


class Published:
    """Who was published to since this was made."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._before = len(self._calls())

    def to(self) -> list[str]:
        """The people, in the order of the calls that Slack took."""
        calls = self._calls()[self._before :]
        return [call["args"]["user_id"] for call in calls if call["response"].get("ok")]

    def asked(self) -> int:
        """The calls, taken or not."""
        return len(self._calls()) - self._before

    def _calls(self) -> list[dict[str, dict[str, str]]]:
        return self._workspace.record("views.publish")


@pytest.fixture
def published(workspace: Workspace) -> Published:
    return Published(workspace)


def open_home(desk: Desk, *people: Person) -> None:
    for who in people:
        args = {"team": who.team, "user": who.user, "at": desk.services.clock().isoformat()}
        opened(Work("event:Ev1", "home", args, lambda _, do: do(), lambda: None), desk)


def test_a_home_nobody_opened_costs_no_call(desk: Desk, published: Published) -> None:
    keep(desk.services.store, waiting(1))

    refresh(desk)

    assert published.to() == []


def test_a_home_is_published_again_when_it_shows_something_else_and_then_not(
    desk: Desk, published: Published
) -> None:
    open_home(desk, BEN, ANA, DEV)
    keep(desk.services.store, waiting(1))

    refresh(desk)
    refresh(desk)

    assert published.to() == ["U02BEN", "U01ANA", "U04DEV", "U01ANA", "U02BEN"]


def test_a_decision_is_seen_on_every_home_it_stands_on(desk: Desk, published: Published) -> None:
    one = waiting(1)
    keep(desk.services.store, one)
    open_home(desk, BEN, CLEO)
    with desk.services.store.begin() as tx:
        change(tx, replace(one, state="rejected", decided_by=BEN, decided_at=NOW), "open")

    refresh(desk)

    assert published.to() == ["U02BEN", "U03CLEO", "U02BEN", "U03CLEO"]


def test_a_home_that_nobody_opened_for_a_day_is_left_as_it_is(
    desk: Desk, published: Published, clock: Clock
) -> None:
    open_home(desk, BEN)
    clock.move(hours=24, seconds=1)
    keep(desk.services.store, waiting(1))

    refresh(desk)
    open_home(desk, BEN)

    assert published.to() == ["U02BEN", "U02BEN"]


def test_time_that_passes_is_no_change_within_a_day(
    desk: Desk, published: Published, clock: Clock
) -> None:
    keep(desk.services.store, waiting(1))
    open_home(desk, BEN)
    clock.move(hours=23)

    refresh(desk)

    assert published.to() == ["U02BEN"]


def test_a_home_slack_does_not_take_holds_up_no_other_and_is_made_up_for(
    desk: Desk, published: Published, workspace: Workspace
) -> None:
    open_home(desk, BEN, CLEO)
    keep(desk.services.store, waiting(1))
    workspace.fault(kind="error_500", method="views.publish", count=1)

    refresh(desk)
    after_the_first = sorted(published.to()[2:])
    refresh(desk)

    assert len(after_the_first) == 1
    assert sorted(published.to()[2:]) == ["U02BEN", "U03CLEO"]


def test_a_home_slack_will_never_take_is_asked_for_once(desk: Desk, published: Published) -> None:
    nobody = Person("T01ACME", "U99NOBODY")
    homes.opened(desk.services.store, nobody, NOW)
    with pytest.raises(NotDelivered):
        publish(desk, nobody)
    asked = published.asked()

    refresh(desk)

    assert published.asked() == asked == 1


def test_what_you_looked_at_can_be_approved_by_you_and_by_nobody_else(desk: Desk) -> None:
    steep = waiting(1, amount="20.00")  # twice as much: to be reviewed
    keep(desk.services.store, steep)
    key = '["4000","Month Ended January 2026","SALES","100"]'
    with desk.services.store.begin() as tx:
        row = {"proposal": steep.id, "team": BEN.team, "who": BEN.user, "line_key": key, "at": ""}
        tx.execute(insert(review), row)

    bens, cleos = (str(home_of(home_for(desk, who))) for who in (BEN, CLEO))

    assert "proposal.approve" in bens
    assert "You reviewed the 1 line that changed a lot" in bens
    assert "proposal.approve" not in cleos
    assert "*1 line to review* before you can approve" in cleos


def test_more_than_ten_are_counted_and_added_up(desk: Desk) -> None:
    keep(desk.services.store, *(waiting(number, f"{number}.01") for number in range(1, 13)))

    drawn = str(home_of(home_for(desk, BEN)))

    assert "Forecast no. 10" in drawn
    assert "Forecast no. 11" not in drawn
    assert "*and 2 more*, USD 23.02" in drawn  # 11.01 + 12.01


def test_a_card_is_linked_once_it_stands(desk: Desk, published: Published) -> None:
    one = waiting(1)
    keep(desk.services.store, one)
    open_home(desk, BEN)
    row = {"key": f"card:{one.id}", "channel": "C01FINANCE", "ts": "1795277157.859883"}
    with desk.services.store.begin() as tx:
        tx.execute(insert(message), {**row, "state": "sent", "at": ""})

    refresh(desk)

    assert published.to() == ["U02BEN", "U02BEN"]
    link = "<https://acme.slack.com/archives/C01FINANCE/p1795277157859883|see the card>"
    assert link in str(home_of(home_for(desk, BEN)))


def test_the_time_of_a_proposal_that_is_almost_over_is_marked(desk: Desk, clock: Clock) -> None:
    keep(desk.services.store, waiting(1))
    clock.move(hours=47)
    early = str(home_of(home_for(desk, BEN)))
    clock.move(hours=1)

    late = str(home_of(home_for(desk, BEN)))

    assert "waiting for 1 day ·" in early
    assert "decide soon" not in early
    assert "waiting for 2 days · *decide soon:* open until" in late
    clock.at += timedelta(days=1)
    assert "Nothing waits for you." in str(home_of(home_for(desk, BEN)))
