"""A person's Home shows what waits and how things stand, and a message to the bot is answered."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from bot.desk.edge import NO_RIGHTS
from tests.stories.steps import QUICK
from tests.stories.world import ANA, BEN, CLEO, DEV, World, said, until

Json = dict[str, Any]


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    """One world for all of it; every story has an account of its own."""
    return shared_world


def home_says(world: World, who: str, words: str, *, gone: bool = False) -> Json:
    """This person's Home, awaited until it has these words, or no longer has them."""

    def found() -> Json | None:
        view = world.home(who)
        return view if view and (words in said(view)) is not gone else None

    return until(found)


def saved(world: World, account: str) -> str:
    """The id of the proposal that Ana's quick forecast of an account was saved as."""
    assert world.type(f"/forecast {account} {QUICK}")["ok"]

    def answer() -> Json | None:
        seen = [m for m in world.messages() if f"/forecast {account}" not in said(m)]
        return next((m for m in seen if account in said(m) and "Save as" in said(m)), None)

    assert world.tap("forecast.save", until(answer), ANA)["ok"]
    return str(until(lambda: card_of(world, account))["id"])


def card_of(world: World, account: str) -> Json | None:
    for message in world.messages():
        found = re.search(r"PRP-\w+", said(message))
        if found and account in said(message):
            return {"id": found.group(), "text": said(message)}
    return None


def button(view: Json, action: str, proposal: str) -> Json:
    """Where a button about this proposal is on the Home."""
    for block in view["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == action and str(element["value"]).startswith(proposal):
                return {"action_id": action, "block_id": block["block_id"]}
    raise AssertionError(f"no {action} for {proposal}")


def opened(who: str) -> Json:
    return {"type": "app_home_opened", "user": who, "channel": f"D{who[1:]}", "tab": "home"}


def published_to(world: World, who: str) -> int:
    calls = [line for line in world.slack_record() if line.get("method") == "views.publish"]
    return sum(call["args"]["user_id"] == who for call in calls)


def done(world: World, what: str, many: int) -> None:
    """Await that so many jobs of this kind came to their end since the world began."""
    until(lambda: len(world.ended(what)) >= many)


def test_a_proposal_is_decided_on_the_home_and_every_home_says_so(world: World) -> None:
    world.open_home(CLEO)
    world.open_home(ANA)

    proposal = saved(world, "4000")
    waits = home_says(world, CLEO, "forecast, US Inc (100)")
    card = next(m for m in world.messages() if proposal in said(m))
    amount = re.search(r"USD [\d,.]+ in \d+ lines", said(card))
    mine = home_says(world, ANA, "Waits for a decision")
    before = len(world.versions())
    world.tap_home(button(waits, "proposal.approve", proposal), CLEO)
    written = home_says(world, ANA, "*In Intacct* · 4000")
    home_says(world, CLEO, amount.group() if amount else "", gone=True)

    assert amount
    assert amount.group() in said(waits)
    assert amount.group() in said(mine)
    assert "proposal.approve" not in str(mine)
    assert f"approved by <@{CLEO}>" in said(written)
    assert f"/archives/C01FINANCE/p{card['ts'].replace('.', '')}|" in said(written)
    assert len(world.versions()) == before + 1


def test_a_tap_that_comes_too_late_is_refused_where_only_its_person_reads_it(world: World) -> None:
    world.open_home(CLEO)
    proposal = saved(world, "4100")
    view = until(lambda: _with_button(world.home(CLEO), proposal))
    rejected = {
        "type": "view_submission",
        "view": {
            "type": "modal",
            "callback_id": "proposal.reject",
            "private_metadata": proposal,
            "state": {"values": {"reason": {"reason": {"value": "too high"}}}},
        },
    }
    assert world.deliver(BEN, rejected)["ok"]
    until(lambda: not _with_button(world.home(CLEO), proposal))
    tapped = {"action_id": "proposal.approve", "value": proposal, "type": "button"}
    container = {"type": "view", "view_id": view["id"]}

    assert world.deliver(
        CLEO, {"type": "block_actions", "view": view, "container": container, "actions": [tapped]}
    )["ok"]

    assert "rejected this already" in said(
        world.sees("rejected this already", CLEO, f"D{CLEO[1:]}")
    )
    assert "rejected this already" not in "".join(said(m) for m in world.messages(BEN))


def _with_button(view: Json | None, proposal: str) -> Json | None:
    return view if view and proposal in str(view) else None


def test_a_tap_with_nothing_to_do_is_answered_in_a_window(world: World) -> None:
    world.open_home(CLEO)
    proposal = saved(world, "6000")
    view = until(lambda: _with_button(world.home(CLEO), proposal))

    world.tap_home(button(view, "proposal.reject", proposal), CLEO)
    window = until(lambda: world.windows(CLEO))[-1]

    assert window["callback_id"] == "proposal.reject"
    assert (world.home(CLEO) or {})["type"] == "home"


def test_an_opening_told_three_times_is_published_once(world: World) -> None:
    before, ended = published_to(world, BEN), len(world.ended("home"))

    for _ in range(3):
        assert world.deliver_event("Ev0THRICE", opened(BEN))["ok"]
    home_says(world, BEN, "Waiting for you")
    assert world.deliver_event("Ev0AFTER", opened(DEV))["ok"]
    done(world, "home", ended + 2)

    assert published_to(world, BEN) == before + 1


def test_somebody_without_rights_sees_what_this_is_and_no_digit(world: World) -> None:
    world.open_home(DEV)

    view = home_says(world, DEV, NO_RIGHTS)

    assert not re.search(r"\d", said(view))
    assert "button" not in str(view)


def test_words_to_the_bot_are_answered_once_in_their_thread(world: World) -> None:
    channel, ended = f"D{CLEO[1:]}", len(world.ended("help"))
    ts = world.type("Help", who=CLEO, channel=channel)["ts"]
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": CLEO, "ts": ts}

    for _ in range(3):
        assert world.deliver_event("Ev0HELP", {**event, "text": "audit verify"})["ok"]
    for change in ({"subtype": "message_changed"}, {"bot_id": "B01"}, {"channel_type": "channel"}):
        assert world.deliver_event(f"Ev0{uuid4().hex}", {**event, "text": "help", **change})["ok"]
    assert world.deliver_event("Ev0LAST", {**event, "text": "forecast revenue"})["ok"]
    done(world, "help", ended + 3)

    answers = [said(message) for message in world.messages(CLEO, channel, ts)[1:]]
    assert len(answers) == 3
    assert sum("To ask for this, type */audit verify*" in answer for answer in answers) == 1
    assert sum("/forecast" in answer for answer in answers) == 0


def test_words_of_somebody_without_rights_are_answered_with_whom_to_ask(world: World) -> None:
    channel = f"D{DEV[1:]}"
    ts = world.type("what was our revenue?", who=DEV, channel=channel)["ts"]

    answer = until(lambda: world.messages(DEV, channel, ts)[1:])[0]

    assert NO_RIGHTS in said(answer)
