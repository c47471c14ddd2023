"""The contact a vendor is shown under: written with the vendor, kept as a record of its own."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from sandbox.company.values import Stored
from sandbox.intacct.master_kind import Element, MasterKind, Row
from sandbox.intacct.master_write import create_master, update_master
from sandbox.intacct.reply import child
from sandbox.intacct.work import Work

CONTACT = MasterKind("CONTACT", "Contact", within=("MAILADDRESS",))
SHOWN = "DISPLAYCONTACT"


def write_display_contact(
    work: Work, owner: str, letter: str, row: Row, element: Element, before: Row | None
) -> None:
    """Makes or changes the display contact of a vendor or customer.

    `owner` is the object, `letter` what stands before its id in the name a contact is given where
    none was sent. A new record has one in any case, printed as the record's own name.
    """
    part = element.find(SHOWN)
    if part is None and before:
        return
    sent = etree.Element(CONTACT.name) if part is None else deepcopy(part)
    sent.tag = CONTACT.name
    held: Stored = row["DISPLAYCONTACTKEY"]
    if held:
        _told(sent, "RECORDNO", str(held))
        update_master(CONTACT, work, sent)
        return
    _told(sent, "CONTACTNAME", f"{row['NAME']}({letter}{row[f'{owner}ID']})")
    _told(sent, "PRINTAS", str(row["NAME"]))
    number = dict(create_master(CONTACT, work, sent))["RECORDNO"]
    work.books.run(
        f'UPDATE "{owner}" SET DISPLAYCONTACTKEY = ? WHERE RECORDNO = ?',  # noqa: S608 - our own name
        [int(number), row["RECORDNO"]],
    )


def _told(element: Element, name: str, text: str) -> None:
    """Says what the sender left out, or left empty."""
    if not (element.findtext(name) or "").strip():
        for one in element.findall(name):
            element.remove(one)
        child(element, name, text)
