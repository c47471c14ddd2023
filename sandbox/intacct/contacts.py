"""The contacts of customers and vendors: described in place, or named where they are known."""

from __future__ import annotations

from lxml import etree

from sandbox.company.objects.contacts import ADDRESS, PERSON
from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.trail import new_record, update
from sandbox.intacct.work import Work

# Lists of further contacts that a party may be sent with; the first of the two wins.
PARTS_OF_CONTACT = ("CUSTOMERCONTACTS", "VENDORCONTACTS", "CONTACT_LIST_INFO")
IGNORED = ("CONTACTNAME", "TAXABLE", "TAXGROUP", "VISIBLE", "DISCOUNT", "PAGER")


def kept_contact(work: Work, element: etree._Element, name: str, key: Value) -> int:
    """Keeps what a contact element says, in the contact with this key or a new one of this name."""
    columns = _texts(element, PERSON, "MAILADDRESS")
    row = work.books.row("SELECT * FROM CONTACT WHERE RECORDNO = ?", [_whole(key)])
    if row is not None and "PRINTAS" in columns and not columns["PRINTAS"]:
        raise Refused(Complaint(COULD_NOT, "", "Required field DISPLAYCONTACT/PRINTAS is missing."))
    mail = element.find("MAILADDRESS")
    if mail is not None:
        columns["MAILADDRESSKEY"] = _address(work, mail, row["MAILADDRESSKEY"] if row else None)
    if row is not None:
        update(work, "CONTACT", row["RECORDNO"], columns)
        return int(row["RECORDNO"])
    return _insert(work, "CONTACT", {"CONTACTNAME": _free(work, name), **columns})


def contact_named(work: Work, name: str) -> int | None:
    """The contact of this name; nothing for no name, Refused for a name nobody has."""
    if not name:
        return None
    row = work.books.row("SELECT RECORDNO FROM CONTACT WHERE CONTACTNAME = ?", [name])
    if row is None:
        raise Refused(Complaint(COULD_NOT, "", f"Contact '{name}' does not exist."))
    return int(row[0])


def _address(work: Work, element: etree._Element, key: Value) -> int:
    columns = _texts(element, ADDRESS)
    if key is not None:
        update(work, "MAILADDRESS", _whole(key), columns)
        return _whole(key)
    return _insert(work, "MAILADDRESS", columns)


def _texts(element: etree._Element, known: tuple[str, ...], *apart: str) -> dict[str, Value]:
    sent = {str(one.tag): (one.text or "").strip() for one in element}
    for name in sent:
        if name not in (*known, *apart, *IGNORED):
            text = f"Field {name} is not valid for {element.tag}."
            raise Refused(Complaint(COULD_NOT, "", text))
    return {name: text or None for name, text in sent.items() if name in known}


def _insert(work: Work, name: str, columns: dict[str, Value]) -> int:
    insert(work.books.connection, name, [{**new_record(work), **columns}])
    row = work.books.row(f"SELECT MAX(RECORDNO) FROM {name}")  # noqa: S608 - one of two
    return int(row[0]) if row else 0


def _free(work: Work, name: str) -> str:
    """The name, with a number behind it where it is taken."""
    number, free = 1, name
    while work.books.row("SELECT 1 FROM CONTACT WHERE CONTACTNAME = ?", [free]):
        number += 1
        free = f"{name} {number}"
    return free


def _whole(key: Value) -> int:
    return int(key) if isinstance(key, int) else 0
