"""Months, and the reporting periods a company keeps for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.company.values import Value

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def first_of_month(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def later(day: date, months: int) -> date:
    """The first day of the month so many months after the day's own; negative is before."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def last_of_month(day: date) -> date:
    """The last day of the day's month."""
    return later(day, 1) - timedelta(days=1)


def months(first: date, last: date) -> Iterator[date]:
    """The first days of all months from one day's to another's, both included."""
    month = first_of_month(first)
    while month <= last:
        yield month
        month = later(month, 1)


def month_name(day: date) -> str:
    """The reporting period of the day's month: `Month Ended January 2026`."""
    return f"Month Ended {MONTHS[day.month - 1]} {day.year}"


def month_periods(first: date, last: date) -> list[dict[str, Value]]:
    """One budgetable reporting period for every month from the first to the last."""
    return [_period(month, last_of_month(month), "Month") for month in months(first, last)]


def longer_periods(first: date, last: date) -> list[dict[str, Value]]:
    """The calendar quarters and years that lie wholly inside, which are not for budgets."""
    quarters = [(m, later(m, 3)) for m in months(first, last) if m.month % 3 == 1]
    years = [(m, later(m, 12)) for m in months(first, last) if m.month == 1]
    named = [(*q, "Quarter") for q in quarters] + [(*y, "Year") for y in years]
    until = last_of_month(last)
    return [
        _period(start, end - timedelta(days=1), length)
        for start, end, length in named
        if end - timedelta(days=1) <= until
    ]


def _period(start: date, end: date, length: str) -> dict[str, Value]:
    ended = f"{MONTHS[end.month - 1]} {end.year}"
    return {
        "NAME": f"{length} Ended {ended}",
        "HEADER1": f"{length} Ended",
        "HEADER2": ended,
        "START_DATE": start,
        "END_DATE": end,
        "BUDGETING": length == "Month",
        "STATUS": "active",
    }
