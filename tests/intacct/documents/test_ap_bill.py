"""Bills enter the local gateway once, found by the vendor's number, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.documents.account_line import AccountLine
from intacct.documents.ap_bill import APBill
from intacct.documents.reversal import Reversal
from intacct.errors import DuplicateDocument
from intacct.post import find_posted, post, read_back
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

HERE = dimensions({"location": "100", "department": "OPS"})
RENT = AccountLine(AccountNo("6000"), Decimal("700.05"), HERE, "Rent & <heating>")
REBATE = AccountLine(AccountNo("6000"), Decimal("-0.05"), HERE)
BILL = APBill(
    "B-1", "V1", date(2026, 2, 3), date(2026, 3, 5), Currency("USD"), (RENT, REBATE), reference="R1"
)


def due(depot: Local, vendor: str) -> object:
    (held,) = [row for row in depot.table("VENDOR") if row["VENDORID"] == vendor]
    return held["TOTALDUE"]


def test_a_bill_enters_once_and_is_owed(depot: Local) -> None:
    assert enters_once(depot, depot.books(), BILL, "b:1")

    # 700.05 less 0.05
    assert due(depot, "V1") == "700.00"


def test_another_vendor_may_have_the_same_number(depot: Local) -> None:
    assert enters_once(depot, depot.books(), replace(BILL, vendor="V2"), "b:2")

    assert due(depot, "V2") == "700.00"


def test_the_same_number_of_the_same_vendor_is_a_duplicate(depot: Local) -> None:
    books, bill = depot.books(), replace(BILL, vendor="V3")
    post(books, bill, "b:twice-1")

    with pytest.raises(DuplicateDocument):
        post(books, bill, "b:twice-2")

    assert find_posted(books, bill) is not None
    assert due(depot, "V3") == "700.00"


def test_a_bill_whose_answer_was_lost_is_found_and_owed_once(depot: Local) -> None:
    bill = replace(BILL, vendor="V4", term="N10", description="Rent of February")

    assert is_found_when_its_answer_is_lost(depot, depot.books(), bill, "b:lost")

    assert due(depot, "V4") == "700.00"


def test_a_draft_is_not_owed(depot: Local) -> None:
    assert enters_once(depot, depot.books(), replace(BILL, vendor="V5", draft=True), "b:draft")

    assert due(depot, "V5") == "0.00"


def test_a_reversed_bill_is_owed_no_more(depot: Local) -> None:
    books, bill = depot.books(), replace(BILL, vendor="V6")
    held = post(books, bill, "b:reversed")

    assert enters_once(
        depot, books, Reversal("bill", held.record_no, date(2026, 2, 10)), "b:reverse"
    )

    assert due(depot, "V6") == "0.00"


def test_what_was_changed_in_intacct_is_told(depot: Local) -> None:
    books, bill = depot.books(), replace(BILL, vendor="V7")
    post(books, bill, "b:back")

    told = [p.sentence for p in read_back(books, replace(bill, due=date(2026, 3, 6)))]

    assert told == ["Intacct has 2026-03-05 as WHENDUE; it should be 2026-03-06."]


@pytest.mark.parametrize(
    ("bill", "words"),
    [
        (replace(BILL, number="X1", vendor=""), "vendor is blank"),
        (replace(BILL, number="X2", vendor="V8", lines=()), "0 lines"),
        (
            replace(BILL, number="X3", vendor="V8", lines=(replace(RENT, account=AccountNo("")),)),
            "account is blank",
        ),
        (
            replace(BILL, number="X4", vendor="V8", currency=Currency("EUR"), rate=Decimal(0)),
            "rate is 0; it must be above zero",
        ),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    depot: Local, bill: APBill, words: str
) -> None:
    assert is_refused_twice(depot.books(), bill, f"b:{bill.number}", words)


def test_a_bill_due_before_its_day_is_told() -> None:
    (problem,) = replace(BILL, due=date(2026, 2, 2)).problems()
    assert "is due before that" in problem.sentence
