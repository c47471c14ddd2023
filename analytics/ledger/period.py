"""A period includes both its ends; the fiscal calendar alone knows where years begin."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NewType

from analytics.errors import UnknownPeriod

AsOf = NewType("AsOf", date)  # a balance is as of the end of a day; a flow is for a Period


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnknownPeriod(f"{self.first} to {self.last} runs backwards")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """`May 2025`, `May 2025 to Apr 2026`, or the two days where months are not whole."""
        if self.first.day != 1 or self.last.day != monthrange(self.last.year, self.last.month)[1]:
            days = (f"{day.day} {day:%b %Y}" for day in (self.first, self.last))
            return " to ".join(days)
        months = (f"{day:%b %Y}" for day in (self.first, self.last))
        return " to ".join(dict.fromkeys(months))


def month(year: int, number: int) -> Period:
    """The calendar month, `month(2026, 2)` being 1 to 28 February 2026."""
    if not (1 <= number <= 12 and 1 <= year <= 9999):
        raise UnknownPeriod(f"{year}-{number:02d} is no month")
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def shifted(period: Period, months: int) -> Period:
    """The calendar month so many months later, earlier when negative."""
    index = period.first.year * 12 + period.first.month - 1 + months
    return month(index // 12, index % 12 + 1)


def months_between(first: Period, last: Period) -> int:
    """How many months lie from one to the other; 0 for the same month."""
    years = last.first.year - first.first.year
    return years * 12 + last.first.month - first.first.month


def run_of_months(first: Period, count: int) -> tuple[Period, ...]:
    """So many consecutive months, beginning with the first."""
    return tuple(shifted(first, i) for i in range(count))


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Twelve calendar months a year; the year begins in `first_month` and is named by its end."""

    first_month: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.first_month <= 12:
            raise UnknownPeriod(f"a year cannot begin in month {self.first_month}")

    def of(self, day: date) -> Period:
        """The month a day belongs to."""
        return month(day.year, day.month)

    def last_closed(self, today: date) -> Period:
        """The month before the one today is in."""
        return shifted(self.of(today), -1)

    def year(self, period: Period) -> int:
        """The fiscal year, named by the calendar year it ends in: July 2025 is FY2026 from July."""
        late = self.first_month > 1 and period.first.month >= self.first_month
        return period.first.year + (1 if late else 0)

    def number(self, period: Period) -> int:
        """The period's place in its fiscal year, 1 to 12."""
        return (period.first.month - self.first_month) % 12 + 1

    def read(self, words: str) -> Period:
        """`2025-05` as a month; anything else is UnknownPeriod with an example."""
        found = re.fullmatch(r"(\d{4})-(\d{1,2})", words.strip())
        if not found:
            raise UnknownPeriod(f"“{words.strip()}” is no month; write it like 2025-05")
        return month(int(found[1]), int(found[2]))
