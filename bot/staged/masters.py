"""Accounts, entities, dimensions, periods and budgets as the copy has them.

Each is what the reader of the same name in `intacct/read` gives, from the same texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, select

from analytics.ledger import Account, Currency, DimensionName, DimensionValue
from bot.staged.objects import SETUP
from bot.store.engine import reading
from bot.store.tables import staged_record
from intacct.documents.budget_version import BudgetLine
from intacct.read.accounts import accounts_in
from intacct.read.budgets import BudgetHead, BudgetQuestion, budget_head_in, budget_line_in
from intacct.read.dimensions import Entity, entities_in, values_in
from intacct.read.extract import Element, as_element
from intacct.read.periods import ReportingPeriod, periods_in


def accounts(store: Engine) -> tuple[Account, ...]:
    """All accounts, active or not, by number."""
    return accounts_in(elements(store, "GLACCOUNT"), elements(store, "STATACCOUNT"))


def entities(store: Engine) -> tuple[Entity, ...]:
    """The entities by id, active or not; none where the company is a single one."""
    return entities_in(elements(store, "LOCATIONENTITY"))


def values(store: Engine, dimension: DimensionName) -> tuple[DimensionValue, ...]:
    """The values of a dimension (department, location, project) by id, active or not."""
    return values_in(dimension, elements(store, dimension.upper()))


def periods(store: Engine) -> tuple[ReportingPeriod, ...]:
    """All periods that have both ends, the earliest first."""
    return periods_in(elements(store, "REPORTINGPERIOD"))


def base_currency(store: Engine) -> Currency:
    """The company's own currency; "" where entities have base currencies of their own."""
    found = [fields["BASECURRENCY"] for _, fields in texts_of(store, SETUP)]
    return Currency(found[0] if found else "")


def budget_heads(store: Engine) -> tuple[BudgetHead, ...]:
    """All budgets, in the order they were entered."""
    return tuple(map(budget_head_in, elements(store, "GLBUDGETHEADER")))


def budget_lines(store: Engine, question: BudgetQuestion) -> tuple[BudgetLine, ...]:
    """The lines of the budget in the order they were entered; amounts with their natural sign."""
    found = map(budget_line_in, elements(store, "GLBUDGETITEM", question.budget_id))
    wanted = frozenset(question.accounts)
    return tuple(line for line in found if not wanted or line.account in wanted)


def parents(store: Engine, dimension: DimensionName) -> Mapping[str, str]:
    """Which value each value stands right below; "" for one at the top."""
    found = texts_of(store, dimension.upper())
    return {fields[f"{dimension.upper()}ID"]: fields["PARENTID"] for _, fields in found}


def texts_of(
    store: Engine, name: str, business_id: str = ""
) -> tuple[tuple[int, dict[str, str]], ...]:
    """The number and the fields of each record of an object, by number."""
    row = staged_record.c
    query = select(row.record_no, row.fields).where(row.object == name).order_by(row.record_no)
    if business_id:
        query = query.where(row.business_id == business_id)
    with reading(store) as tx:
        return tuple((found.record_no, json.loads(found.fields)) for found in tx.execute(query))


def elements(store: Engine, name: str, business_id: str = "") -> Iterator[Element]:
    """The records of an object as Intacct would send them, by number."""
    for number, fields in texts_of(store, name, business_id):
        yield as_element(name, {"RECORDNO": str(number), **fields})
