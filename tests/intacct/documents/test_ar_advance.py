"""Advances enter the local gateway once, found by their document number, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.documents.ar_advance import AdvanceLine, ARAdvance
from intacct.documents.money_in import MoneyIn
from intacct.documents.reversal import Reversal
from intacct.post import post
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

LINE = AdvanceLine(AccountNo("1200"), Decimal("80.00"), dimensions({"location": "100"}), "March")
DAY = date(2026, 3, 10)
ADVANCE = ARAdvance(
    "ADV-1", "C2", DAY, DAY, Currency("USD"), MoneyIn("EFT", bank="BANKUS"), (LINE,)
)


def owed(local: Local) -> Decimal:
    (customer,) = [row for row in local.table("CUSTOMER") if row["CUSTOMERID"] == "C2"]
    return Decimal(str(customer["TOTALDUE"] or 0))


def test_an_advance_is_written_with_its_lines() -> None:
    assert etree.tostring(replace(ADVANCE, draft=True, description="x").wire()).decode() == (
        "<create><ARADVANCE><CUSTOMERID>C2</CUSTOMERID><FINANCIALENTITY>BANKUS</FINANCIALENTITY>"
        "<PAYMENTMETHOD>EFT</PAYMENTMETHOD><PAYMENTDATE>03/10/2026</PAYMENTDATE>"
        "<RECEIPTDATE>03/10/2026</RECEIPTDATE><DOCNUMBER>ADV-1</DOCNUMBER>"
        "<DESCRIPTION>x</DESCRIPTION><CURRENCY>USD</CURRENCY><ACTION>Draft</ACTION>"
        "<ARADVANCEITEMS><ARADVANCEITEM><ACCOUNTNO>1200</ACCOUNTNO><TRX_AMOUNT>80.00</TRX_AMOUNT>"
        "<ENTRYDESCRIPTION>March</ENTRYDESCRIPTION><LOCATIONID>100</LOCATIONID>"
        "</ARADVANCEITEM></ARADVANCEITEMS></ARADVANCE></create>"
    )


def test_an_advance_enters_once_and_is_owed_to_the_customer(shop: Local) -> None:
    before = owed(shop)

    assert enters_once(shop, shop.books(), ADVANCE, "v:1")

    assert owed(shop) - before == Decimal("-80.00")


def test_an_advance_whose_answer_was_lost_is_found_and_counts_once(shop: Local) -> None:
    before = owed(shop)

    assert is_found_when_its_answer_is_lost(
        shop, shop.books(), replace(ADVANCE, reference="ADV-LOST"), "v:2"
    )

    assert owed(shop) - before == Decimal("-80.00")


def test_a_draft_is_owed_to_nobody_yet(shop: Local) -> None:
    before = owed(shop)

    assert enters_once(shop, shop.books(), replace(ADVANCE, reference="ADV-D", draft=True), "v:3")

    assert owed(shop) == before


def test_an_advance_nobody_used_is_given_back(shop: Local) -> None:
    books, before = shop.books(), owed(shop)
    record_no = post(books, replace(ADVANCE, reference="ADV-R"), "v:4").record_no

    assert enters_once(shop, books, Reversal("advance", record_no, date(2026, 3, 11)), "v:4-back")

    assert owed(shop) == before


@pytest.mark.parametrize(
    ("advance", "words"),
    [
        (replace(ADVANCE, reference="B1", money=MoneyIn("EFT")), "0 are named"),
        (replace(ADVANCE, reference="B2", lines=()), "no lines"),
        (
            replace(ADVANCE, reference="B3", lines=(replace(LINE, amount=Decimal("-1.00")),)),
            "-1.00 must be greater than zero",
        ),
        (
            replace(ADVANCE, reference="B4", lines=(replace(LINE, account=AccountNo("")),)),
            "account is blank",
        ),
        (replace(ADVANCE, reference="B5", customer=""), "customer is blank"),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, advance: ARAdvance, words: str
) -> None:
    assert is_refused_twice(shop.books(), advance, f"v:{advance.reference}", words)
