from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import UnknownPeriod
from analytics.ledger import (
    FiscalCalendar,
    Period,
    month,
    months_between,
    run_of_months,
    shifted,
)

MAY = month(2025, 5)


@pytest.mark.parametrize(
    ("begins_in", "day", "year", "number"),
    [
        (7, date(2025, 2, 10), 2025, 8),
        (7, date(2025, 7, 1), 2026, 1),
        (7, date(2024, 12, 31), 2025, 6),
        (10, date(2024, 12, 31), 2025, 3),
        (1, date(2025, 1, 1), 2025, 1),
        (1, date(2025, 12, 31), 2025, 12),
        (12, date(2025, 12, 1), 2026, 1),
    ],
)
def test_a_fiscal_year_is_named_by_its_end(
    begins_in: int, day: date, year: int, number: int
) -> None:
    calendar = FiscalCalendar(begins_in)
    period = calendar.of(day)

    assert (calendar.year(period), calendar.number(period)) == (year, number)


@pytest.mark.parametrize("begins_in", [0, 13])
def test_a_year_begins_in_one_of_twelve_months(begins_in: int) -> None:
    with pytest.raises(UnknownPeriod, match="cannot begin"):
        FiscalCalendar(begins_in)


def test_may_ends_on_the_31st_and_includes_both_ends() -> None:
    assert MAY.last == date(2025, 5, 31)
    assert date(2025, 5, 1) in MAY
    assert date(2025, 5, 31) in MAY
    assert date(2025, 6, 1) not in MAY


def test_february_knows_leap_years() -> None:
    assert month(2024, 2).last == date(2024, 2, 29)
    assert month(2100, 2).last == date(2100, 2, 28)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(UnknownPeriod, match="runs backwards"):
        Period(date(2025, 2, 1), date(2025, 1, 31))


def test_a_period_is_said_by_its_month_or_by_its_first_and_last() -> None:
    assert str(MAY) == "May 2025"
    assert str(Period(date(2025, 5, 1), date(2026, 4, 30))) == "May 2025 to Apr 2026"
    assert str(Period(date(2025, 5, 1), date(2025, 5, 20))) == "1 May 2025 to 20 May 2025"


@pytest.mark.parametrize(("year", "number"), [(2025, 0), (2025, 13), (0, 1), (10000, 1)])
def test_there_is_no_thirteenth_month(year: int, number: int) -> None:
    with pytest.raises(UnknownPeriod, match="is no month"):
        month(year, number)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert shifted(month(2024, 11), 3) == month(2025, 2)
    assert shifted(month(2025, 2), -3) == month(2024, 11)
    assert months_between(month(2024, 11), month(2025, 2)) == 3


@given(year=st.integers(1900, 2200), number=st.integers(1, 12), months=st.integers(-1200, 1200))
def test_going_there_and_counting_agree(year: int, number: int, months: int) -> None:
    begin = month(year, number)

    assert months_between(begin, shifted(begin, months)) == months
    assert shifted(shifted(begin, months), -months) == begin


def test_a_run_of_months_leaves_none_out() -> None:
    run = run_of_months(month(2024, 12), 3)

    assert run == (month(2024, 12), month(2025, 1), month(2025, 2))
    assert run_of_months(MAY, 0) == ()


def test_the_last_closed_month_is_the_one_before_today() -> None:
    assert FiscalCalendar().last_closed(date(2025, 1, 1)) == month(2024, 12)
    assert FiscalCalendar().last_closed(date(2025, 1, 31)) == month(2024, 12)


def test_a_month_is_read_as_people_write_it() -> None:
    assert FiscalCalendar().read(" 2025-05 ") == MAY
    assert FiscalCalendar().read("2025-5") == MAY


@pytest.mark.parametrize("words", ["", "May 2025", "2025", "25-05", "2025-05-01", "2025-13"])
def test_words_that_name_no_month_are_refused(words: str) -> None:
    with pytest.raises(UnknownPeriod, match="is no month"):
        FiscalCalendar().read(words)
