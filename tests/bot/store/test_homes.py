from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.policy import Person
from bot.store.homes import forget, now_shows, opened, shown_since, shown_to

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANA, SAME_ID_ELSEWHERE = Person("T01", "U01"), Person("T02", "U01")


def test_a_home_is_its_persons_and_remembers_what_it_shows(store: Engine) -> None:
    opened(store, ANA, NOON)
    opened(store, SAME_ID_ELSEWHERE, NOON)

    now_shows(store, ANA, "abc", NOON)

    assert shown_since(store, NOON) == {ANA: "abc", SAME_ID_ELSEWHERE: ""}
    assert shown_to(store, ANA) == "abc"


def test_the_latest_opening_counts_and_keeps_what_is_shown(store: Engine) -> None:
    opened(store, ANA, NOON)
    now_shows(store, ANA, "abc", NOON)

    opened(store, ANA, NOON + HOUR)
    opened(store, ANA, NOON - HOUR)  # told late

    assert shown_since(store, NOON + HOUR) == {ANA: "abc"}
    assert shown_since(store, NOON + 2 * HOUR) == {}


def test_a_home_that_is_forgotten_shows_nothing(store: Engine) -> None:
    opened(store, ANA, NOON)
    now_shows(store, ANA, "abc", NOON)

    forget(store, ANA)

    assert shown_to(store, ANA) == ""
    assert shown_since(store, NOON) == {}
