"""From rows of the books to one unbroken line of months per account and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.forecast.engine import Line
from analytics.ledger import Period, month, months_between

PLACES = ("department", "location", "project")


@dataclass(frozen=True, slots=True)
class History:
    """The months of one account in one place, in the sign its readers use."""

    account: str
    department: str
    location: str
    project: str
    line: Line

    @property
    def last_year(self) -> int:
        """The sum of the last twelve months, minor units."""
        return sum(self.line.amounts[-12:])

    def ago(self, period: Period) -> int:
        """The amount twelve months before a coming month; 0 where the line did not exist yet."""
        index = months_between(self.line.first, period) - 12
        return self.line.amounts[index] if 0 <= index < len(self.line.amounts) else 0


def histories_of(rows: pd.DataFrame, sign: int, last: Period) -> tuple[History, ...]:
    """One history per account and place, from its first posting to the last closed month.

    A month without postings is zero: nothing was earned or spent. Amounts are minor units times
    `sign`. Lines that never had a posting do not appear.
    """
    histories = []
    for key, group in rows.groupby(["account", *PLACES], sort=True):
        posted = group[group["amount"] != 0]
        if posted.empty:
            continue
        by_month = posted.groupby("period")["amount"].sum()
        first = _month(str(by_month.index.min()))
        amounts = [0] * (months_between(first, last) + 1)
        for period, amount in by_month.items():
            amounts[months_between(first, _month(str(period)))] = sign * int(amount)
        account, department, location, project = (str(part) for part in key)
        line = Line("|".join(str(part) for part in key), first, tuple(amounts))
        histories.append(History(account, department, location, project, line))
    return tuple(histories)


def _month(iso: str) -> Period:
    day = date.fromisoformat(iso)
    return month(day.year, day.month)
