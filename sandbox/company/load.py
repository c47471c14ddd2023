"""A company out of a file of monthly series: each becomes a revenue account."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path

from sandbox.company.periods import last_of_month, later, month_periods
from sandbox.company.posting import Line, Posting, write_postings
from sandbox.company.setup import SANDBOX_SENDERS, SANDBOX_USERS, Setup, write_setup
from sandbox.company.store import insert, making
from sandbox.company.values import Value, counted, hundredths

COLUMNS = ("unique_id", "ds", "y")
CLEARING = "10000"
FIRST_ACCOUNT = 40_001
ENTITY = "100"
MONTHS_AHEAD = 36
YEARS = range(1800, 2200)
LARGEST = 10**12
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CENT = Decimal("0.01")
EVERY = 50_000

Progress = Callable[[str], None]


class NotALedger(Exception):
    """A file does not hold monthly series; the message names the line and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One month of one series, in hundredths rounded half up."""

    series: str
    month: date
    hundredths: int


def load_ledger(ledger: Path, company: Path, currency: str, progress: Progress) -> int:
    """Writes a new company file from a CSV of `unique_id, ds, y` and answers how many rows it read.

    Series become revenue accounts 40001, 40002, … in order of first appearance, titled by their id,
    so a positive y is revenue. Each month is one entry on its last day against a clearing account.
    A y of nothing (after rounding) has no line: an account without a line in a month had nothing.
    Raises NotALedger for the first row that is not well formed; then nothing is written.
    """
    with ledger.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(_counted(read_rows(lines), progress))
    if not rows:
        raise NotALedger("the file has no rows")
    with making(company) as connection:
        _fill(connection, rows, currency, progress)
    return len(rows)


def read_rows(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of a CSV with a header, in its order; the first bad one raises NotALedger."""
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
        if missing := [name for name in COLUMNS if header.count(name) != 1]:
            raise NotALedger(f"line 1: there is no single column {' or '.join(missing)}")
        seen: set[tuple[str, date]] = set()
        for cells in reader:
            row = _row(header, cells, reader.line_num)
            if (row.series, row.month) in seen:
                raise NotALedger(
                    f"line {reader.line_num}: {row.series} has {row.month:%Y-%m} a second time"
                )
            seen.add((row.series, row.month))
            yield row
    except csv.Error as error:
        raise NotALedger(f"line {reader.line_num}: {error}") from error
    except UnicodeDecodeError as error:
        raise NotALedger(f"after line {reader.line_num}: this is not UTF-8 text") from error


def _row(header: list[str], cells: list[str], line: int) -> Row:
    if len(cells) != len(header):
        raise NotALedger(f"line {line}: {len(cells)} columns where the header has {len(header)}")
    series, day, figure = (cells[header.index(name)] for name in COLUMNS)
    if not series.strip():
        raise NotALedger(f"line {line}: unique_id is empty")
    return Row(series, _month(day, line), _hundredths(figure, line))


def _month(text: str, line: int) -> date:
    try:
        if not DAY.fullmatch(text):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotALedger(f"line {line}: {text!r} is not a date like 2026-01-31") from error
    if day.day != 1:
        raise NotALedger(f"line {line}: {text} is not the first day of a month")
    if day.year not in YEARS:
        raise NotALedger(f"line {line}: {text} is not between {YEARS[0]} and {YEARS[-1]}")
    return day


def _hundredths(text: str, line: int) -> int:
    if not NUMBER.fullmatch(text):
        raise NotALedger(f"line {line}: {text!r} is not a number")
    figure = Decimal(text)
    if abs(figure) > LARGEST:
        raise NotALedger(f"line {line}: {text} is larger than {LARGEST:,}")
    return hundredths(figure.quantize(CENT, ROUND_HALF_UP))


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count % EVERY == 0:
            progress(f"{count:,} rows read")
        yield row


def _fill(
    connection: sqlite3.Connection, rows: list[Row], currency: str, progress: Progress
) -> None:
    accounts = {
        series: str(number)
        for number, series in enumerate(dict.fromkeys(row.series for row in rows), FIRST_ACCOUNT)
    }
    first, last = min(row.month for row in rows), max(row.month for row in rows)
    write_setup(connection, _setup(currency, last))
    insert(connection, "GLACCOUNT", _account_rows(accounts))
    insert(connection, "REPORTINGPERIOD", month_periods(first, later(last, MONTHS_AHEAD)))
    _masters(connection, currency)
    progress(
        f"{counted(len(rows), 'row')} read: {counted(len(accounts), 'account')},"
        f" {first:%Y-%m} to {last:%Y-%m}"
    )
    titles = {number: series for series, number in accounts.items()} | {CLEARING: "Clearing"}
    written = write_postings(connection, _postings(rows, accounts, currency), titles)
    filled = sum(row.hundredths != 0 for row in rows)
    progress(
        f"{counted(written, 'line')} posted: {filled:,} for the rows that are not zero,"
        f" {written - filled:,} on the other side, in the clearing account"
    )


def _setup(currency: str, last: date) -> Setup:
    return Setup(
        company_id="acme",
        company_name="Loaded company",
        base_currency=currency,
        first_fiscal_month=1,
        as_of=last_of_month(last),
        seed=0,
        senders=SANDBOX_SENDERS,
        users=SANDBOX_USERS,
    )


def _account_rows(accounts: dict[str, str]) -> Iterator[dict[str, Value]]:
    yield _account(CLEARING, "Clearing", "Clearing", "balancesheet", "debit")
    for series, number in accounts.items():
        category = series.rpartition("-")[0] or series
        yield _account(number, series, category, "incomestatement", "credit")


def _account(number: str, title: str, category: str, kind: str, side: str) -> dict[str, Value]:
    closes = kind == "incomestatement"
    return {
        "ACCOUNTNO": number,
        "TITLE": title,
        "CATEGORY": category,
        "ACCOUNTTYPE": kind,
        "NORMALBALANCE": side,
        "CLOSINGTYPE": "closing account" if closes else "non-closing account",
        "ALTERNATIVEACCOUNT": "None",
        "STATUS": "active",
    }


def _masters(connection: sqlite3.Connection, currency: str) -> None:
    place: dict[str, Value] = {"LOCATIONID": ENTITY, "NAME": "Company", "STATUS": "active"}
    insert(connection, "LOCATION", [{**place, "CURRENCY": currency}])
    insert(connection, "LOCATIONENTITY", [{**place, "CURRENCY": currency, "FIRSTMONTH": 1}])
    journal: dict[str, Value] = {"SYMBOL": "GJ", "TITLE": "General journal", "STATUS": "active"}
    insert(connection, "GLJOURNAL", [{**journal, "BOOKID": "ACCRUAL", "ADJ": False}])


def _postings(rows: list[Row], accounts: dict[str, str], currency: str) -> Iterator[Posting]:
    ordered = sorted(
        (row for row in rows if row.hundredths), key=lambda row: (row.month, accounts[row.series])
    )
    for month, of_month in groupby(ordered, key=lambda row: row.month):
        lines = [Line(accounts[row.series], -row.hundredths, ENTITY) for row in of_month]
        lines.append(Line(CLEARING, -sum(line.hundredths for line in lines), ENTITY))
        yield Posting(last_of_month(month), "GJ", f"Loaded {month:%Y-%m}", currency, tuple(lines))
