"""Orders, changes to them and invoices for them enter the local gateway once, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import Currency, dimensions
from intacct.documents.change_order import ChangeLine, ChangeOrder
from intacct.documents.held import Document
from intacct.documents.order_line import OrderLine
from intacct.documents.purchase_order import PurchaseOrder
from intacct.documents.purchasing import PurchaseHead
from intacct.documents.vendor_invoice import BilledLine, VendorInvoice
from intacct.errors import DuplicateDocument
from intacct.post import find_posted, post
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

HERE = dimensions({"location": "100", "department": "SALES"})
GADGETS = OrderLine("GADGET", Decimal(3), Decimal("40.10"), memo="for <Leeds>", where=HERE)
HOURS = OrderLine("HOUR", Decimal("1.5"), Decimal(80), where=HERE)
HEAD = PurchaseHead("Purchase Order", "P1", "V1", date(2026, 2, 3), Currency("USD"))
ORDER = PurchaseOrder(HEAD, (GADGETS, HOURS))


def numbered(definition: str, number: str, vendor: str = "V1") -> PurchaseHead:
    return replace(HEAD, definition=definition, number=number, vendor=vendor)


def ordered(depot: Local, number: str, vendor: str) -> tuple[str, list[str]]:
    """An order that is in the books: its record number, and those of its lines."""
    post(
        depot.books(),
        PurchaseOrder(numbered("Purchase Order", number, vendor), ORDER.lines),
        number,
    )
    (head,) = [row for row in depot.table("PODOCUMENT") if row["DOCNO"] == number]
    lines = [r for r in depot.table("PODOCUMENTENTRY") if r["DOCHDRNO"] == head["RECORDNO"]]
    return str(head["RECORDNO"]), [str(line["RECORDNO"]) for line in lines]


def due(depot: Local, vendor: str) -> object:
    """What the books say a vendor is owed."""
    (held,) = [row for row in depot.table("VENDOR") if row["VENDORID"] == vendor]
    return held["TOTALDUE"]


def test_an_order_is_written_in_intaccts_order() -> None:
    head = replace(
        HEAD,
        due=date(2026, 3, 5),
        posted_on=date(2026, 2, 4),
        reference="R1",
        vendor_number="VN7",
        message="Before noon",
        currency=Currency("EUR"),
        rate=Decimal("1.1"),
        draft=True,
    )

    assert etree.tostring(PurchaseOrder(head, (GADGETS,)).wire()).decode() == (
        "<create_potransaction><transactiontype>Purchase Order</transactiontype>"
        "<datecreated><year>2026</year><month>02</month><day>03</day></datecreated>"
        "<dateposted><year>2026</year><month>02</month><day>04</day></dateposted>"
        "<vendorid>V1</vendorid><documentno>P1</documentno><referenceno>R1</referenceno>"
        "<vendordocno>VN7</vendordocno>"
        "<datedue><year>2026</year><month>03</month><day>05</day></datedue>"
        "<message>Before noon</message><returnto><contactname/></returnto>"
        "<payto><contactname/></payto><currency>EUR</currency><exchrate>1.1</exchrate>"
        "<state>Draft</state><potransitems><potransitem><itemid>GADGET</itemid>"
        "<quantity>3</quantity><price>40.10</price><locationid>100</locationid>"
        "<departmentid>SALES</departmentid><memo>for &lt;Leeds&gt;</memo></potransitem>"
        "</potransitems></create_potransaction>"
    )


def test_an_order_enters_once_and_nothing_is_owed_yet(depot: Local) -> None:
    assert enters_once(depot, depot.books(), ORDER, "po:1")

    (held,) = [row for row in depot.table("PODOCUMENT") if row["DOCID"] == "Purchase Order-P1"]
    # 3 at 40.10 are 120.30, an hour and a half at 80 are 120.00
    assert (held["STATE"], held["TRX_TOTAL"]) == ("Pending", "240.30")
    assert due(depot, "V1") == "0.00"


def test_an_order_whose_answer_was_lost_is_found_and_there_once(depot: Local) -> None:
    full = replace(
        numbered("Purchase Order", "P-LOST", "V2"),
        term="N10",
        reference="R2",
        vendor_number="VN8",
        message="Ring twice",
    )

    assert is_found_when_its_answer_is_lost(
        depot, depot.books(), PurchaseOrder(full, ORDER.lines), "po:lost"
    )

    held = [row for row in depot.table("PODOCUMENT") if row["DOCNO"] == "P-LOST"]
    # ten days after 3 February
    assert [row["WHENDUE"] for row in held] == ["02/13/2026"]


def test_the_same_number_under_another_key_is_a_duplicate(depot: Local) -> None:
    books, order = depot.books(), replace(ORDER, head=numbered("Purchase Order", "P-TWICE"))
    post(books, order, "po:twice-1")

    with pytest.raises(DuplicateDocument):
        post(books, order, "po:twice-2")

    assert find_posted(books, order) is not None


def test_a_vendors_invoice_bills_an_order_and_is_owed(depot: Local) -> None:
    _, (gadgets, hours) = ordered(depot, "P-BILLED", "V3")
    head = numbered("Vendor Invoice", "VI-1", "V3")
    billed = (
        BilledLine(replace(GADGETS, quantity=Decimal(2)), gadgets),
        BilledLine(HOURS, hours),
    )
    invoice = VendorInvoice(head, "Purchase Order-P-BILLED", billed)

    assert enters_once(depot, depot.books(), invoice, "vi:1")

    # 2 at 40.10 are 80.20, the hours 120.00; a gadget is still to come
    assert due(depot, "V3") == "200.20"
    (order,) = [row for row in depot.table("PODOCUMENT") if row["DOCNO"] == "P-BILLED"]
    assert order["STATE"] == "Partially Converted"


def test_an_invoice_whose_answer_was_lost_is_owed_once(depot: Local) -> None:
    _, (gadgets, _) = ordered(depot, "P-ONCE", "V4")
    head = numbered("Vendor Invoice", "VI-LOST", "V4")
    invoice = VendorInvoice(head, "Purchase Order-P-ONCE", (BilledLine(GADGETS, gadgets),))

    assert is_found_when_its_answer_is_lost(depot, depot.books(), invoice, "vi:lost")

    assert due(depot, "V4") == "120.30"


def test_more_than_was_ordered_is_refused(depot: Local) -> None:
    _, (gadgets, _) = ordered(depot, "P-MUCH", "V5")
    much = replace(GADGETS, quantity=Decimal(4))
    head = numbered("Vendor Invoice", "VI-MUCH", "V5")
    invoice = VendorInvoice(head, "Purchase Order-P-MUCH", (BilledLine(much, gadgets),))

    with pytest.raises(Exception, match="4") as refused:
        post(depot.books(), invoice, "vi:much")

    assert type(refused.value).__name__ == "Rejected"
    assert due(depot, "V5") == "0.00"


def test_a_change_order_changes_one_line_and_adds_another(depot: Local) -> None:
    order, (gadgets, _) = ordered(depot, "P-CHANGED", "V6")
    fewer = replace(GADGETS, quantity=Decimal(-1))
    change = ChangeOrder(
        numbered("PO Change Order", "CO-1", "V6"),
        (ChangeLine(fewer, order, gadgets), ChangeLine(HOURS, order)),
    )

    assert enters_once(depot, depot.books(), change, "co:1")

    lines = [r for r in depot.table("PODOCUMENTENTRY") if r["RECORDNO"] == gadgets]
    assert [Decimal(str(line["REVISEDUNITQTY"])) for line in lines] == [Decimal(2)]


def test_a_change_whose_answer_was_lost_is_made_once(depot: Local) -> None:
    order, (gadgets, _) = ordered(depot, "P-CHANGED-ONCE", "V7")
    more = replace(GADGETS, quantity=Decimal(5))
    change = ChangeOrder(
        numbered("PO Change Order", "CO-LOST", "V7"), (ChangeLine(more, order, gadgets),)
    )

    assert is_found_when_its_answer_is_lost(depot, depot.books(), change, "co:lost")

    lines = [r for r in depot.table("PODOCUMENTENTRY") if r["RECORDNO"] == gadgets]
    assert [Decimal(str(line["REVISEDUNITQTY"])) for line in lines] == [Decimal(8)]


BAD: dict[str, tuple[Document, str]] = {
    "no lines": (PurchaseOrder(numbered("Purchase Order", "B1"), ()), "There are 0 lines"),
    "no vendor": (replace(ORDER, head=numbered("Purchase Order", "B2", "")), "vendor is blank"),
    "no item": (
        PurchaseOrder(numbered("Purchase Order", "B3"), (replace(GADGETS, item=""),)),
        "item is blank",
    ),
    "less than nothing": (
        PurchaseOrder(numbered("Purchase Order", "B4"), (replace(GADGETS, quantity=Decimal(-1)),)),
        "quantity is -1; it must be above zero",
    ),
    "a negative price": (
        PurchaseOrder(numbered("Purchase Order", "B5"), (replace(GADGETS, price=Decimal(-1)),)),
        "price is -1; it cannot be negative",
    ),
    "a line of no order": (
        VendorInvoice(
            numbered("Vendor Invoice", "B6", "V8"),
            "Purchase Order-P-a line of no order",
            (BilledLine(GADGETS, "x"),),
        ),
        "no record number of Intacct's",
    ),
    "a change of nothing": (
        ChangeOrder(numbered("PO Change Order", "B7"), (ChangeLine(GADGETS, "", ""),)),
        "no record number of Intacct's",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_will_not_do_is_told_before_and_refused_after(depot: Local, name: str) -> None:
    document, words = BAD[name]
    ordered(depot, f"P-{name}", "V8")
    assert is_refused_twice(depot.books(), document, f"bad:{name}", words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (replace(GADGETS, price=Decimal("0.0000001")), "more than 6 decimals"),
        (replace(GADGETS, quantity=Decimal("NaN")), "quantity is NaN; give a number"),
        (replace(GADGETS, quantity=Decimal("1E14")), "larger than Intacct can hold"),
        (replace(GADGETS, where=dimensions({"item": "GADGET"})), "item is the line's own"),
        (replace(GADGETS, where=dimensions({"GLDIMREGION": "7"})), "no place for the dimension"),
    ],
)
def test_a_line_that_cannot_be_sent_as_it_is_is_told(line: OrderLine, words: str) -> None:
    (problem,) = replace(ORDER, lines=(line,)).problems()
    assert words in problem.sentence
