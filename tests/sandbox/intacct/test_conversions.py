from __future__ import annotations

from tests.sandbox.intacct.ordering import (
    change,
    found,
    line,
    line_keys,
    purchase,
    sale,
    state,
    wrote,
)
from tests.sandbox.intacct.speaking import Gateway


def converted(key: str) -> str:
    return f"<sourcelinekey>{key}</sourcelinekey>"


def made_from(key: str) -> str:
    return f"<createdfrom>{key}</createdfrom>"


def invoice(
    gateway: Gateway, order: str, number: str, vendor: str, quantity: str, *, place: int = 0
) -> str:
    """A vendor invoice for so many of one line of an order, at the order's price."""
    key = line_keys(gateway, "PODOCUMENT", order)[place]
    return purchase(
        "Vendor Invoice",
        number,
        vendor,
        line("GADGET", quantity, more=converted(key)),
        head=made_from(order),
    )


def taken(gateway: Gateway, key: str) -> list[tuple[str, ...]]:
    return found(gateway, "PODOCUMENTENTRY", "QTY_CONVERTED,PRICE_CONVERTED", f"DOCHDRID = '{key}'")


def test_a_vendor_invoice_takes_its_price_from_the_order_and_the_order_keeps_count(
    shop: Gateway,
) -> None:
    order = wrote(shop, purchase("Purchase Order", "C1", "V1", line("GADGET", "10", "7.25")))
    assert (order, state(shop, "PODOCUMENT", order)) == ("Purchase Order-C1", "Pending")

    first = wrote(shop, invoice(shop, order, "C1a", "V1", "4"))

    # 4 at 7.25 are 29.00, 6 are left at 43.50.
    assert state(shop, "PODOCUMENT", order) == "Partially Converted"
    assert taken(shop, order) == [("4", "29.00")]
    assert found(shop, "APBILL", "RECORDID,TOTALDUE", "VENDORID = 'V1'") == [("C1a", "29.00")]
    (source,) = found(shop, "PODOCUMENT", "RECORDNO", f"DOCID = '{order}'")
    assert found(
        shop,
        "PODOCUMENTENTRY",
        "UIPRICE,SOURCE_DOCID,SOURCE_DOCKEY,SOURCE_DOCLINEKEY",
        f"DOCHDRID = '{first}'",
    ) == [("7.25", order, source[0], line_keys(shop, "PODOCUMENT", order)[0])]

    wrote(shop, invoice(shop, order, "C1b", "V1", "6"))

    assert state(shop, "PODOCUMENT", order) == "Converted"
    assert taken(shop, order) == [("10", "72.50")]
    assert found(shop, "VENDOR", "TOTALDUE", "VENDORID = 'V1'") == [("72.50",)]


