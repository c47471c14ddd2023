"""What somebody who writes to the bot is told, and what is not heard at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.audit import latest
from bot.commands import commands
from bot.desk.desk import Desk
from bot.desk.edge import EXAMPLES
from bot.desk.heard import heard, helpful
from bot.jobs.outbox import asked, waiting
from bot.messages.message import Message
from bot.messages.picture import draw
from bot.messages.render import blocks_of
from bot.messages.workspace import connect
from bot.policy import Person
from bot.store.engine import open_store
from tests.bot.approvals.paper import ANA, BEN, DEV, Clock
from tests.bot.desk.waiting import services_with

WRITTEN = {"type": "message", "channel_type": "im", "channel": "D01ANA", "user": "U01ANA"}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Engine]:
    """On one database: what both do alike is tested where it is kept."""
    opened = open_store(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(store: Engine) -> Iterator[Desk]:
    """A desk whose Slack is never called."""
    services = services_with(store, Clock())
    yield Desk(services, connect("http://127.0.0.1:9/api/", "xoxb-1", store, Clock(), draw))
    services.books.close()


def event(id_: str, **inner: object) -> dict[str, Any]:
    return {"event_id": id_, "team_id": "T01ACME", "event": inner}


def told(desk: Desk, who: Person, words: str) -> str:
    return said(helpful(desk, who, words))


def said(message: Message) -> str:
    return json.dumps(blocks_of(message), ensure_ascii=False)


def test_an_event_told_again_is_one_job(desk: Desk) -> None:
    for _ in range(3):
        heard(desk, event("Ev1", **WRITTEN, ts="1.1", text="hello"))
        heard(desk, event("Ev2", type="app_home_opened", user="U01ANA", tab="home"))

    assert waiting(desk.services.store) == ("event:Ev1", "event:Ev2")


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"bot_id": "B01TIEOUT"},
        {"edited": {"user": "U01ANA", "ts": "2.0"}},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"user": None},
        {"type": "app_home_opened", "tab": "messages"},
    ],
)
def test_what_is_not_said_to_the_bot_is_not_heard(desk: Desk, change: dict[str, object]) -> None:
    heard(desk, event("Ev1", **{**WRITTEN, "ts": "1.1", "text": "help", **change}))

    assert waiting(desk.services.store) == ()


def test_words_that_are_no_command_are_not_kept(desk: Desk) -> None:
    heard(desk, event("Ev1", **WRITTEN, ts="1.1", text="our revenue is secret"))

    job = asked(desk.services.store, "event:Ev1")
    kept = latest(desk.services.store, "event:Ev1", 1)[0]
    assert job
    assert "secret" not in job.written + kept.body
    assert kept.did == "wrote a message"


def test_an_answer_goes_into_the_thread_that_was_written_in(desk: Desk) -> None:
    heard(desk, event("Ev1", **WRITTEN, ts="2.2", thread_ts="1.1", text="help"))

    job = asked(desk.services.store, "event:Ev1")
    assert job
    assert job.args()["thread"] == "1.1"


def test_a_command_without_its_stroke_is_shown_as_it_is_typed(desk: Desk) -> None:
    words = told(desk, ANA, "Forecast revenue 12m by department")

    assert "To ask for this, type */forecast revenue 12m by department*" in words


def test_a_command_that_makes_no_request_is_told_what_would(desk: Desk) -> None:
    words = told(desk, ANA, "audit everything")

    assert "How to ask for /audit" in words
    assert "/audit verify" in words


def test_any_other_words_are_answered_with_what_this_person_may_type(desk: Desk) -> None:
    anas, bens = told(desk, ANA, "how are you?"), told(desk, BEN, "how are you?")

    assert "/forecast revenue 12m by department" in anas
    assert "/audit verify" in anas
    assert "/forecast" not in bens
    assert "/audit verify" in bens


def test_a_command_somebody_may_not_type_is_not_offered(desk: Desk) -> None:
    assert "/forecast" not in told(desk, BEN, "forecast revenue")


def test_somebody_without_rights_is_told_whom_to_ask(desk: Desk) -> None:
    assert "You may not ask for figures here." in told(desk, DEV, "audit verify")


def test_every_command_has_examples_that_make_a_request(desk: Desk) -> None:
    services = desk.services
    assert set(EXAMPLES) == set(commands())

    for name, examples in EXAMPLES.items():
        for example in examples:
            command, _, words = example.partition(" ")
            assert command == name
            commands()[name].parse(words, services.clock().date(), services.calendar)
