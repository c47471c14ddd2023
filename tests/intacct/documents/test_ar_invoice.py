"""Invoices enter the local gateway once, found by their number, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.documents.account_line import AccountLine
from intacct.documents.ar_invoice import ARInvoice
from intacct.errors import DuplicateDocument
from intacct.post import find_posted, post, read_back
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

USD = Currency("USD")
SALES = AccountLine(
    AccountNo("4000"),
    Decimal("1000.10"),
    dimensions({"location": "100", "department": "SALES"}),
    "Licences & <support>",
)
SERVICE = AccountLine(AccountNo("4100"), Decimal("-0.10"), dimensions({"location": "100"}))
INVOICE = ARInvoice("INV-1", "C1", date(2026, 2, 3), USD, (SALES, SERVICE), reference="PO 7")


def sentences(invoice: ARInvoice) -> list[str]:
    return [problem.sentence for problem in invoice.problems()]


def test_an_invoice_is_written_in_intaccts_order() -> None:
    full = replace(
        INVOICE,
        due=date(2026, 3, 5),
        posted_on=date(2026, 2, 4),
        description="February",
        currency=Currency("EUR"),
        rate=Decimal("1.1"),
        draft=True,
    )

    assert etree.tostring(full.wire()).decode() == (
        "<create_invoice><customerid>C1</customerid>"
        "<datecreated><year>2026</year><month>02</month><day>03</day></datecreated>"
        "<dateposted><year>2026</year><month>02</month><day>04</day></dateposted>"
        "<datedue><year>2026</year><month>03</month><day>05</day></datedue>"
        "<action>Draft</action><invoiceno>INV-1</invoiceno><ponumber>PO 7</ponumber>"
        "<description>February</description><currency>EUR</currency><exchrate>1.1</exchrate>"
        "<invoiceitems><lineitem><glaccountno>4000</glaccountno><amount>1000.10</amount>"
        "<memo>Licences &amp; &lt;support&gt;</memo><locationid>100</locationid>"
        "<departmentid>SALES</departmentid></lineitem>"
        "<lineitem><glaccountno>4100</glaccountno><amount>-0.10</amount>"
        "<locationid>100</locationid></lineitem></invoiceitems></create_invoice>"
    )


def test_an_invoice_enters_once_and_is_owed(shop: Local) -> None:
    assert enters_once(shop, shop.books(), INVOICE, "i:1")

    (held,) = [row for row in shop.table("ARINVOICE") if row["RECORDID"] == "INV-1"]
    # 1,000.10 less 0.10
    assert (held["STATE"], held["TRX_TOTALDUE"]) == ("Posted", "1000.00")


def test_the_same_number_under_another_key_is_a_duplicate(shop: Local) -> None:
    books, invoice = shop.books(), replace(INVOICE, number="INV-TWICE")
    post(books, invoice, "i:twice-1")

    with pytest.raises(DuplicateDocument):
        post(books, invoice, "i:twice-2")

    assert find_posted(books, invoice) is not None


def test_an_invoice_whose_answer_was_lost_is_found_and_there_once(shop: Local) -> None:
    by_term = replace(INVOICE, number="INV-LOST", term="2/10 Net 30")

    assert is_found_when_its_answer_is_lost(shop, shop.books(), by_term, "i:lost")

    held = [row for row in shop.table("ARINVOICE") if row["RECORDID"] == "INV-LOST"]
    # 30 days after 3 February
    assert [row["WHENDUE"] for row in held] == ["03/05/2026"]


def test_a_draft_stays_a_draft_and_a_day_is_kept(shop: Local) -> None:
    draft = replace(INVOICE, number="INV-D", draft=True, due=date(2026, 4, 1))

    assert enters_once(shop, shop.books(), draft, "i:draft")


def test_what_was_changed_in_intacct_is_told(shop: Local) -> None:
    books, invoice = shop.books(), replace(INVOICE, number="INV-BACK")
    post(books, invoice, "i:back")
    other = replace(invoice, lines=(replace(SALES, amount=Decimal("1000.11")), SERVICE))

    told = [problem.sentence for problem in read_back(books, other)]

    assert told[0] == "Intacct has 1,000.00 as TRX_TOTALENTERED; it should be 1,000.01."
    assert "lacks a line: ACCOUNTNO 4000, TRX_AMOUNT 1,000.11" in told[1]
    assert "a line too many: ACCOUNTNO 4000, TRX_AMOUNT 1,000.10" in told[2]
    assert len(told) == 3


@pytest.mark.parametrize(
    ("invoice", "words"),
    [
        (replace(INVOICE, number="B1", lines=()), "0 lines; it takes 1 to 1,000"),
        (replace(INVOICE, number="B2", customer=""), "customer is blank"),
        (replace(INVOICE, number="B3", due=INVOICE.day, term="2/10 Net 30"), "give one of them"),
        (
            replace(INVOICE, number="B4", lines=(replace(SALES, account=AccountNo("")),)),
            "account is blank",
        ),
        (
            replace(INVOICE, number="B5", currency=Currency("EUR"), rate=Decimal(0)),
            "rate is 0; it must be above zero",
        ),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, invoice: ARInvoice, words: str
) -> None:
    assert is_refused_twice(shop.books(), invoice, f"i:{invoice.number}", words)


def test_a_dimension_a_company_defined_has_no_place_in_the_call() -> None:
    own = replace(SALES, where=dimensions({"GLDIMREGION": "7"}))

    assert sentences(replace(INVOICE, lines=(own,))) == [
        "The call has no place for the dimension GLDIMREGION; leave it out."
    ]


def test_half_a_cent_and_half_a_yen_are_no_amounts() -> None:
    assert sentences(replace(INVOICE, lines=(replace(SALES, amount=Decimal("0.005")),))) == [
        "0.005 has fractions of a hundredth; round it first."
    ]
    assert sentences(replace(INVOICE, currency=Currency("JPY"), lines=(SALES,))) == [
        "1000.10 has fractions, and JPY has no coins so small."
    ]


def test_an_invoice_at_another_rate_under_its_number_is_told(shop: Local) -> None:
    books, euros = (
        shop.books(),
        replace(INVOICE, currency=Currency("EUR"), rate=Decimal("1.10"), number="INV-RATE"),
    )
    post(books, euros, "p:rate")

    assert read_back(books, replace(euros, rate=Decimal("1.100"))) == ()
    (problem,) = read_back(books, replace(euros, rate=Decimal("1.20")))
    assert problem.sentence == "Intacct has 1.10 as EXCHANGE_RATE; it should be 1.20."
