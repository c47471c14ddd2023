"""Orders, invoices, edits, payments and deletions in any order leave books that agree."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.intacct.ordering import change, found, line, line_keys, purchase, wrote
from tests.sandbox.intacct.speaking import Gateway

FRESH = count(1)
ORDERED = Decimal(10)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("order", "bill", "draft", "edit", "submit", "raise", "delete")),
        st.integers(0, 5),
        st.integers(1, 60).map(lambda tenths: Decimal(tenths) / 10),
    ),
    min_size=4,
    max_size=12,
)


def step(gateway: Gateway, vendor: str, word: str, which: int, quantity: Decimal) -> None:
    """Tries one thing with one of the vendor's documents; a refusal is an answer, too."""
    orders = documents(gateway, vendor, "Purchase Order")
    made = documents(gateway, vendor, "Vendor Invoice") + documents(
        gateway, vendor, "PO Change Order"
    )
    if word == "order" or not orders:
        fresh = line("GADGET", str(ORDERED), "7.77")
        call = purchase("Purchase Order", "", vendor, fresh).replace(
            "<documentno></documentno>", ""
        )
        wrote(gateway, call.replace("<documentno></documentno>", ""))
        return
    key, record = orders[which % len(orders)]
    source = line_keys(gateway, "PODOCUMENT", key)[0]
    text = line("GADGET", str(quantity), more=f"<sourcelinekey>{source}</sourcelinekey>")
    related = f"<relateddockey>{record}</relateddockey><relateddoclinekey>{source}"
    revised = line("GADGET", str(quantity - 3), last=f"{related}</relateddoclinekey>")
    edited = f'<updatepotransitem line_num="1"><quantity>{quantity}</quantity></updatepotransitem>'
    calls = {
        "bill": purchase("Vendor Invoice", "", vendor, text, head=made_from(key)),
        "draft": purchase(
            "Vendor Invoice", "", vendor, text, head=made_from(key), more="<state>Draft</state>"
        ),
        "raise": purchase("PO Change Order", "", vendor, revised),
    }
    if made:
        one, _ = made[which % len(made)]
        items = f"<updatepotransitems>{edited}</updatepotransitems>"
        calls["edit"] = change("po", one, items)
        calls["submit"] = change("po", one, "<state>Pending</state>")
        calls["delete"] = f'<delete_potransaction key="{one}"/>'
    if word in calls:
        gateway.result(calls[word].replace("<documentno></documentno>", ""))


def made_from(key: str) -> str:
    return f"<createdfrom>{key}</createdfrom>"


def documents(gateway: Gateway, vendor: str, definition: str) -> list[tuple[str, ...]]:
    where = f"CUSTVENDID = '{vendor}' AND DOCPARID = '{definition}'"
    return found(gateway, "PODOCUMENT", "DOCID,RECORDNO", where)


def check(gateway: Gateway, vendor: str) -> None:
    """What is owed, billed and posted agree; what was converted is what the invoices say."""
    bills = found(gateway, "APBILL", "RECORDNO,TOTALDUE", f"VENDORID = '{vendor}'")
    due = sum((Decimal(amount) for _, amount in bills), Decimal(0))
    assert found(gateway, "VENDOR", "TOTALDUE", f"VENDORID = '{vendor}'") == [(f"{due:.2f}",)]
    where = f"VENDORID = '{vendor}' AND ACCOUNTNO = '2000'"
    control = found(gateway, "GLDETAIL", "AMOUNT", where)
    assert sum(Decimal(amount) for (amount,) in control) == -due
    where = f"CUSTVENDID = '{vendor}' AND DOCPARID = 'Vendor Invoice'"
    posted = found(gateway, "PODOCUMENT", "DOCID,STATE,PRRECORDKEY", where)
    assert sorted(key for _, _, key in posted if key) == sorted(number for number, _ in bills)
    live = {id_ for id_, state, _ in posted if state != "Draft"}
    assert live == {id_ for id_, _, key in posted if key}
    names = "RECORDNO,DOCHDRID,QUANTITY,SOURCE_DOCLINEKEY,QTY_CONVERTED,REVISEDUNITQTY"
    lines = found(gateway, "PODOCUMENTENTRY", names, f"VENDORID = '{vendor}'")
    taken: dict[str, Decimal] = defaultdict(Decimal)
    for _, document, quantity, source, _, _ in lines:
        if document in live:
            taken[source] += Decimal(quantity)
    for number, document, quantity, _, converted, revised in lines:
        if document.startswith("Purchase Order"):
            assert Decimal(converted or 0) == taken[number] <= Decimal(revised or quantity)


@given(STEPS)
@settings(max_examples=25)
def test_whatever_is_done_to_orders_the_books_agree(
    shop: Gateway, steps: list[tuple[str, int, Decimal]]
) -> None:
    vendor = f"W-{next(FRESH)}"
    shop.done(
        f"<create><VENDOR><VENDORID>{vendor}</VENDORID><NAME>{vendor}</NAME>"
        f"<DISPLAYCONTACT><PRINTAS>{vendor}</PRINTAS></DISPLAYCONTACT></VENDOR></create>"
    )
    for word, which, quantity in steps:
        step(shop, vendor, word, which, quantity)
        check(shop, vendor)