def test_more_than_was_ordered_is_refused_and_nothing_is_changed(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C2", "V2", line("GADGET", "3", "5")))
    wrote(shop, invoice(shop, order, "C2a", "V2", "2"))

    ((number, text),) = shop.refusal(invoice(shop, order, "C2b", "V2", "1.5"))

    assert number == "BL01001973"
    assert text == (
        "The quantity 3.5 converted of item GADGET is more than the 3 ordered in Purchase Order-C2."
    )
    assert found(shop, "PODOCUMENT", "DOCID", "DOCNO = 'C2b'") == []
    assert found(shop, "VENDOR", "TOTALDUE", "VENDORID = 'V2'") == [("10.00",)]
    assert taken(shop, order) == [("2", "10.00")]


def test_an_order_is_open_again_when_its_invoice_is_deleted_or_shrinks(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C3", "V3", line("GADGET", "2", "5")))
    bill = wrote(shop, invoice(shop, order, "C3a", "V3", "2"))
    assert state(shop, "PODOCUMENT", order) == "Converted"

    less = '<updatepotransitem line_num="1"><quantity>1</quantity></updatepotransitem>'
    wrote(shop, change("po", bill, f"<updatepotransitems>{less}</updatepotransitems>"))
    assert state(shop, "PODOCUMENT", order) == "Partially Converted"

    wrote(shop, f'<delete_potransaction key="{bill}"/>')
    assert state(shop, "PODOCUMENT", order) == "Pending"
    assert taken(shop, order) == [("0", "0.00")]


def test_a_draft_converts_nothing_until_it_is_submitted(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C4", "V4", line("GADGET", "2", "5")))
    key = line_keys(shop, "PODOCUMENT", order)[0]
    bill = wrote(
        shop,
        purchase(
            "Vendor Invoice",
            "C4a",
            "V4",
            line("GADGET", "2", more=converted(key)),
            head=made_from(order),
            more="<state>Draft</state>",
        ),
    )
    assert state(shop, "PODOCUMENT", order) == "Pending"
    assert found(shop, "APBILL", "RECORDNO", "VENDORID = 'V4'") == []

    wrote(shop, change("po", bill, "<state>Pending</state>"))

    assert state(shop, "PODOCUMENT", order) == "Converted"
    assert found(shop, "APBILL", "TOTALDUE", "VENDORID = 'V4'") == [("10.00",)]


def test_an_order_converted_by_price_is_done_when_its_amount_is(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C5", "V5", line("GADGET", "1", "100")))
    key = line_keys(shop, "PODOCUMENT", order)[0]

    def part(number: str, price: str) -> str:
        one = line(
            "GADGET",
            "1",
            price,
            more=converted(key),
            last="<conversiontype>Price</conversiontype>",
        )
        return purchase("Vendor Invoice", number, "V5", one, head=made_from(order))

    wrote(shop, part("C5a", "60"))
    assert state(shop, "PODOCUMENT", order) == "Partially Converted"
    ((_, text),) = shop.refusal(part("C5b", "40.01"))
    assert text == (
        "100.01 converted of item GADGET is more than the 100.00 ordered in Purchase Order-C5."
    )
    wrote(shop, part("C5b", "40"))
    assert state(shop, "PODOCUMENT", order) == "Converted"


def test_sales_convert_from_quote_to_order_to_invoice(shop: Gateway) -> None:
    quote = wrote(shop, sale("Sales Quote", "C6", "K6", line("GADGET", "2", "9.99")))
    key = line_keys(shop, "SODOCUMENT", quote)[0]
    order = wrote(
        shop,
        sale(
            "Sales Order",
            "C6",
            "K6",
            line("GADGET", "2", more=converted(key)),
            head=made_from(quote),
        ),
    )
    key = line_keys(shop, "SODOCUMENT", order)[0]
    bill = sale(
        "Sales Invoice",
        "C6",
        "K6",
        line("GADGET", "2", more=converted(key)),
        head=made_from(order),
    )
    wrote(shop, bill)

    states = found(shop, "SODOCUMENT", "DOCPARID,STATE,TOTAL", "CUSTVENDID = 'K6'")
    assert states == [
        ("Sales Quote", "Converted", "19.98"),
        ("Sales Order", "Converted", "19.98"),
        ("Sales Invoice", "Pending", "19.98"),
    ]


def test_only_what_may_be_converted_is(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C7", "V7", line("GADGET", "1", "5")))
    other = wrote(shop, purchase("Purchase Order", "C7b", "V7", line("HOUR", "1", "5")))
    draft = wrote(
        shop,
        purchase(
            "Purchase Order", "C7c", "V7", line("GADGET", "1", "5"), more="<state>Draft</state>"
        ),
    )
    mine, theirs = (line_keys(shop, "PODOCUMENT", key)[0] for key in (order, other))

    def refused(
        key: str,
        source: str,
        item: str = "GADGET",
        vendor: str = "V7",
        kind: str = "Vendor Invoice",
    ) -> str:
        one = line(item, "1", more=converted(key))
        ((_, text),) = shop.refusal(purchase(kind, "C7x", vendor, one, head=made_from(source)))
        return text

    assert refused(theirs, order) == f"Purchase Order-C7 has no line {theirs}."
    assert refused(mine, order, "HOUR") == f"Line {mine} of Purchase Order-C7 is of item GADGET."
    assert refused(mine, order, vendor="V8") == "Purchase Order-C7 belongs to V7."
    assert refused(mine, order, kind="Purchase Order") == (
        "Purchase Order cannot be made from Purchase Order."
    )
    assert refused("1", draft) == "Purchase Order-C7c is Draft and cannot be converted."
    assert refused("1", "Purchase Order-no") == "Document 'Purchase Order-no' does not exist."


def changed(order: str, key: str = "") -> str:
    return f"<relateddockey>{order}</relateddockey>" + (
        f"<relateddoclinekey>{key}</relateddoclinekey>" if key else ""
    )


def test_change_orders_raise_and_lower_what_an_order_is_worth(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C9", "V9", line("GADGET", "10", "7")))
    ((record,),) = found(shop, "PODOCUMENT", "RECORDNO", f"DOCID = '{order}'")
    key = line_keys(shop, "PODOCUMENT", order)[0]

    def revised() -> list[tuple[str, ...]]:
        names = "REVISEDUNITQTY,REVISEDUNITPRICE,REVISEDPRICE"
        ((total,),) = found(shop, "PODOCUMENT", "REVISEDTOTAL", f"DOCID = '{order}'")
        return [
            (*row, total) for row in found(shop, "PODOCUMENTENTRY", names, f"DOCHDRID = '{order}'")
        ]

    assert revised() == [("", "", "", "")]
    more = purchase(
        "PO Change Order",
        "C9a",
        "V9",
        line("GADGET", "5", last=changed(record, key)),
        line("HOUR", "2", "30", last=changed(record)),
    )
    added = wrote(shop, more)
    # 10 and 5 at 7.00 are 105.00; the 2 added hours are 60.00 more.
    assert revised() == [("15", "7", "105.00", "165.00")]

    wrote(shop, invoice(shop, order, "C9b", "V9", "12"))
    assert state(shop, "PODOCUMENT", order) == "Partially Converted"

    less = purchase("PO Change Order", "C9c", "V9", line("GADGET", "-4", last=changed(record, key)))
    ((_, text),) = shop.refusal(less)
    assert text == (
        "The quantity 12 converted of item GADGET is more than the 11 ordered in Purchase Order-C9."
    )
    wrote(shop, less.replace("-4", "-3"))
    assert revised() == [("12", "7", "84.00", "144.00")]
    assert state(shop, "PODOCUMENT", order) == "Converted"

    # What a change order added is converted from the change order itself.
    hours = line_keys(shop, "PODOCUMENT", added)[1]
    one = line("HOUR", "2", more=converted(hours))
    wrote(shop, purchase("Vendor Invoice", "C9d", "V9", one, head=made_from(added)))
    # 12 at 7.00 and 2 at 30.00.
    assert found(shop, "VENDOR", "TOTALDUE", "VENDORID = 'V9'") == [("144.00",)]


def test_a_change_order_leaves_something_and_can_be_taken_back(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C11", "V11", line("GADGET", "10", "7")))
    ((record,),) = found(shop, "PODOCUMENT", "RECORDNO", f"DOCID = '{order}'")
    key = line_keys(shop, "PODOCUMENT", order)[0]
    less = purchase(
        "PO Change Order", "C11a", "V11", line("GADGET", "-11", last=changed(record, key))
    )

    assert shop.refusal(less) == [
        ("BL01001973", "A change order leaves less than nothing of item GADGET.")
    ]
    taken_back = wrote(shop, less.replace("-11", "-4"))
    wrote(shop, invoice(shop, order, "C11b", "V11", "6"))
    assert state(shop, "PODOCUMENT", order) == "Converted"
    wrote(shop, f'<delete_potransaction key="{taken_back}"/>')

    assert state(shop, "PODOCUMENT", order) == "Partially Converted"
    assert found(shop, "PODOCUMENT", "REVISEDTOTAL", f"DOCID = '{order}'") == [("",)]


def test_a_change_order_changes_an_order_and_nothing_else(shop: Gateway) -> None:
    order = wrote(shop, purchase("Purchase Order", "C10", "V10", line("GADGET", "1", "7")))
    draft = "<state>Draft</state>"
    other = wrote(
        shop, purchase("Purchase Order", "C10b", "V10", line("GADGET", "1", "7"), more=draft)
    )
    ((mine,), (theirs,)) = (
        found(shop, "PODOCUMENT", "RECORDNO", f"DOCID = '{key}'")[0] for key in (order, other)
    )

    def refused(kind: str, last: str) -> str:
        one = line("GADGET", "1", "7", last=last)
        ((_, text),) = shop.refusal(purchase(kind, "C10x", "V10", one))
        return text

    assert refused("PO Change Order", "") == (
        "A line of PO Change Order must have a relateddockey."
    )
    assert refused("PO Change Order", changed(theirs)) == (
        "PO Change Order cannot change Purchase Order-C10b (Draft)."
    )
    assert refused("Purchase Order", changed(mine)) == (
        "Purchase Order cannot change Purchase Order-C10 (Pending)."
    )
    wrote(
        shop,
        purchase("PO Change Order", "C10c", "V10", line("GADGET", "1", "7", last=changed(mine))),
    )
    ((_, text),) = shop.refusal(f'<delete_potransaction key="{order}"/>')
    assert text == ("Purchase Order-C10 is used by PO Change Order-C10c and cannot be deleted.")
