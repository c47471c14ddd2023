from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import UnknownPeriod
from analytics.ledger import DEPARTMENT, LOCATION, FiscalCalendar, month
from bot.errors import NotUnderstood
from bot.forecasts.request import Request, read_request

TODAY = date(2026, 11, 21)
CALENDAR = FiscalCalendar()
OCTOBER = month(2026, 10)


def asked(words: str) -> Request:
    return read_request(words, TODAY, CALENDAR)


def test_nothing_means_revenue_for_twelve_months_from_the_last_closed_one() -> None:
    assert asked("") == Request("revenue", 12, (), (), "", OCTOBER)


def test_everything_can_be_said_in_one_line() -> None:
    assert asked('Cost of sales 6m by department and location dept="R and D" entity=200') == (
        Request(
            "Cost of sales", 6, (DEPARTMENT, LOCATION), ((DEPARTMENT, "R and D"),), "200", OCTOBER
        )
    )


@pytest.mark.parametrize("words", ["fresh", "Revenue fresh", "revenue 12m by department FRESH"])
def test_who_says_fresh_at_the_end_insists_on_fresh_figures(words: str) -> None:
    request = asked(words)

    assert request.fresh
    assert request.what.lower() == "revenue"
    assert request.horizon == 12


@pytest.mark.parametrize("words", ["fresh produce 6m", "refresh", "Fresh flowers"])
def test_fresh_in_a_name_is_part_of_the_name(words: str) -> None:
    request = asked(words)

    assert not request.fresh
    assert "fresh" in request.what.lower()


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("revenue 12m", 12),
        ("revenue 1 month", 1),
        ("revenue 36 months", 36),
        ("revenue 2 quarters", 6),
        ("revenue 1y", 12),
        ("revenue horizon=9", 9),
        ("4000 18m", 18),
        ("revenue 12", 12),
        ("6100 6", 6),
    ],
)
def test_the_horizon_is_said_in_months_quarters_or_years(words: str, months: int) -> None:
    assert asked(words).horizon == months


def test_an_account_number_is_no_horizon() -> None:
    assert asked("6100").what == "6100"
    assert asked("4000-10 6m").what == "4000-10"


@pytest.mark.parametrize("words", ["revenue 0m", "revenue 1,000m", "x 37 months", "x horizon=-1"])
def test_a_horizon_nobody_can_see_is_refused_with_what_is_possible(words: str) -> None:
    with pytest.raises(NotUnderstood, match=r"1 to 36 months ahead, not .*for example"):
        asked(words)


def test_an_earlier_close_can_be_named() -> None:
    assert asked("revenue as of 2025-05").last_actual == month(2025, 5)
    assert asked("revenue asof=2025-05 12m").what == "revenue"


@pytest.mark.parametrize("words", ["revenue as of 2026-11", "revenue as of 2030-01"])
def test_a_month_that_is_not_over_has_no_actuals(words: str) -> None:
    with pytest.raises(NotUnderstood, match="not over yet"):
        asked(words)


@pytest.mark.parametrize(
    "words", ["revenue by customer", "revenue color=red", "revenue as of May", "x horizon=many"]
)
def test_what_is_not_understood_is_answered_with_an_example(words: str) -> None:
    with pytest.raises(NotUnderstood, match="for example"):
        asked(words)


def test_curly_quotes_of_a_phone_are_quotes() -> None:
    assert asked("revenue dept=“R and D”").where == ((DEPARTMENT, "R and D"),)


@given(st.text(max_size=300))
def test_any_words_make_a_request_or_a_sentence(words: str) -> None:
    with suppress(NotUnderstood, UnknownPeriod):
        request = asked(words)

        assert 1 <= request.horizon <= 36
        assert request.what
