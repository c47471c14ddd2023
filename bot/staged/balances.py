"""Movements of accounts from the copy: the same frame that Intacct's balances give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Engine, func, select

from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    AccountNo,
    Dimensions,
    Period,
    Statement,
    value_of,
)
from analytics.ledger.balances import balances
from bot.staged.masters import accounts, parents
from bot.store.engine import reading
from bot.store.tables import staged_line
from intacct.read.balances import SPLITS, BalancesQuestion, check_question

_COLUMNS = {
    DEPARTMENT: staged_line.c.department,
    LOCATION: staged_line.c.location,
    PROJECT: staged_line.c.project,
}
_MONTH = func.substr(staged_line.c.entry_date, 1, 7)
_MOST = 1000  # accounts named in a statement; more are looked through afterwards


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a balances frame: an account in a month, and where it was split."""

    account: AccountNo
    period: Period
    where: Dimensions = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger under a figure; the amount in minor units, debits positive."""

    record_no: int
    batch_key: int
    entry_date: date
    amount: int
    journal: str
    document: str
    description: str


def staged_balances(store: Engine, question: BalancesQuestion) -> pd.DataFrame:
    """A balances frame: one row per account, month and split with a movement other than zero.

    The same as `read_balances` gives for books that stand as the copy does, minor units, debits
    positive. LedgerError for a split or a limit that is not department, location or project.
    """
    check_question(question)
    wanted = _wanted(store, question)
    split = [_COLUMNS[name] for name in SPLITS if name in question.by]
    line = staged_line.c
    keys = [line.account, _MONTH.label("month"), *split, line.currency]
    moved = func.sum(line.amount).label("moved")
    query = select(*keys, moved).where(*_limits(store, question))
    if len(wanted) <= _MOST:
        query = query.where(line.account.in_(sorted(wanted)))
    with reading(store) as tx:
        rows = tx.execute(query.group_by(*keys)).mappings()
        return balances(
            {
                "account": row["account"],
                "period": f"{row['month']}-01",
                "entity": question.entity,
                **{name: row[name] if name in question.by else "" for name in SPLITS},
                "currency": row["currency"],
                "amount": int(row["moved"]),
            }
            for row in rows.all()
            if row["moved"] and row["account"] in wanted
        )


def lines_under(store: Engine, question: BalancesQuestion, cell: Cell) -> tuple[Line, ...]:
    """The ledger's lines that a figure of this question's answer is the sum of, by number."""
    check_question(question)
    line = staged_line.c
    query = select(staged_line).where(
        *_limits(store, question),
        line.account == cell.account,
        line.entry_date.between(cell.period.first.isoformat(), cell.period.last.isoformat()),
        *(_COLUMNS[n] == (value_of(cell.where, n) or "") for n in SPLITS if n in question.by),
    )
    with reading(store) as tx:
        rows = tx.execute(query.order_by(line.record_no)).all()
    return tuple(
        Line(
            record_no=row.record_no,
            batch_key=row.batch_key,
            entry_date=date.fromisoformat(row.entry_date),
            amount=row.amount,
            journal=row.journal,
            document=row.document,
            description=row.description,
        )
        for row in rows
    )


def _wanted(store: Engine, question: BalancesQuestion) -> frozenset[AccountNo]:
    if question.accounts:
        return frozenset(question.accounts)
    kinds = {Statement.INCOME} | ({Statement.STATISTICAL} if question.statistical else set())
    return frozenset(a.number for a in accounts(store) if a.statement in kinds)


def _limits(store: Engine, question: BalancesQuestion) -> list[ColumnElement[bool]]:
    first, last = question.first.first.isoformat(), question.last.last.isoformat()
    return [
        staged_line.c.entry_date.between(first, last),
        *([] if question.statistical else [staged_line.c.statistical.is_(False)]),
        *_places(store, question),
    ]


def _places(store: Engine, question: BalancesQuestion) -> list[ColumnElement[bool]]:
    """Each value asked for with all that stands below it; an entity is all its locations."""
    named = [(name, value_of(question.where, name)) for name in SPLITS]
    return [
        _COLUMNS[name].in_(sorted(below(top, parents(store, name))))
        for name, top in [*named, (LOCATION, question.entity)]
        if top
    ]


def below(top: str, standing: Mapping[str, str]) -> frozenset[str]:
    """The value itself and all that stand below it, at any depth."""
    found, level = {top}, {top}
    while level := {one for one, parent in standing.items() if parent in level} - found:
        found |= level
    return frozenset(found)
