"""Vendors: found by their id, shown under a contact, owed what their open bills come to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from sandbox.company.values import Value
from sandbox.intacct.contacts import SHOWN, write_display_contact
from sandbox.intacct.master_kind import Element, MasterKind, Row
from sandbox.intacct.work import Work


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
    write_display_contact(work, "VENDOR", "V", row, element, before)


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
        {"CONTACTINFO": "CONTACTKEY", "PAYTO": "PAYTOKEY", "RETURNTO": "RETURNTOKEY"}
    ),
    parts=(SHOWN,),
    fill=_fill,
    check=_wrong,
    finish=_finish,
)
