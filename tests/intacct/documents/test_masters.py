"""Items, vendors and the states of orders enter the local gateway once, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from intacct.documents.held import Document
from intacct.documents.item import Item
from intacct.documents.sales_order_state import SalesOrderState
from intacct.documents.vendor import Vendor
from intacct.errors import DuplicateDocument
from intacct.post import find_posted, post
from intacct.wire import element
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

GEAR = Item("GEAR-1", "Gear <large> & small", "Inventory", description="Brass")
SMITH = Vendor("SMITH", "Smith & Sons", email="pay@smith.example", phone="555", term="N10")


@pytest.mark.parametrize("made", [GEAR, SMITH], ids=["item", "vendor"])
def test_a_master_enters_once(depot: Local, made: Document) -> None:
    assert enters_once(depot, depot.books(), made, f"m:{made.key}")


@pytest.mark.parametrize(
    "made", [replace(GEAR, id="GEAR-2"), replace(SMITH, id="SMITH-2")], ids=["item", "vendor"]
)
def test_a_master_whose_answer_was_lost_is_there_once(depot: Local, made: Document) -> None:
    assert is_found_when_its_answer_is_lost(depot, depot.books(), made, f"m:{made.key}")


@pytest.mark.parametrize(
    "made", [replace(GEAR, id="GEAR-3"), replace(SMITH, id="SMITH-3")], ids=["item", "vendor"]
)
def test_the_same_id_under_another_key_is_a_duplicate(depot: Local, made: Document) -> None:
    books = depot.books()
    post(books, made, f"m:{made.key}-1")

    with pytest.raises(DuplicateDocument):
        post(books, made, f"m:{made.key}-2")

    assert find_posted(books, made) is not None


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (replace(GEAR, id="GEAR-4", name=""), "name is blank"),
        (replace(SMITH, id="SMITH-4", name=""), "name is blank"),
    ],
    ids=["item", "vendor"],
)
def test_a_master_that_will_not_do_is_told_before_and_refused_after(
    depot: Local, made: Document, words: str
) -> None:
    assert is_refused_twice(depot.books(), made, f"m:{made.key}", words)


def sold(depot: Local, number: str) -> str:
    """A sales order that is in the books: its id."""
    created = element("datecreated", None, element("year", "2026"))
    created.extend([element("month", "02"), element("day", "03")])
    line = element("sotransitem", None, element("itemid", "HOUR"), element("quantity", "2"))
    line.extend([element("price", "80"), element("locationid", "100")])
    call = element(
        "create_sotransaction",
        None,
        element("transactiontype", "Sales Order"),
        created,
        element("customerid", "K1"),
        element("documentno", number),
        element("state", "Pending"),
        element("sotransitems", None, line),
    )
    return depot.books().write(call, key=f"so:{number}").result.findtext("key") or ""


def test_an_order_is_closed_once_and_found_closed(depot: Local) -> None:
    order = sold(depot, "S1")

    assert enters_once(depot, depot.books(), SalesOrderState(order, "Closed"), "so:close")

    states = {row["DOCID"]: row["STATE"] for row in depot.table("SODOCUMENT")}
    assert states[order] == "Closed"


def test_a_state_whose_answer_was_lost_is_found(depot: Local) -> None:
    order = sold(depot, "S2")

    assert is_found_when_its_answer_is_lost(
        depot, depot.books(), SalesOrderState(order, "Closed"), "so:lost"
    )


def test_the_state_of_no_order_is_refused(depot: Local) -> None:
    assert is_refused_twice(
        depot.books(), SalesOrderState("", "Closed"), "so:none", "order is blank"
    )


def test_a_state_is_written_alone() -> None:
    assert etree.tostring(SalesOrderState("Sales Order-SO1", "Pending").wire()).decode() == (
        '<update_sotransaction key="Sales Order-SO1"><state>Pending</state></update_sotransaction>'
    )
