"""Balances of accounts for a span of days, debit-positive, and budgets beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from sandbox.company.values import amount
from sandbox.intacct.balance_text import COMPARISONS, Dimension, Question, read_question
from sandbox.intacct.company_facts import base_currency_of
from sandbox.intacct.ledger_sums import Key, Sums, actual_sums, budget_sums
from sandbox.intacct.reply import data
from sandbox.intacct.rights import permit_reading
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """What rows are shown with beside their sums."""

    titles: Mapping[str, Mapping[str, str]]
    statistical: frozenset[str]
    currency: str


def account_balances(work: Work, call: etree._Element) -> FunctionAnswer:
    """`get_accountbalances`: one row for each account."""
    return _answer(work, replace(_question(work, call, "include"), by=(), content="Actual"))


def account_balances_by_dimensions(work: Work, call: etree._Element) -> FunctionAnswer:
    """`get_accountbalancesbydimensions`: actual, budget, or both and their difference."""
    return _answer(work, _question(work, call, "exclude"))


def trial_balance(work: Work, call: etree._Element) -> FunctionAnswer:
    """`get_trialbalance`: debits and credits of each account between its start and its end."""
    question = _question(work, call, "exclude")
    sums, named = actual_sums(work, question), _named(work, question)
    rows = [
        (
            ("glaccountno", key[0]),
            ("startbalance", _money(one.start)),
            ("debits", _money(one.debit)),
            ("credits", _money(one.credit)),
            ("endbalance", _money(one.end)),
            ("reportingbook", "ACCRUAL"),
            *_of_key(question, named, key),
        )
        for key, one in sorted(sums.items())
        if _is_shown(question, one)
    ]
    return _data("trialbalance", rows)


def _question(work: Work, call: etree._Element, statistical: str) -> Question:
    permit_reading(work, "GLDETAIL", str(call.tag))
    return read_question(work, call, statistical)


def _answer(work: Work, question: Question) -> FunctionAnswer:
    named = _named(work, question)
    if question.content == "Actual":
        rows = _plain(question, named, _with_zeros(work, question, actual_sums(work, question)))
    elif question.content == "Budget":
        rows = _plain(question, named, budget_sums(work, question))
    else:
        actual, budget = actual_sums(work, question), budget_sums(work, question)
        rows = _compared(question, named, actual, budget)
    return _data("accountbalance", rows)


def _plain(question: Question, named: _Named, sums: Mapping[Key, Sums]) -> list[Fields]:
    return [
        (
            ("glaccountno", key[0]),
            ("startbalance", _money(one.start)),
            ("periodbalance", _money(one.moved)),
            ("endbalance", _money(one.end)),
            *_of_key(question, named, key),
        )
        for key, one in sorted(sums.items())
        if _is_shown(question, one)
    ]


def _compared(
    question: Question, named: _Named, actual: Mapping[Key, Sums], budget: Mapping[Key, Sums]
) -> list[Fields]:
    sign = 1 if question.comparison == COMPARISONS[0] else -1
    rows = []
    for key in sorted({**actual, **budget}):
        was, planned = actual.get(key, Sums()), budget.get(key, Sums())
        if not question.zeros and not (was.moved or planned.moved):
            continue
        row = (
            ("glaccountno", key[0]),
            ("budgetbalance", _money(planned.moved)),
            ("periodbalance", _money(was.moved)),
            ("difference", _money(sign * (planned.moved - was.moved))),
            *_of_key(question, named, key),
        )
        rows.append(row)
    return rows


def _is_shown(question: Question, one: Sums) -> bool:
    if one.start or one.moved or question.zeros:
        return True
    return question.zeros_with_activity and one.lines > 0


def _with_zeros(work: Work, question: Question, sums: dict[Key, Sums]) -> dict[Key, Sums]:
    """Accounts nothing was ever posted to, where zeros are asked for and nothing is split."""
    if not question.zeros or question.by:
        return sums
    tables = {"include": ("GLACCOUNT", "STATACCOUNT"), "only": ("STATACCOUNT",)}
    first, last = question.accounts or ("", "\U0010ffff")
    for table in tables.get(question.statistical, ("GLACCOUNT",)):
        rows = work.books.rows(
            f"SELECT ACCOUNTNO FROM {table} WHERE ACCOUNTNO BETWEEN ? AND ?",  # noqa: S608 - our own names
            [first, last],
        )
        for row in rows:
            sums.setdefault((row[0],), Sums())
    return sums


def _named(work: Work, question: Question) -> _Named:
    titles = {one.name: _titles(work, one) for one in question.by}
    statistical = frozenset(row[0] for row in work.books.rows("SELECT ACCOUNTNO FROM STATACCOUNT"))
    location = question.location or work.caller.entity
    return _Named(titles, statistical, base_currency_of(work, location))


def _titles(work: Work, one: Dimension) -> dict[str, str]:
    statement = f'SELECT "{one.master}ID", "{one.title}" FROM "{one.master}"'  # noqa: S608 - our own names
    return {row[0]: row[1] or "" for row in work.books.rows(statement)}


def _of_key(question: Question, named: _Named, key: Key) -> Iterable[tuple[str, str]]:
    yield "currency", "" if key[0] in named.statistical else named.currency
    for one, id_ in zip(question.by, key[1:], strict=True):
        yield f"{one.name}id", id_
        yield f"{one.name}name", named.titles[one.name].get(id_, "")


def _money(kept: int) -> str:
    return format(amount(kept), "f")


def _data(name: str, rows: list[Fields]) -> etree._Element:
    answer = data(name, len(rows))
    answer.extend(record(name, row) for row in rows)
    return answer
