"""What the local gateway's small company says, against the figures written in it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.ledger import (
    AccountNo,
    Currency,
    Side,
    Statement,
    month,
)
from intacct.condition import equal
from intacct.documents.budget_version import BudgetLine
from intacct.errors import NotAuthorised, NotFound, NotSignedIn, Refused
from intacct.read.accounts import read_accounts
from intacct.read.budgets import BudgetHead, BudgetQuestion, read_budget_heads, read_budget_lines
from intacct.read.dimensions import (
    Entity,
    read_departments,
    read_entities,
    read_locations,
    read_projects,
)
from intacct.read.periods import read_periods
from intacct.read.query import rows
from intacct.read.setup import read_setup
from intacct.wire import element
from tests.intacct.local import Local

JANUARY, FEBRUARY = month(2026, 1), month(2026, 2)


def test_the_chart_has_accounts_in_and_out_of_use_and_those_that_count(local: Local) -> None:
    accounts = {account.number: account for account in read_accounts(local.books())}

    sales, old, heads = (accounts[AccountNo(no)] for no in ("4000", "6999", "9000"))
    assert list(accounts) == ["1000", "3000", "4000", "4100", "6000", "6999", "9000"]
    assert (sales.title, sales.side, sales.statement) == ("Sales", Side.CREDIT, Statement.INCOME)
    assert (old.active, heads.statement) == (False, Statement.STATISTICAL)


def test_the_group_has_two_entities_with_currencies_of_their_own(local: Local) -> None:
    books = local.books()

    assert read_entities(books) == (
        Entity("100", "US Inc", Currency("USD"), active=True),
        Entity("200", "UK Ltd", Currency("GBP"), active=True),
    )
    assert [value.key.id for value in read_locations(books)] == ["100", "110", "200"]
    assert [(d.key.id, d.active) for d in read_departments(books)] == [
        ("OLD", False),
        ("OPS", True),
        ("SALES", True),
        ("WEST", True),
    ]
    assert read_projects(books) == ()


def test_the_setup_says_that_there_are_several_base_currencies(local: Local) -> None:
    setup = read_setup(local.books())

    assert (setup.first_fiscal_month, setup.base_currency) == (1, "")
    assert (setup.multi_base_currency, setup.multi_entity) == (True, True)


def test_months_take_budgets_and_quarters_do_not(local: Local) -> None:
    budgetable = {
        known.period: known.name for known in read_periods(local.books()) if known.budgetable
    }

    assert budgetable == {
        month(2025, 12): "Month Ended December 2025",
        JANUARY: "Month Ended January 2026",
        FEBRUARY: "Month Ended February 2026",
        month(2026, 3): "Month Ended March 2026",
    }


def test_the_budget_in_force_and_its_lines_of_one_account(local: Local) -> None:
    books = local.books()

    made = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert read_budget_heads(books) == (
        BudgetHead("1", "2026 Budget", "The year's plan", default=True, created_at=made),
    )
    lines = read_budget_lines(books, BudgetQuestion("2026 Budget", (AccountNo("6000"),)))
    assert lines == (
        BudgetLine(AccountNo("6000"), "Month Ended January 2026", "OPS", "100", Decimal("380.00")),
    )
    assert len(read_budget_lines(books, BudgetQuestion("2026 Budget"))) == 3
    assert read_budget_lines(books, BudgetQuestion("No such budget")) == ()


def test_words_with_quotes_and_marks_survive_the_way(local: Local) -> None:
    found = rows(local.books(), "CUSTOMER", ("NAME",), equal("NAME", "ORBIT <Holdings> & Co"))

    assert [record.findtext("NAME") for record in found] == ["ORBIT <Holdings> & Co"]


def test_what_intacct_does_not_have_is_not_found(local: Local) -> None:
    with pytest.raises(NotFound):
        list(rows(local.books(), "UNICORN", ("NAME",)))


def test_a_field_that_cannot_be_asked_for_is_refused(local: Local) -> None:
    with pytest.raises(Refused):
        list(rows(local.books(), "ARINVOICE", ("DATEDUE",)))


@pytest.mark.parametrize(
    ("sender", "sender_password", "user", "password", "expected"),
    [
        ("sandbox_sender", "sender_pw", "bot_user", "wrong", NotSignedIn),
        ("sandbox_sender", "sender_pw", "nobody", "pw!", NotSignedIn),
        ("sandbox_sender", "wrong", "bot_user", "pw!", NotAuthorised),
        ("stranger", "sender_pw", "bot_user", "pw!", NotAuthorised),
    ],
)
def test_wrong_credentials_are_final_and_told_apart(
    local: Local,
    sender: str,
    sender_password: str,
    user: str,
    password: str,
    expected: type[Refused],
) -> None:
    books = local.books(
        sender=sender, sender_password=sender_password, user=user, password=password
    )

    with pytest.raises(expected):
        read_setup(books)

    assert [call.function for call in local.calls] == ["getAPISession"]


def test_an_entity_that_does_not_exist_cannot_be_signed_in_to(local: Local) -> None:
    with pytest.raises(NotSignedIn, match="999"):
        local.books().ask(element("getFinancialSetup"), entity="999")
