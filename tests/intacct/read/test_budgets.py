from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from lxml import etree

from analytics.ledger import AccountNo
from intacct.documents.budget_version import BudgetLine
from intacct.read.budgets import (
    BudgetHead,
    BudgetQuestion,
    read_budget_head,
    read_budget_heads,
    read_budget_lines,
)
from tests.intacct.paper import Desk, listed, signed_in

PLAN = {
    "BUDGETID": "Plan",
    "DESCRIPTION": "The plan",
    "DEFAULT_BUDGET": "true",
    "WHENCREATED": "01/31/2026 09:00:00",
}
DRAFT = {"BUDGETID": "Draft", "DESCRIPTION": "", "DEFAULT_BUDGET": "false", "WHENCREATED": ""}
ITEM = {
    "BUDGETID": "Plan",
    "ACCT_NO": "4000",
    "PERIODNAME": "Jan",
    "DEPT_NO": "20",
    "LOCATION_NO": "",
    "AMOUNT": "20000.10",
}


def test_budgets_come_in_the_order_they_were_entered() -> None:
    desk = Desk(signed_in(), listed("GLBUDGETHEADER", PLAN, DRAFT))

    entered = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
    assert read_budget_heads(desk.books) == (
        BudgetHead("1", "Plan", "The plan", default=True, created_at=entered),
        BudgetHead("2", "Draft", "", default=False, created_at=None),
    )


def test_a_budget_that_is_not_there_is_none() -> None:
    assert read_budget_head(Desk(signed_in(), listed("GLBUDGETHEADER")).books, "Plan") is None


def test_lines_are_asked_for_by_budget_and_accounts_and_keep_their_exact_amounts() -> None:
    desk = Desk(signed_in(), listed("GLBUDGETITEM", ITEM))
    question = BudgetQuestion("Plan", (AccountNo("4000"), AccountNo("5000")))

    lines = read_budget_lines(desk.books, question)

    condition = desk.paper.asked(1).find(".//filter/and")
    assert lines == (BudgetLine(AccountNo("4000"), "Jan", "20", "", Decimal("20000.10")),)
    assert condition is not None
    assert etree.tostring(condition).decode() == (
        "<and><equalto><field>BUDGETID</field><value>Plan</value></equalto>"
        "<in><field>ACCT_NO</field><value>4000</value><value>5000</value></in></and>"
    )


def test_without_accounts_all_lines_of_the_budget_are_asked_for() -> None:
    desk = Desk(signed_in(), listed("GLBUDGETITEM", ITEM))

    read_budget_lines(desk.books, BudgetQuestion("Plan"))

    assert desk.paper.asked(1).find(".//filter/equalto") is not None
