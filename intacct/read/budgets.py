"""Which budgets are in the books, and what their lines say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from analytics.ledger import AccountNo
from intacct.client import Intacct
from intacct.condition import all_of, equal, one_of
from intacct.documents.budget_version import BudgetLine
from intacct.read.query import rows
from intacct.wire import amount_from, instant_from, required_text, text_of, yes_or_no

_HEAD = ("BUDGETID", "DESCRIPTION", "DEFAULT_BUDGET", "WHENCREATED")
_LINE = ("BUDGETID", "ACCT_NO", "PERIODNAME", "DEPT_NO", "LOCATION_NO", "AMOUNT")


@dataclass(frozen=True, slots=True)
class BudgetHead:
    """A budget without its lines."""

    record_no: str
    budget_id: str
    description: str
    default: bool
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class BudgetQuestion:
    """The lines of one budget; no accounts named means all of them."""

    budget_id: str
    accounts: tuple[AccountNo, ...] = ()


def read_budget_heads(books: Intacct) -> tuple[BudgetHead, ...]:
    """All budgets, in the order they were entered."""
    return tuple(map(_head, rows(books, "GLBUDGETHEADER", _HEAD)))


def read_budget_head(books: Intacct, budget_id: str) -> BudgetHead | None:
    """The budget with this id, None where there is none."""
    found = map(_head, rows(books, "GLBUDGETHEADER", _HEAD, equal("BUDGETID", budget_id)))
    return next(found, None)


def read_budget_lines(books: Intacct, question: BudgetQuestion) -> tuple[BudgetLine, ...]:
    """The lines of the budget in the order they were entered; amounts with their natural sign."""
    where = equal("BUDGETID", question.budget_id)
    if question.accounts:
        where = all_of(where, one_of("ACCT_NO", question.accounts))
    return tuple(map(_line, rows(books, "GLBUDGETITEM", _LINE, where)))


def _head(record: etree._Element) -> BudgetHead:
    created = text_of(record, "WHENCREATED")
    return BudgetHead(
        record_no=required_text(record, "RECORDNO"),
        budget_id=required_text(record, "BUDGETID"),
        description=text_of(record, "DESCRIPTION"),
        default=yes_or_no(text_of(record, "DEFAULT_BUDGET")),
        created_at=instant_from(created) if created else None,
    )


def _line(record: etree._Element) -> BudgetLine:
    return BudgetLine(
        account=AccountNo(required_text(record, "ACCT_NO")),
        period=required_text(record, "PERIODNAME"),
        department=text_of(record, "DEPT_NO"),
        location=text_of(record, "LOCATION_NO"),
        amount=amount_from(required_text(record, "AMOUNT")),
    )
