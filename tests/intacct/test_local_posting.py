"""Budgets enter the local gateway's small company once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from analytics.ledger import AccountNo, Currency
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.errors import (
    DuplicateDocument,
    NotPermitted,
    OutcomeUnknown,
    PeriodClosed,
    Rejected,
)
from intacct.post import Receipt, find_posted, post, read_back
from intacct.read.budgets import BudgetQuestion, read_budget_heads, read_budget_lines
from intacct.read.query import PAGE
from sandbox.company.store import insert, open_company
from tests.intacct.local import Local

JANUARY = "Month Ended January 2026"
SALES = BudgetLine(AccountNo("4000"), JANUARY, "SALES", "100", Decimal("1234.56"))
RENT = BudgetLine(AccountNo("6000"), JANUARY, "", "100", Decimal("-0.01"))
PLAN = BudgetVersion("FCST-1", "First forecast <draft> & more", Currency("USD"), (SALES, RENT))


def budgets(local: Local) -> list[object]:
    return [row["BUDGETID"] for row in local.table("GLBUDGETHEADER")]


def test_a_budget_enters_with_every_line_to_the_cent(local: Local) -> None:
    books = local.books()

    receipt = post(books, PLAN, "p:1")

    assert receipt == Receipt("p:1", "2")
    assert read_budget_lines(books, BudgetQuestion("FCST-1")) == PLAN.lines
    assert read_back(books, PLAN) == ()
    assert budgets(local) == ["2026 Budget", "FCST-1"]


def test_it_stands_beside_the_budget_in_force_and_not_in_its_place(local: Local) -> None:
    books = local.books()
    post(books, PLAN, "p:1")

    assert [(h.budget_id, h.default) for h in read_budget_heads(books)] == [
        ("2026 Budget", True),
        ("FCST-1", False),
    ]


def test_an_answer_that_was_lost_is_looked_up_and_nothing_enters_twice(local: Local) -> None:
    books = local.books()
    local.fault("lose_reply", function="create")

    with pytest.raises(OutcomeUnknown):
        post(books, PLAN, "p:1")

    assert find_posted(books, PLAN) == Receipt("FCST-1", "2")
    assert read_back(books, PLAN) == ()
    with pytest.raises(DuplicateDocument):
        post(books, PLAN, "p:1")
    with pytest.raises(DuplicateDocument):
        post(books, PLAN, "p:2")
    assert budgets(local) == ["2026 Budget", "FCST-1"]


@pytest.mark.parametrize("kind", ["garbled", "cut"])
def test_an_answer_that_cannot_be_read_leaves_a_write_unknown(local: Local, kind: str) -> None:
    books = local.books()
    local.fault(kind, function="create")

    with pytest.raises(OutcomeUnknown):
        post(books, PLAN, "p:1")

    assert local.outcomes("create") == ["OutcomeUnknown"]
    assert (find_posted(books, PLAN) is not None) == ("FCST-1" in budgets(local))


def test_an_answer_later_than_we_wait_leaves_a_write_unknown(local: Local) -> None:
    books = local.books(timeout_seconds=1)
    find_posted(books, PLAN)
    local.fault("slow", seconds=2, function="create")

    with pytest.raises(OutcomeUnknown):
        post(books, PLAN, "p:1")

    assert local.outcomes("create") == ["OutcomeUnknown"]


def test_a_key_is_free_again_where_the_document_was_refused(local: Local) -> None:
    books = local.books()
    with pytest.raises(Rejected):
        post(books, replace(PLAN, lines=(replace(SALES, account=AccountNo("9999")),)), "p:1")

    assert post(books, PLAN, "p:1").key == "p:1"


@pytest.mark.parametrize(
    ("line", "expected", "named"),
    [
        (replace(SALES, account=AccountNo("9999")), Rejected, "9999"),
        (replace(SALES, account=AccountNo("6999")), Rejected, "6999"),
        (replace(SALES, department="NOPE"), Rejected, "NOPE"),
        (replace(SALES, department="OLD"), Rejected, "OLD"),
        (replace(SALES, location="999"), Rejected, "999"),
        (replace(SALES, period="Undecember"), PeriodClosed, "Undecember"),
        (replace(SALES, period="Quarter Ended March 2026"), PeriodClosed, "Quarter"),
    ],
)
def test_a_line_that_will_not_do_is_named_and_nothing_enters(
    local: Local, line: BudgetLine, expected: type[Rejected], named: str
) -> None:
    books = local.books()

    with pytest.raises(Rejected, match=named) as raised:
        post(books, replace(PLAN, lines=(RENT, line)), "p:1")

    assert type(raised.value) is expected
    assert "Could not create" not in str(raised.value)
    assert budgets(local) == ["2026 Budget"]
    assert len(local.table("GLBUDGETITEM")) == 3


def test_a_reader_may_look_and_may_not_post(local: Local) -> None:
    reader = local.books(user="reader")

    with pytest.raises(NotPermitted):
        post(reader, PLAN, "p:1")

    assert find_posted(reader, PLAN) is None
    assert budgets(local) == ["2026 Budget"]


def test_a_change_made_in_intacct_is_told_line_by_line(local: Local) -> None:
    books = local.books()
    post(books, PLAN, "p:1")
    meant = replace(PLAN, lines=(replace(SALES, amount=Decimal("1234.57")), RENT))

    assert [problem.sentence for problem in read_back(books, meant)] == [
        "Intacct has 1,234.56; it should be 1,234.57."
    ]


@pytest.fixture
def many_accounts(local: Local) -> list[str]:
    """510 more accounts, enough for a budget of more than one page."""
    numbers = [f"7{n:03d}" for n in range(510)]
    connection = open_company(local.path)
    insert(
        connection,
        "GLACCOUNT",
        [
            {
                "ACCOUNTNO": number,
                "TITLE": f"Costs {number}",
                "ACCOUNTTYPE": "incomestatement",
                "NORMALBALANCE": "debit",
                "STATUS": "active",
            }
            for number in numbers
        ],
    )
    connection.commit()
    connection.close()
    return numbers


def lines_for(numbers: list[str]) -> Iterator[BudgetLine]:
    months = ("December 2025", "January 2026", "February 2026", "March 2026")
    for cents, (number, name) in enumerate(product(numbers, months), start=1):
        amount = Decimal(cents).scaleb(-2)
        yield BudgetLine(AccountNo(number), f"Month Ended {name}", "OPS", "100", amount)


def test_a_budget_of_2040_lines_is_read_back_over_two_pages(
    local: Local, many_accounts: list[str]
) -> None:
    books = local.books()
    document = replace(PLAN, lines=tuple(lines_for(many_accounts)))

    post(books, document, "p:1")
    held = read_budget_lines(books, BudgetQuestion("FCST-1"))

    # 0.01 + 0.02 + … + 20.40 = 2040 × 2041 / 2 cents
    assert len(held) == 2040 > PAGE
    assert sum(line.amount for line in held) == Decimal("20818.20")
    assert read_back(books, document) == ()
    assert len(set(held)) == 2040
