from __future__ import annotations

from tests.sandbox.intacct.ordering import change, found, line, line_keys, purchase, state, wrote
from tests.sandbox.intacct.speaking import READER, Gateway, table


def decide(verb: str, key: str) -> str:
    return f"<{verb}><PODOCUMENT><DOCID>{key}</DOCID><COMMENT>seen</COMMENT></PODOCUMENT></{verb}>"


def requisition(gateway: Gateway, number: str) -> str:
    return wrote(gateway, purchase("Purchase Requisition", number, "V1", line("GADGET", "2", "5")))


def test_what_needs_approval_waits_for_it_and_is_converted_after_it(shop: Gateway) -> None:
    key = requisition(shop, "A1")
    source = line_keys(shop, "PODOCUMENT", key)[0]
    order = purchase(
        "Purchase Order",
        "A1",
        "V1",
        line("GADGET", "2", more=f"<sourcelinekey>{source}</sourcelinekey>"),
        head=f"<createdfrom>{key}</createdfrom>",
    )

    assert state(shop, "PODOCUMENT", key) == "Submitted"
    assert shop.refusal(order) == [
        ("BL01001973", "Purchase Requisition-A1 is Submitted and cannot be converted.")
    ]
    assert shop.refusal(change("po", key, "<message>no</message>")) == [
        ("BL01001973", "Purchase Requisition-A1 is Submitted and cannot be updated.")
    ]
    (answer,) = table(shop.done(decide("approve", key)))
    assert answer["DOCID"] == key
    assert state(shop, "PODOCUMENT", key) == "Approved"
    assert found(
        shop,
        "AUDITHISTORY",
        "ACCESSMODE,WORKFLOWACTION",
        f"OBJECTTYPE = 'podocument' AND OBJECTKEY = '{answer['RECORDNO']}'",
    ) == [("create", ""), ("workflow", "approve")]
    wrote(shop, order)
    assert state(shop, "PODOCUMENT", key) == "Converted"


def test_what_was_declined_is_submitted_again_when_it_is_changed(shop: Gateway) -> None:
    key = requisition(shop, "A2")

    shop.done(decide("decline", key))
    assert state(shop, "PODOCUMENT", key) == "Declined"
    wrote(shop, change("po", key, "<message>cheaper now</message>"))

    assert state(shop, "PODOCUMENT", key) == "Submitted"


def test_what_was_approved_and_is_changed_wants_approval_again(shop: Gateway) -> None:
    key = requisition(shop, "A3")
    shop.done(decide("approve", key))

    more = '<updatepotransitem line_num="1"><quantity>3</quantity></updatepotransitem>'
    wrote(shop, change("po", key, f"<updatepotransitems>{more}</updatepotransitems>"))

    assert state(shop, "PODOCUMENT", key) == "Submitted"


def test_only_what_waits_is_decided_on_and_only_by_who_may(shop: Gateway) -> None:
    key = wrote(shop, purchase("Purchase Order", "A4", "V1", line("GADGET", "2", "5")))

    assert shop.refusal(decide("approve", key)) == [
        ("BL01001973", "Purchase Order-A4 is Pending and waits for no approval.")
    ]
    ((_, text),) = shop.refusal(decide("decline", key), sign_in=READER)
    assert "operation DECLINE" in text
    assert shop.refusal("<approve/>")[0][1] == "approve takes at least one document"
    wrong = decide("approve", key).replace("PODOCUMENT", "APBILL")
    assert shop.refusal(wrong)[0][1] == "approve is not supported on objects of type APBILL"
