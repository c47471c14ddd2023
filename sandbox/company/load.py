"""A company out of files: monthly series, open items and customers, whichever there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sandbox.company.csv_rows import Malformed, opened
from sandbox.company.open_items import (
    OpenItem,
    invoice_item_rows,
    invoice_postings,
    invoice_rows,
    read_open_items,
)
from sandbox.company.parties import Customer, customer_rows, named, read_customers, term_rows
from sandbox.company.periods import first_of_month, last_of_month, later, month_periods
from sandbox.company.plain_books import (
    ACCOUNTS,
    DEFINITIONS,
    ENTITY,
    clearing_accounts,
    trading_accounts,
    write_entities,
    write_journals,
)
from sandbox.company.posting import at, write_postings
from sandbox.company.series import (
    Month,
    account_rows,
    read_series,
    series_accounts,
    series_postings,
)
from sandbox.company.setup import SANDBOX_SENDERS, SANDBOX_USERS, Setup, write_setup
from sandbox.company.store import insert, making
from sandbox.company.values import counted

MONTHS_AHEAD = 36
EVERY = 50_000

Progress = Callable[[str], None]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Files:
    """What a company is made from."""

    ledger: Path | None = None
    open_items: Path | None = None
    customers: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of the files, in their order; customers not listed are those with open items."""

    series: tuple[Month, ...]
    open_items: tuple[OpenItem, ...]
    customers: tuple[Customer, ...]
    entities: dict[str, str]
    as_of: date
    first: date

    @property
    def trades(self) -> bool:
        """Whether it has customers or invoices at all."""
        return bool(self.open_items or self.customers)


def load_company(
    files: Files, company: Path, currency: str, today: date, progress: Progress
) -> Contents:
    """Writes a new company file from the files that are given and answers what it read.

    Series become revenue accounts of entity 100 in `currency`, see `sandbox.company.series`. Open
    items become posted invoices, each business code an entity in the currency of its items; they
    are due in full, and the control account holds their sum. Customers are those of their file,
    or those the items name. `today` is the books' day where no file has a date.
    Raises Malformed for the first row that will not do; then nothing is written.
    """
    contents = _read(files, currency, today, progress)
    with making(company) as connection:
        _fill(connection, contents, currency, progress)
    return contents


def load_ledger(ledger: Path, company: Path, currency: str, progress: Progress) -> int:
    """Writes a new company file from a CSV of `unique_id, ds, y` and answers how many rows it read.

    A y of nothing (after rounding) has no line: an account without a line in a month had nothing.
    """
    files = Files(ledger=ledger)
    first_day = date.min  # never the books' day: every row of a ledger has its own
    return len(load_company(files, company, currency, first_day, progress).series)


def _read(files: Files, currency: str, today: date, progress: Progress) -> Contents:
    series = _rows(files.ledger, read_series, progress)
    items = _rows(files.open_items, read_open_items, progress)
    listed = _rows(files.customers, read_customers, progress)
    entities = {ENTITY: currency} if series or not items else {}
    if files.open_items:
        try:
            entities = _agreed(items, listed if files.customers else None, entities)
        except Malformed as error:
            raise Malformed(f"{files.open_items.name}, {error}") from error
    days = [last_of_month(row.month) for row in series] + [item.posted for item in items]
    starts = [row.month for row in series] + [min(item.posted, item.issued) for item in items]
    return Contents(
        tuple(series),
        tuple(items),
        tuple(listed if files.customers else named(items)),
        entities,
        as_of=max(days, default=today),
        first=min(starts, default=today),
    )


def _rows(
    path: Path | None, read: Callable[[Iterable[str]], Iterator[Row]], progress: Progress
) -> list[Row]:
    if path is None:
        return []
    try:
        with opened(path) as lines:
            rows = list(_counted(read(lines), progress))
        if not rows:
            raise Malformed("the file has no rows")
    except Malformed as error:
        raise Malformed(f"{path.name}, {error}") from error
    return rows


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count % EVERY == 0:
            progress(f"{count:,} rows read")
        yield row


