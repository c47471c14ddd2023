"""How the line to Intacct is, from the calls on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.audit import AuditEntry, record
from bot.desk.connection import Line, connection
from tests.bot.approvals.paper import NOW, Clock
from tests.bot.desk.waiting import KEY, services_with


def line_after(store: Engine, *outcomes: str) -> Line:
    """The line after calls, a minute apart, that ended so."""
    for minute, outcome in enumerate(outcomes):
        with store.begin() as tx:
            at = NOW + timedelta(minutes=minute)
            record(tx, KEY, AuditEntry(at, "bot", "called query", "intacct", {"outcome": outcome}))
    services = services_with(store, Clock())
    try:
        return connection(services).line
    finally:
        services.books.close()


def at(minute: int) -> datetime:
    return datetime(2026, 3, 10, 9, minute, tzinfo=UTC)


def test_nothing_is_known_before_the_first_call(store: Engine) -> None:
    assert line_after(store) == Line(None, "", None)


def test_a_refused_question_is_an_answer(store: Engine) -> None:
    assert line_after(store, "success", "NotPermitted") == Line(at(1), "", None)


def test_silence_is_told_from_its_first_call_on(store: Engine) -> None:
    line = line_after(store, "success", "Unreachable", "OffLine", "NoTurn", "Unreachable")

    assert line == Line(at(0), "silent", at(1))


def test_a_refused_sign_in_is_no_silence(store: Engine) -> None:
    assert line_after(store, "NotSignedIn", "NotSignedIn") == Line(None, "locked out", at(0))


def test_a_crowd_says_nothing_of_the_line(store: Engine) -> None:
    assert line_after(store, "success", "Busy", "NoTurn") == Line(at(0), "", None)
