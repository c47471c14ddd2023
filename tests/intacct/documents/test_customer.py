"""Customers enter the local gateway once, found by their id, or not at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import Currency
from intacct.documents.contact import Contact
from intacct.documents.customer import Customer
from intacct.errors import DuplicateDocument, Rejected
from intacct.post import find_posted, post, read_back
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

KESTREL = Customer(
    "KESTREL",
    "Kestrel Brew & Sons",
    Contact("Kestrel Brew", email="ap@kestrel.example", street="1 Quay", city="Boston"),
    term="Net 30",
    credit_limit=Decimal("1500.50"),
)


def test_a_customer_is_written_with_its_contact() -> None:
    full = replace(KESTREL, parent="C1", tax_id="US-1", currency=Currency("USD"), on_hold=True)

    assert etree.tostring(full.wire()).decode() == (
        "<create><CUSTOMER><CUSTOMERID>KESTREL</CUSTOMERID><NAME>Kestrel Brew &amp; Sons</NAME>"
        "<DISPLAYCONTACT><PRINTAS>Kestrel Brew</PRINTAS><EMAIL1>ap@kestrel.example</EMAIL1>"
        "<MAILADDRESS><ADDRESS1>1 Quay</ADDRESS1><CITY>Boston</CITY></MAILADDRESS>"
        "</DISPLAYCONTACT><PARENTID>C1</PARENTID><TERMNAME>Net 30</TERMNAME><TAXID>US-1</TAXID>"
        "<CREDITLIMIT>1500.50</CREDITLIMIT><ONHOLD>true</ONHOLD><CURRENCY>USD</CURRENCY>"
        "</CUSTOMER></create>"
    )


def test_a_customer_enters_once(shop: Local) -> None:
    assert enters_once(shop, shop.books(), KESTREL, "c:1")


def test_a_customer_whose_answer_was_lost_is_found_and_there_once(shop: Local) -> None:
    child = replace(KESTREL, customer_id="K-LOST", parent="C1", on_hold=True)

    assert is_found_when_its_answer_is_lost(shop, shop.books(), child, "c:lost")

    assert [r["ONHOLD"] for r in shop.table("CUSTOMER") if r["CUSTOMERID"] == "K-LOST"] == ["true"]


def test_the_same_id_under_another_key_is_a_duplicate_and_the_other_name_is_told(
    shop: Local,
) -> None:
    books, customer = shop.books(), replace(KESTREL, customer_id="K-TWICE")
    post(books, customer, "c:twice-1")
    other = replace(customer, name="Somebody else")

    with pytest.raises(DuplicateDocument):
        post(books, other, "c:twice-2")

    assert find_posted(books, other) is not None
    assert [p.sentence for p in read_back(books, other)] == [
        "Intacct has Kestrel Brew & Sons as NAME; it should be Somebody else."
    ]


@pytest.mark.parametrize(
    ("customer", "words"),
    [
        (replace(KESTREL, customer_id="B1", name=""), "name is blank"),
        (replace(KESTREL, customer_id="B2", contact=Contact("")), "printed name is blank"),
        (replace(KESTREL, customer_id="B3", credit_limit=Decimal(-1)), "cannot be below zero"),
        (replace(KESTREL, customer_id="B4", parent="B4"), "its own parent"),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, customer: Customer, words: str
) -> None:
    assert is_refused_twice(shop.books(), customer, f"c:{customer.customer_id}", words)


def test_a_term_nobody_knows_is_the_gateways_to_refuse(shop: Local) -> None:
    books, customer = shop.books(), replace(KESTREL, customer_id="K-TERM", term="Net 3000")

    with pytest.raises(Rejected, match="Net 3000"):
        post(books, customer, "c:term")

    assert find_posted(books, customer) is None
