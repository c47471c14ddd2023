"""What a request looks like on the wire: control, who asks, and the functions."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from intacct.auth import Address
from intacct.wire import element

VERSION = "3.0"


def content(functions: Iterable[tuple[str, etree._Element]]) -> etree._Element:
    """The functions with their control ids, in order; the calls are copied, not moved."""
    made = element("content")
    for control_id, call in functions:
        function = etree.SubElement(made, "function", controlid=control_id)
        function.append(deepcopy(call))
    return made


def request(
    address: Address,
    credentials: etree._Element,
    calls: etree._Element,
    *,
    control_id: str,
    once: bool,
    as_one: bool = False,
) -> bytes:
    """The whole document; `once` has Intacct refuse a function whose control id it has seen, and
    `as_one` undo everything where one function fails."""
    control = element(
        "control",
        None,
        element("senderid", address.sender_id),
        element("password", address.sender_password),
        element("controlid", control_id),
        element("uniqueid", "true" if once else "false"),
        element("dtdversion", VERSION),
        element("includewhitespace", "false"),
        element("showadditionalerrorinfo", "true"),
    )
    operation = element("operation", None, element("authentication", None, credentials), calls)
    operation.set("transaction", "true" if as_one else "false")
    document = element("request", None, control, operation)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8")
