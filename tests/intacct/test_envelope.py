from __future__ import annotations

from lxml import etree

from intacct.auth import login
from intacct.envelope import content, request
from intacct.wire import element
from tests.intacct.paper import ADDRESS


def written(*, once: bool) -> etree._Element:
    calls = content([("a", element("query")), ("b", element("lookup"))])
    return etree.fromstring(request(ADDRESS, login(ADDRESS), calls, control_id="c-1", once=once))


def test_the_control_says_who_sends_and_asks_for_machine_readable_errors() -> None:
    control = written(once=False).find("control")

    assert control is not None
    assert [(part.tag, part.text) for part in control] == [
        ("senderid", "sender"),
        ("password", "sender-secret"),
        ("controlid", "c-1"),
        ("uniqueid", "false"),
        ("dtdversion", "3.0"),
        ("includewhitespace", "false"),
        ("showadditionalerrorinfo", "true"),
    ]


def test_a_write_asks_to_be_done_once() -> None:
    assert written(once=True).findtext("control/uniqueid") == "true"


def test_functions_keep_their_order_and_control_ids_and_hold_one_call_each() -> None:
    functions = written(once=False).findall("operation/content/function")

    assert [(f.get("controlid"), [call.tag for call in f]) for f in functions] == [
        ("a", ["query"]),
        ("b", ["lookup"]),
    ]


def test_a_call_can_be_sent_again_since_it_is_copied() -> None:
    call = element("query")
    content([("a", call)])

    assert call.getparent() is None


def test_letters_beyond_ascii_travel_as_utf_8() -> None:
    calls = content([("a", element("value", "Æsir & Søn"))])
    body = request(ADDRESS, login(ADDRESS), calls, control_id="c", once=False)

    assert "Æsir &amp; Søn".encode() in body
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
