from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sandbox.company.periods import (
    last_of_month,
    later,
    longer_periods,
    month_name,
    month_periods,
    months,
)


def test_months_are_counted_across_years_both_ways() -> None:
    assert later(date(2026, 1, 31), 1) == date(2026, 2, 1)
    assert later(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert later(date(1899, 12, 15), 1) == date(1900, 1, 1)
    assert list(months(date(2025, 12, 9), date(2026, 1, 2))) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2190, 1, 1)), st.integers(-600, 600))
def test_going_and_coming_back_is_the_first_of_the_month(day: date, count: int) -> None:
    assert later(later(day, count), -count) == day.replace(day=1)
    assert last_of_month(day) + timedelta(days=1) == later(day, 1)


def test_a_month_has_its_days_also_in_leap_years() -> None:
    assert last_of_month(date(2024, 2, 1)) == date(2024, 2, 29)
    assert last_of_month(date(1900, 2, 1)) == date(1900, 2, 28)


def test_a_period_is_named_by_its_end() -> None:
    assert month_name(date(2026, 1, 31)) == "Month Ended January 2026"
    (one,) = month_periods(date(2026, 2, 5), date(2026, 2, 28))
    assert one["NAME"] == "Month Ended February 2026"
    assert (one["START_DATE"], one["END_DATE"]) == (date(2026, 2, 1), date(2026, 2, 28))
    assert one["BUDGETING"] is True


def test_only_whole_quarters_and_years_are_periods() -> None:
    named = [one["NAME"] for one in longer_periods(date(2024, 12, 1), date(2026, 1, 1))]

    assert named == [
        "Quarter Ended March 2025",
        "Quarter Ended June 2025",
        "Quarter Ended September 2025",
        "Quarter Ended December 2025",
        "Year Ended December 2025",
    ]


def test_the_demo_has_every_month_from_four_years_back_to_two_ahead(
    demo: sqlite3.Connection,
) -> None:
    found = demo.execute(
        "SELECT NAME, START_DATE, END_DATE FROM REPORTINGPERIOD WHERE BUDGETING ORDER BY START_DATE"
    ).fetchall()

    assert len(found) == 48 + 1 + 24
    assert tuple(found[0]) == ("Month Ended November 2022", "2022-11-01", "2022-11-30")
    assert tuple(found[-1]) == ("Month Ended November 2028", "2028-11-01", "2028-11-30")
    assert all(
        date.fromisoformat(one["END_DATE"]) < date.fromisoformat(next_["START_DATE"])
        for one, next_ in pairwise(found)
    )
