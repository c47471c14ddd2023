"""Debit memos and credit memos enter the local gateway once, with the sign their name says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.documents.account_line import AccountLine
from intacct.documents.ar_adjustment import ARAdjustment
from intacct.errors import DuplicateDocument
from intacct.post import post, read_back
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

LINE = AccountLine(AccountNo("4000"), Decimal("-25.50"), dimensions({"location": "100"}), "Damaged")
CREDIT = ARAdjustment(
    "CM-1", "credit memo", "C1", date(2026, 2, 9), Currency("USD"), (LINE,), invoice="INV-7"
)
DEBIT = replace(
    CREDIT, number="DM-1", memo="debit memo", lines=(replace(LINE, amount=Decimal("7.00")),)
)


def owed(local: Local) -> Decimal:
    (customer,) = [row for row in local.table("CUSTOMER") if row["CUSTOMERID"] == "C1"]
    return Decimal(str(customer["TOTALDUE"] or 0))


def test_an_adjustment_is_written_in_intaccts_order() -> None:
    assert etree.tostring(replace(CREDIT, description="x").wire()).decode() == (
        "<create_aradjustment><customerid>C1</customerid>"
        "<datecreated><year>2026</year><month>02</month><day>09</day></datecreated>"
        "<adjustmentno>CM-1</adjustmentno><action>Submit</action><invoiceno>INV-7</invoiceno>"
        "<description>x</description><currency>USD</currency><aradjustmentitems><lineitem>"
        "<glaccountno>4000</glaccountno><amount>-25.50</amount><memo>Damaged</memo>"
        "<locationid>100</locationid></lineitem></aradjustmentitems></create_aradjustment>"
    )


def test_a_credit_memo_enters_once_and_lowers_what_is_owed(shop: Local) -> None:
    before = owed(shop)

    assert enters_once(shop, shop.books(), CREDIT, "a:1")

    assert owed(shop) - before == Decimal("-25.50")


def test_a_debit_memo_whose_answer_was_lost_is_found_and_raises_it_once(shop: Local) -> None:
    before = owed(shop)

    assert is_found_when_its_answer_is_lost(shop, shop.books(), DEBIT, "a:2")

    assert owed(shop) - before == Decimal("7.00")


def test_the_same_number_under_another_key_is_a_duplicate(shop: Local) -> None:
    books, memo = shop.books(), replace(CREDIT, number="CM-TWICE", draft=True)
    post(books, memo, "a:twice-1")

    with pytest.raises(DuplicateDocument):
        post(books, memo, "a:twice-2")


def test_a_memo_of_the_other_sign_is_told() -> None:
    turned = replace(DEBIT, memo="credit memo")

    assert [p.sentence for p in turned.problems()] == [
        "A credit memo is below zero, and this one is 7.00."
    ]
    assert [p.sentence for p in replace(CREDIT, memo="debit memo").problems()] == [
        "A debit memo is above zero, and this one is -25.50."
    ]


@pytest.mark.parametrize(
    ("memo", "words"),
    [
        (replace(CREDIT, number="B1", lines=()), "0 lines; it takes 1 to 1,000"),
        (replace(CREDIT, number="B2", customer=""), "customer is blank"),
        (
            replace(CREDIT, number="B3", currency=Currency("EUR"), rate=Decimal(-1)),
            "rate is -1; it must be above zero",
        ),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, memo: ARAdjustment, words: str
) -> None:
    assert is_refused_twice(shop.books(), memo, f"a:{memo.number}", words)


def test_a_memo_at_another_rate_under_its_number_is_told(shop: Local) -> None:
    books, euros = (
        shop.books(),
        replace(CREDIT, currency=Currency("EUR"), rate=Decimal("1.10"), number="CM-RATE"),
    )
    post(books, euros, "p:rate")

    assert read_back(books, replace(euros, rate=Decimal("1.100"))) == ()
    (problem,) = read_back(books, replace(euros, rate=Decimal("1.20")))
    assert problem.sentence == "Intacct has 1.10 as EXCHANGE_RATE; it should be 1.20."
