"""A changed customer is found by the new values, so a change already made is not made again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from intacct.documents.customer_change import CustomerChange
from intacct.errors import Rejected
from intacct.post import find_posted, post
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

LIMIT = CustomerChange("C1", credit_limit=Decimal("750.00"))
ALL = CustomerChange("C2", credit_limit=Decimal(0), term="Net 30", on_hold=True)


def of(local: Local, customer: str) -> dict[str, object]:
    (row,) = [row for row in local.table("CUSTOMER") if row["CUSTOMERID"] == customer]
    return row


def test_a_change_names_the_customer_and_what_is_changed_alone() -> None:
    assert etree.tostring(ALL.wire()).decode() == (
        "<update><CUSTOMER><CUSTOMERID>C2</CUSTOMERID><CREDITLIMIT>0.00</CREDITLIMIT>"
        "<TERMNAME>Net 30</TERMNAME><ONHOLD>true</ONHOLD></CUSTOMER></update>"
    )
    assert ALL.key == "C2: CREDITLIMIT 0, TERMNAME Net 30, ONHOLD True"
    assert LIMIT.key == "C1: CREDITLIMIT 750.00"


def test_a_limit_is_changed_once_and_everything_else_stays(shop: Local) -> None:
    before = of(shop, "C1")

    assert enters_once(shop, shop.books(), LIMIT, "h:1")

    assert of(shop, "C1") == {
        **before,
        "CREDITLIMIT": "750.00",
        "MODIFIEDBY": of(shop, "C1")["MODIFIEDBY"],
        "WHENMODIFIED": of(shop, "C1")["WHENMODIFIED"],
    }


def test_a_change_whose_answer_was_lost_is_found_by_its_values(shop: Local) -> None:
    books = shop.books()

    assert is_found_when_its_answer_is_lost(shop, books, ALL, "h:2")

    assert find_posted(books, replace(ALL, on_hold=False)) is None


def test_a_change_somebody_made_in_intacct_is_found_as_made(shop: Local) -> None:
    books = shop.books()
    post(books, CustomerChange("C1", on_hold=True), "h:3")

    assert find_posted(books, CustomerChange("C1", on_hold=True)) is not None
    assert find_posted(books, CustomerChange("C1", on_hold=False)) is None


def test_nobody_is_changed_where_nobody_is_known(shop: Local) -> None:
    books, unknown = shop.books(), replace(LIMIT, customer="NOBODY")

    with pytest.raises(Rejected):
        post(books, unknown, "h:4")

    assert find_posted(books, unknown) is None


def test_a_limit_below_zero_is_refused_twice(shop: Local) -> None:
    below = replace(LIMIT, credit_limit=Decimal("-0.01"))

    assert is_refused_twice(shop.books(), below, "h:5", "-0.01; it cannot be below zero")


def test_a_change_of_nothing_is_told() -> None:
    assert [p.sentence for p in CustomerChange("C1").problems()] == [
        "Nothing is changed; give a limit, a term or a hold."
    ]
    assert [p.sentence for p in CustomerChange("C1", term=" ").problems()] == [
        "The term is blank; give it one.",
        "The term begins or ends with a blank, which Intacct drops; remove it.",
    ]
