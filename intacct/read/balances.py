"""Movements of one entity's accounts, month by month, split by dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd
from lxml import etree

from analytics.errors import LedgerError
from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    AccountNo,
    Currency,
    DimensionName,
    Dimensions,
    Period,
    Statement,
    from_minor,
    months_between,
    run_of_months,
    to_minor,
    value_of,
)
from analytics.ledger.balances import balances
from intacct.client import Answer, Intacct
from intacct.errors import Garbled
from intacct.read.accounts import read_accounts
from intacct.wire import amount_from, element, legacy_date, required_text, text_of

MONTHS_IN_A_REQUEST: Final = 12
SPLITS: Final = (DEPARTMENT, LOCATION, PROJECT)
COUNTED: Final = Currency("")  # statistical accounts count things, in hundredths


@dataclass(frozen=True, slots=True)
class BalancesQuestion:
    """Movements of one entity for each month from the first to the last, both included.

    No accounts named means all accounts of the income statement; `by` names what the amounts are
    split by (department, location, project), `where` what they are limited to, with all that
    stands below it. `statistical` counts statistical accounts in. The entity is "" in a company
    that has none.
    """

    entity: str
    first: Period
    last: Period
    accounts: tuple[AccountNo, ...] = ()
    by: tuple[DimensionName, ...] = ()
    where: Dimensions = frozenset()
    statistical: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The accounts asked for, and which of them count things and not money."""

    accounts: frozenset[AccountNo]
    counting: frozenset[AccountNo]


def read_balances(books: Intacct, question: BalancesQuestion) -> pd.DataFrame:
    """A balances frame: one row per account, month and split with a movement other than zero.

    Amounts are minor units, debits positive; dimensions that are not split by are "".
    LedgerError for a split or a limit that is not department, location or project.
    """
    _check(question)
    wanted = _wanted(books, question)
    months = run_of_months(question.first, months_between(question.first, question.last) + 1)
    found: list[dict[str, object]] = []
    for start in range(0, len(months) if wanted.accounts else 0, MONTHS_IN_A_REQUEST):
        some = months[start : start + MONTHS_IN_A_REQUEST]
        calls = [_call(question, wanted, month) for month in some]
        answers = books.ask(*calls, entity=question.entity)
        for month, answer in zip(some, answers, strict=True):
            found.extend(_movements(answer, question, wanted, month))
    return balances(found)


def _check(question: BalancesQuestion) -> None:
    names = [*question.by, *(key.name for key in question.where)]
    if strange := sorted({name for name in names if name not in SPLITS}):
        raise LedgerError(f"balances are not kept by {', '.join(strange)}")
    if months_between(question.first, question.last) < 0:
        raise LedgerError(f"{question.first} to {question.last} runs backwards")


def _wanted(books: Intacct, question: BalancesQuestion) -> _Wanted:
    if question.accounts and not question.statistical:
        return _Wanted(frozenset(question.accounts), frozenset())
    chart = read_accounts(books)
    counting = frozenset(a.number for a in chart if a.statement is Statement.STATISTICAL)
    if question.accounts:
        return _Wanted(frozenset(question.accounts), counting)
    income = frozenset(a.number for a in chart if a.statement is Statement.INCOME)
    return _Wanted(income | counting if question.statistical else income, counting)


def _call(question: BalancesQuestion, wanted: _Wanted, month: Period) -> etree._Element:
    """One month; the order of the children matters to Intacct."""
    made = element("get_accountbalancesbydimensions")
    made.append(legacy_date("startdate", month.first))
    made.append(legacy_date("enddate", month.last))
    made.append(element("contentselection", "Actual"))
    # without it, accounts whose balance ends at zero are left out although they moved
    made.append(element("showzerowithactivity", "true"))
    made.extend(_selected(wanted))
    made.append(element("statistical", "include" if question.statistical else "exclude"))
    made.extend(_limits(question))
    if question.by:
        made.append(element("groupby", ",".join(question.by)))
    return made


def _selected(wanted: _Wanted) -> list[etree._Element]:
    """One account, or the range they lie in; what the range brings besides is left out later."""
    first, last = min(wanted.accounts), max(wanted.accounts)
    if first == last:
        return [element("glaccountno", first)]
    return [element("startaccountno", first), element("endaccountno", last)]


def _limits(question: BalancesQuestion) -> Iterator[etree._Element]:
    """The values asked for, each with all that stands below it."""
    if department := value_of(question.where, DEPARTMENT):
        yield from (element("departmentid", department), element("dept_subs", "true"))
    # a company with several base currencies wants a location in any case
    if location := value_of(question.where, LOCATION) or question.entity:
        yield from (element("locationid", location), element("loc_subs", "true"))
    if project := value_of(question.where, PROJECT):
        yield from (element("projectid", project), element("projectid_subs", "true"))


def _movements(
    answer: Answer, question: BalancesQuestion, wanted: _Wanted, month: Period
) -> Iterator[dict[str, object]]:
    for record in answer.data.iterfind("accountbalance"):
        account = AccountNo(required_text(record, "glaccountno"))
        moved = amount_from(required_text(record, "periodbalance"))
        if account not in wanted.accounts or moved == 0:
            continue
        counts = account in wanted.counting
        currency = COUNTED if counts else Currency(required_text(record, "currency"))
        yield {
            "account": account,
            "period": month.first.isoformat(),
            "entity": question.entity,
            **{name: _split(record, question.by, name) for name in SPLITS},
            "currency": currency,
            "amount": _minor(moved, currency),
        }


def _split(record: etree._Element, by: Sequence[DimensionName], name: DimensionName) -> str:
    return text_of(record, f"{name}id") if name in by else ""


def _minor(amount: Decimal, currency: Currency) -> int:
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        smallest = from_minor(1, currency)
        raise Garbled(f"a {currency} amount has parts smaller than {smallest}") from error
