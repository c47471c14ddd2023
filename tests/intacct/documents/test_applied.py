"""What a payment is applied to is checked against what was due when it was read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import Currency
from intacct.documents.applied import (
    Credited,
    OpenRecord,
    Paid,
    detail_elements,
    detail_problems,
    held_details,
    sum_problems,
)

USD = Currency("USD")
INVOICE = OpenRecord("invoice", "5", "C1", Decimal("100.00"))
MEMO = OpenRecord("debit memo", "6", "C1", Decimal("7.00"), line="61")
ADVANCE = Credited(INVOICE, "advance", "9", Decimal("30.00"), Decimal("20.00"))


def sums(paid: tuple[Paid, ...], credited: tuple[Credited, ...] = ()) -> list[str]:
    return [problem.sentence for problem in sum_problems("P-1", paid, credited)]


def details(paid: tuple[Paid, ...], credited: tuple[Credited, ...] = ()) -> list[str]:
    return [problem.sentence for problem in detail_problems("P-1", paid, credited, USD)]


def test_money_and_credits_have_details_of_their_own() -> None:
    paid = (Paid(INVOICE, Decimal("78.40"), Decimal("1.60")), Paid(MEMO, Decimal("7.00")))

    assert [etree.tostring(one).decode() for one in detail_elements(paid, (ADVANCE,))] == [
        (
            "<ARPYMTDETAIL><RECORDKEY>5</RECORDKEY>"
            "<TRX_TOTALDISCOUNTTOAPPLY>1.60</TRX_TOTALDISCOUNTTOAPPLY>"
            "<TRX_PAYMENTAMOUNT>78.40</TRX_PAYMENTAMOUNT></ARPYMTDETAIL>"
        ),
        (
            "<ARPYMTDETAIL><POSADJKEY>6</POSADJKEY><POSADJENTRYKEY>61</POSADJENTRYKEY>"
            "<TRX_PAYMENTAMOUNT>7.00</TRX_PAYMENTAMOUNT></ARPYMTDETAIL>"
        ),
        (
            "<ARPYMTDETAIL><RECORDKEY>5</RECORDKEY><ADVANCEKEY>9</ADVANCEKEY>"
            "<TRX_POSTEDADVANCEAMOUNT>20.00</TRX_POSTEDADVANCEAMOUNT></ARPYMTDETAIL>"
        ),
    ]


def test_lines_are_compared_only_where_every_detail_names_one() -> None:
    both = held_details((Paid(INVOICE, Decimal(1)), Paid(MEMO, Decimal(2))), ())

    assert both.each == (
        {"RECORDKEY": "5", "TRX_PAYMENTAMOUNT": Decimal(1)},
        {"POSADJKEY": "6", "TRX_PAYMENTAMOUNT": Decimal(2)},
    )
    assert held_details((Paid(MEMO, Decimal(2)),), ()).each == (
        {"POSADJKEY": "6", "POSADJENTRYKEY": "61", "TRX_PAYMENTAMOUNT": Decimal(2)},
    )


def test_what_is_due_may_be_paid_to_the_cent_and_no_further() -> None:
    # 78.40 and a discount of 1.60 and 20.00 of an advance are 100.00
    paid = Paid(INVOICE, Decimal("78.40"), Decimal("1.60"))

    assert sums((paid,), (ADVANCE,)) == []
    assert sums((replace(paid, amount=Decimal("78.41")),), (ADVANCE,)) == [
        "100.01 exceeds total amount due 100.00 of invoice 5."
    ]


def test_a_discount_needs_the_rest_to_be_paid() -> None:
    assert sums((Paid(INVOICE, Decimal("90.00"), Decimal("2.00")),)) == [
        "A discount needs invoice 5 to be paid in full; 8.00 would stay open."
    ]
    assert sums((Paid(INVOICE, Decimal("90.00")),)) == []


def test_the_same_item_twice_is_added_up() -> None:
    half = Paid(INVOICE, Decimal("50.00"))

    assert sums((half, half)) == []
    assert sums((half, replace(half, amount=Decimal("50.01")))) == [
        "100.01 exceeds total amount due 100.00 of invoice 5."
    ]


def test_a_credit_is_used_no_further_than_it_reaches() -> None:
    twice = (ADVANCE, replace(ADVANCE, amount=Decimal("10.01")))

    assert sums((), twice) == ["30.01 is more than the 30.00 left of advance 9."]


@pytest.mark.parametrize(
    ("paid", "credited", "words"),
    [
        ((), (), "Nothing is paid"),
        ((Paid(replace(INVOICE, record_no="x"), Decimal(1)),), (), "no record number"),
        ((Paid(replace(MEMO, line="a"), Decimal(1)),), (), "debit memo's line is “a”"),
        ((Paid(INVOICE, Decimal(0)),), (), "0 must be greater than zero"),
        ((Paid(INVOICE, Decimal("0.001")),), (), "fractions of a hundredth"),
        ((Paid(INVOICE, Decimal(1), Decimal(-1)),), (), "cannot be below zero"),
        ((Paid(replace(INVOICE, due=Decimal("NaN")), Decimal(1)),), (), "NaN is no amount"),
        ((), (replace(ADVANCE, left=Decimal("Infinity")),), "Infinity is no amount"),
        ((Paid(MEMO, Decimal(1), Decimal(1)),), (), "pay it without naming a line"),
        ((), (replace(ADVANCE, record_no=""),), "The advance is “”"),
        ((), (replace(ADVANCE, line="-1"),), "The advance's line is “-1”"),
    ],
)
def test_a_detail_that_will_not_do_is_told(
    paid: tuple[Paid, ...], credited: tuple[Credited, ...], words: str
) -> None:
    assert any(words in sentence for sentence in details(paid, credited))
