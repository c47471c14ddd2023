"""Vendors, found by their id and owed what their open bills come to, and the contacts they name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from types import MappingProxyType

from lxml import etree

from sandbox.company.values import Value
from sandbox.intacct.contacts import kept_contact
from sandbox.intacct.master_kind import Element, MasterKind, Row
from sandbox.intacct.reply import child
from sandbox.intacct.work import Work

SHOWN = "DISPLAYCONTACT"


def _fill(work: Work, values: Mapping[str, Value]) -> dict[str, Value]:
    own = values.get("VENDORID") or (_next(work) if work.settings.parties_are_numbered else None)
    return {"VENDORID": own, "ENTITY": f"V{own}", "TOTALDUE": Decimal(0)}


def _next(work: Work) -> str:
    row = work.books.row("SELECT COALESCE(MAX(RECORDNO), 0) + 1 FROM VENDOR")
    assert row is not None
    return f"VEND-{row[0]:05}"


def _wrong(_: Work, row: Row) -> list[str]:
    return [] if row.get("VENDORID") else ["Required field VENDORID is missing."]


def _finish(work: Work, row: Row, element: Element, before: Row | None) -> None:
    sent = element.find(SHOWN)
    if sent is None and before:
        return
    part = etree.Element(SHOWN) if sent is None else deepcopy(sent)
    if not before and not (part.findtext("PRINTAS") or "").strip():
        for empty in part.findall("PRINTAS"):
            part.remove(empty)
        child(part, "PRINTAS", str(row["NAME"]))
    name = f"{row['NAME']}(V{row['VENDORID']})"
    key = kept_contact(work, part, name, row["DISPLAYCONTACTKEY"])
    work.books.run(
        "UPDATE VENDOR SET DISPLAYCONTACTKEY = ? WHERE RECORDNO = ?", [key, row["RECORDNO"]]
    )


def _write_address(work: Work, row: Row, element: Element, _: Row | None) -> None:
    """A contact's address is kept beside it."""
    for sent in element.findall("MAILADDRESS"):
        part = etree.Element("CONTACT")
        part.append(deepcopy(sent))
        kept_contact(work, part, str(row["CONTACTNAME"]), row["RECORDNO"])


CONTACT = MasterKind("CONTACT", "Contact", parts=("MAILADDRESS",), finish=_write_address)


VENDOR = MasterKind(
    "VENDOR",
    "Vendor",
    defaults=MappingProxyType(
        {
            "PAYMENTPRIORITY": "normal",
            **dict.fromkeys(("ONHOLD", "ONETIME", "DONOTCUTCHECK", "HIDEDISPLAYCONTACT"), False),
            **dict.fromkeys(("MERGEPAYMENTREQ", "PAYMENTNOTIFY", "DISPLAYTERMDISCOUNT"), False),
        }
    ),
    contacts=MappingProxyType(
        {"CONTACTINFO": "CONTACTINFOKEY", "PAYTO": "PAYTOKEY", "RETURNTO": "RETURNTOKEY"}
    ),
    parts=(SHOWN,),
    fill=_fill,
    check=_wrong,
    finish=_finish,
)
