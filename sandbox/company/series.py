"""Monthly series as books: each is a revenue account, each month one entry against clearing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from sandbox.company.csv_rows import Malformed, read_cells, read_day, read_number
from sandbox.company.periods import last_of_month
from sandbox.company.plain_books import CLEARING, ENTITY, account
from sandbox.company.posting import Line, Posting
from sandbox.company.values import Value, hundredths

COLUMNS = ("unique_id", "ds", "y")
FIRST_ACCOUNT = 40_001
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one series, in hundredths rounded half up."""

    series: str
    month: date
    hundredths: int


def read_series(lines: Iterable[str]) -> Iterator[Month]:
    """The rows of a CSV with a header, in its order; the first bad one raises Malformed."""
    seen: set[tuple[str, date]] = set()
    for line, (series, day, figure) in read_cells(lines, COLUMNS):
        if not series.strip():
            raise Malformed(f"line {line}: unique_id is empty")
        month = read_day(day, line)
        if month.day != 1:
            raise Malformed(f"line {line}: {day} is not the first day of a month")
        rounded = read_number(figure, line).quantize(CENT, ROUND_HALF_UP)
        if (series, month) in seen:
            raise Malformed(f"line {line}: {series} has {month:%Y-%m} a second time")
        seen.add((series, month))
        yield Month(series, month, hundredths(rounded))


def series_accounts(rows: Iterable[Month]) -> dict[str, str]:
    """The account of each series: 40001, 40002, … in order of first appearance."""
    return {
        series: str(number)
        for number, series in enumerate(dict.fromkeys(row.series for row in rows), FIRST_ACCOUNT)
    }


def account_rows(accounts: dict[str, str]) -> Iterator[dict[str, Value]]:
    """Revenue accounts titled by their series, in the category its id begins with."""
    for series, number in accounts.items():
        category = series.rpartition("-")[0] or series
        yield account(number, series, category, "incomestatement", "credit")


def series_postings(
    rows: Sequence[Month], accounts: dict[str, str], currency: str
) -> Iterator[Posting]:
    """One entry per month on its last day; a month of nothing has none."""
    ordered = sorted(
        (row for row in rows if row.hundredths), key=lambda row: (row.month, accounts[row.series])
    )
    for month, of_month in groupby(ordered, key=lambda row: row.month):
        lines = [Line(accounts[row.series], -row.hundredths, ENTITY) for row in of_month]
        lines.append(Line(CLEARING, -sum(line.hundredths for line in lines), ENTITY))
        yield Posting(last_of_month(month), "GJ", f"Loaded {month:%Y-%m}", currency, tuple(lines))
