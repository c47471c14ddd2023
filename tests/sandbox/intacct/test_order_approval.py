from __future__ import annotations

from tests.sandbox.intacct.ordering import change, line, line_keys, purchase, state, wrote
from tests.sandbox.intacct.speaking import READER, Gateway, table


def decide(verb: str, key: str) -> str:
    return f"<{verb}><PODOCUMENT><DOCID>{key}</DOCID><COMMENT>seen</COMMENT></PODOCUMENT></{verb}>"


def requisition(gateway: Gateway, number: str) -> str:
    return wrote(gateway, purchase("Purchase Requisition", number, "V1", line("GADGET", "2", "5")))


def test_what_needs_approval_waits_for_it_and_is_converted_after_it(trading: Gateway) -> None:
    key = requisition(trading, "A1")
    source = line_keys(trading, "PODOCUMENT", key)[0]
    order = purchase(
        "Purchase Order",
        "A1",
        "V1",
        line("GADGET", "2", more=f"<sourcelinekey>{source}</sourcelinekey>"),
        head=f"<createdfrom>{key}</createdfrom>",
    )

    assert state(trading, "PODOCUMENT", key) == "Submitted"
    assert trading.refusal(order) == [
        ("BL01001973", "Purchase Requisition-A1 is Submitted and cannot be converted.")
    ]
    assert trading.refusal(change("po", key, "<message>no</message>")) == [
        ("BL01001973", "Purchase Requisition-A1 is Submitted and cannot be updated.")
    ]
    (answer,) = table(trading.done(decide("approve", key)))
    assert answer["DOCID"] == key
    assert state(trading, "PODOCUMENT", key) == "Approved"
    wrote(trading, order)
    assert state(trading, "PODOCUMENT", key) == "Converted"


def test_what_was_declined_is_submitted_again_when_it_is_changed(trading: Gateway) -> None:
    key = requisition(trading, "A2")

    trading.done(decide("decline", key))
    assert state(trading, "PODOCUMENT", key) == "Declined"
    wrote(trading, change("po", key, "<message>cheaper now</message>"))

    assert state(trading, "PODOCUMENT", key) == "Submitted"


def test_what_was_approved_and_is_changed_wants_approval_again(trading: Gateway) -> None:
    key = requisition(trading, "A3")
    trading.done(decide("approve", key))

    more = '<updatepotransitem line_num="1"><quantity>3</quantity></updatepotransitem>'
    wrote(trading, change("po", key, f"<updatepotransitems>{more}</updatepotransitems>"))

    assert state(trading, "PODOCUMENT", key) == "Submitted"


def test_only_what_waits_is_decided_on_and_only_by_who_may(trading: Gateway) -> None:
    key = wrote(trading, purchase("Purchase Order", "A4", "V1", line("GADGET", "2", "5")))

    assert trading.refusal(decide("approve", key)) == [
        ("BL01001973", "Purchase Order-A4 is Pending and waits for no approval.")
    ]
    ((_, text),) = trading.refusal(decide("decline", key), sign_in=READER)
    assert "operation DECLINE" in text
    assert trading.refusal("<approve/>")[0][1] == "approve takes at least one document"
    wrong = decide("approve", key).replace("PODOCUMENT", "APBILL")
    assert trading.refusal(wrong)[0][1] == "approve is not supported on objects of type APBILL"
