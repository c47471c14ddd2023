from __future__ import annotations

from decimal import Decimal

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.documents.account_line import (
    AccountLine,
    held_lines,
    line_items,
    line_problems,
    total_of,
)

ONE = AccountLine(
    AccountNo("4000"), Decimal("0.10"), dimensions({"location": "100", "item": "I"}), "m"
)
OTHER = AccountLine(AccountNo("4100"), Decimal("-0.30"))


def test_lines_add_up_exactly() -> None:
    assert total_of((ONE, OTHER)) == Decimal("-0.20")
    assert total_of(()) == 0


def test_a_line_says_only_what_is_known_in_intaccts_order() -> None:
    assert [[str(part.tag) for part in item] for item in line_items((ONE, OTHER))] == [
        ["glaccountno", "amount", "memo", "locationid", "itemid"],
        ["glaccountno", "amount"],
    ]


def test_what_intacct_holds_of_a_line_is_named_as_it_is_asked_for() -> None:
    assert held_lines("ARINVOICEITEM", (ONE,)).each == (
        {
            "ACCOUNTNO": "4000",
            "TRX_AMOUNT": Decimal("0.10"),
            "ENTRYDESCRIPTION": "m",
            "LOCATIONID": "100",
            "ITEMID": "I",
        },
    )


def test_a_problem_names_its_line() -> None:
    bad = AccountLine(AccountNo(""), Decimal("1.00"))

    assert [p.about for p in line_problems("INV-1", (ONE, bad), Currency("USD"))] == [
        "INV-1, line 2"
    ]
