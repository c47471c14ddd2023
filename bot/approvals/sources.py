"""The source rows under a proposal: read again, hashed, and compared with what was shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

import pandas as pd

from analytics.ledger import Currency, from_minor
from bot.approvals.proposal import SourceDifference, sha256
from bot.approvals.question import PeriodsQuestion, Question
from bot.store.canonical import JSON, canonical
from intacct.client import Intacct
from intacct.documents.budget_version import BudgetLine
from intacct.read.balances import BalancesQuestion, read_balances
from intacct.read.budgets import BudgetQuestion, read_budget_lines
from intacct.read.periods import ReportingPeriod, read_periods

BUDGETABLE = "takes budgets"
NOT_BUDGETABLE = "takes no budgets"
NOTHING = "nothing"


@dataclass(frozen=True, slots=True, order=True)
class SourceRow:
    """One row the books answered with, all text; `question` is its place among the questions.

    `kind` is "balance", "budget" or "period"; `value` is an amount, or what the period takes.
    """

    question: str
    kind: str
    value: str
    budget: str = ""
    account: str = ""
    period: str = ""
    entity: str = ""
    department: str = ""
    location: str = ""
    project: str = ""
    currency: str = ""


# `dataclasses.astuple` copies every text deeply: a quarter of a second for 30,000 rows.
_all_of = attrgetter(*(field.name for field in fields(SourceRow)))


def read_rows(books: Intacct, questions: Sequence[Question]) -> tuple[SourceRow, ...]:
    """The rows the books answer these questions with now, sorted; the gateway's errors as is."""
    answers = (_ask(books, place, question) for place, question in enumerate(questions))
    return tuple(sorted(row for rows in answers for row in rows))


def balance_rows(place: int, frame: pd.DataFrame) -> tuple[SourceRow, ...]:
    """A balances frame that was read for the question at this place, as rows."""
    return tuple(
        SourceRow(
            question=str(place),
            kind="balance",
            value=str(from_minor(int(row["amount"]), Currency(str(row["currency"])))),
            account=str(row["account"]),
            period=str(row["period"]),
            entity=str(row["entity"]),
            department=str(row["department"]),
            location=str(row["location"]),
            project=str(row["project"]),
            currency=str(row["currency"]),
        )
        for row in frame.to_dict("records")
    )


def budget_rows(place: int, budget_id: str, lines: Iterable[BudgetLine]) -> tuple[SourceRow, ...]:
    """Budget lines that were read for the question at this place, as rows."""
    return tuple(
        SourceRow(
            question=str(place),
            kind="budget",
            value=f"{line.amount:f}",
            budget=budget_id,
            account=line.account,
            period=line.period,
            department=line.department,
            location=line.location,
        )
        for line in lines
    )


def period_rows(
    place: int, names: Iterable[str], periods: Iterable[ReportingPeriod]
) -> tuple[SourceRow, ...]:
    """What the named periods take, as rows; a name the books do not know has none."""
    known = {period.name: period.budgetable for period in periods}
    return tuple(
        SourceRow(
            question=str(place),
            kind="period",
            value=BUDGETABLE if known[name] else NOT_BUDGETABLE,
            period=name,
        )
        for name in names
        if name in known
    )


def fingerprint(rows: Iterable[SourceRow]) -> str:
    """The SHA-256 of the rows in hex; equal rows in any order give the same."""
    return sha256(canonical(rows_as_json(sorted(rows))))


def rows_as_json(rows: Iterable[SourceRow]) -> list[JSON]:
    """The rows as lists of text, for the snapshot."""
    return [list(_all_of(row)) for row in rows]


def rows_from_json(raw: object) -> tuple[SourceRow, ...]:
    """The rows of a snapshot; ValueError or TypeError where it holds anything else."""
    match raw:
        case list():
            return tuple(SourceRow(*map(str, row)) for row in raw)
    raise ValueError("a snapshot is a list of rows")


def differences(
    before: Iterable[SourceRow], after: Iterable[SourceRow]
) -> tuple[SourceDifference, ...]:
    """What the books no longer say, and what they say instead; rows of one place are added up."""
    was, now = _said(before), _said(after)
    return tuple(
        SourceDifference(_place(row), was.get(row, NOTHING), now.get(row, NOTHING))
        for row in sorted({*was, *now})
        if was.get(row) != now.get(row)
    )


def _ask(books: Intacct, place: int, question: Question) -> tuple[SourceRow, ...]:
    match question:
        case BalancesQuestion():
            return balance_rows(place, read_balances(books, question))
        case BudgetQuestion():
            return budget_rows(place, question.budget_id, read_budget_lines(books, question))
        case PeriodsQuestion():
            return period_rows(place, question.names, read_periods(books))


def _said(rows: Iterable[SourceRow]) -> dict[SourceRow, str]:
    """What is said of each place, in words; the place is the row without its value."""
    grouped: dict[SourceRow, list[str]] = defaultdict(list)
    for row in rows:
        grouped[replace(row, value="")].append(row.value)
    return {place: _words(place, values) for place, values in grouped.items()}


def _words(place: SourceRow, values: list[str]) -> str:
    if place.kind == "period":
        return values[-1]
    amount = sum(map(Decimal, values), Decimal(0))
    exact = f"{abs(amount):,.2f}" if amount == round(amount, 2) else f"{abs(amount):,}"
    return f"{place.currency} {f'({exact})' if amount < 0 else exact}".strip()


def _place(row: SourceRow) -> str:
    if row.kind == "period":
        return f"Period {row.period}"
    book = f"Budget “{row.budget}”, account" if row.kind == "budget" else "Account"
    month = f"{date.fromisoformat(row.period):%b %Y}" if row.kind == "balance" else row.period
    named = [
        f"{name} {value}"
        for name, value in (
            ("entity", row.entity),
            ("department", row.department),
            ("location", row.location),
            ("project", row.project),
        )
        if value
    ]
    return ", ".join([f"{book} {row.account}", month, *named])