def _agreed(
    items: Iterable[OpenItem], listed: Iterable[Customer] | None, entities: dict[str, str]
) -> dict[str, str]:
    """The entities with their currencies; an entity, and a customer, has one currency only."""
    held = {id_: (code, "in the ledger") for id_, code in entities.items()}
    known = None if listed is None else {one.id: one.currency for one in listed}
    owed = {id_: (code, "in the list of customers") for id_, code in (known or {}).items() if code}
    for item in items:
        if known is not None and item.customer not in known:
            raise Malformed(f"line {item.line}: there is no customer {item.customer} in the list")
        for what, id_, said in (
            ("business code", item.entity, held),
            ("customer", item.customer, owed),
        ):
            code, where = said.setdefault(id_, (item.currency, f"in line {item.line}"))
            if code != item.currency:
                raise Malformed(
                    f"line {item.line}: {what} {id_} has {item.currency} here and {code} {where}"
                )
    return {id_: code for id_, (code, _) in held.items()}


def _fill(
    connection: sqlite3.Connection, contents: Contents, currency: str, progress: Progress
) -> None:
    accounts = series_accounts(contents.series)
    write_setup(connection, _setup(contents))
    chart = clearing_accounts() if contents.series else []
    chart += trading_accounts() if contents.trades else []
    chart += account_rows(accounts)
    insert(connection, "GLACCOUNT", chart)
    last = last_of_month(contents.as_of)
    insert(connection, "REPORTINGPERIOD", month_periods(contents.first, later(last, MONTHS_AHEAD)))
    write_entities(connection, contents.entities, trades=contents.trades)
    write_journals(connection, trades=contents.trades)
    names = _write_receivables(connection, contents)
    _tell(contents, accounts, progress)
    postings = [
        *series_postings(contents.series, accounts, currency),
        *invoice_postings(contents.open_items, names),
    ]
    titles = {str(row["ACCOUNTNO"]): str(row["TITLE"]) for row in chart}
    written = write_postings(connection, postings, titles)
    _tell_posted(contents, written, progress)


def _setup(contents: Contents) -> Setup:
    currencies = set(contents.entities.values())
    return Setup(
        company_id="acme",
        company_name="Loaded company",
        base_currency=currencies.pop() if len(currencies) == 1 else "",
        first_fiscal_month=1,
        as_of=contents.as_of,
        seed=0,
        senders=SANDBOX_SENDERS,
        users=SANDBOX_USERS,
        accounts=ACCOUNTS,
        definitions=DEFINITIONS,
        item_groups=(),
    )


def _write_receivables(connection: sqlite3.Connection, contents: Contents) -> dict[str, str]:
    """Terms, customers and invoices; the customers' names by their ids."""
    customers, items = contents.customers, contents.open_items
    made = at(first_of_month(contents.first), 9)
    insert(connection, "ARTERM", term_rows(customers, items, made))
    rows = customer_rows(customers, items, made)
    insert(connection, "CUSTOMER", rows)
    names = {str(row["CUSTOMERID"]): str(row["NAME"]) for row in rows}
    insert(connection, "ARINVOICE", invoice_rows(items, names, contents.entities))
    insert(connection, "ARINVOICEITEM", invoice_item_rows(items))
    return names


def _tell(contents: Contents, accounts: dict[str, str], progress: Progress) -> None:
    if rows := contents.series:
        first, last = min(row.month for row in rows), max(row.month for row in rows)
        progress(
            f"{counted(len(rows), 'row')} read: {counted(len(accounts), 'account')},"
            f" {first:%Y-%m} to {last:%Y-%m}"
        )
    if items := contents.open_items:
        for entity, code in contents.entities.items():
            ours = [item.hundredths for item in items if item.entity == entity]
            total = f"{sum(ours) // 100:,}.{sum(ours) % 100:02} {code}"
            progress(f"{entity}: {counted(len(ours), 'open item')}, {total}")


def _tell_posted(contents: Contents, written: int, progress: Progress) -> None:
    invoiced = 2 * len(contents.open_items)
    filled = sum(row.hundredths != 0 for row in contents.series)
    if contents.series:
        progress(
            f"{counted(written - invoiced, 'line')} posted: {filled:,} for the rows that are not"
            f" zero, {written - invoiced - filled:,} on the other side, in the clearing account"
        )
    if invoiced:
        progress(f"{counted(invoiced, 'line')} posted for the open items: receivable against sales")
