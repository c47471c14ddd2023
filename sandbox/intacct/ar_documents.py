"""Invoices and adjustments: what makes one, and how it reaches the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.born import check_own
from sandbox.intacct.contacts import contact_named
from sandbox.intacct.document_lines import (
    Item,
    base_currency,
    check_items,
    in_books,
    keep_items,
    kept_items,
    legs_of,
    read_item,
)
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.legacy import Called, custom_columns
from sandbox.intacct.open_items import LINES, document, next_number, refresh, refresh_customer
from sandbox.intacct.received import record_number
from sandbox.intacct.refusal import ALREADY_THERE, COULD_NOT, Complaint, Refused
from sandbox.intacct.subledger import AR, Entry, control_account, post
from sandbox.intacct.terms import active_term, discount, due_day
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.work import Work

ACTIONS = ("Draft", "Submit")
BIRTH = ("AUWHENCREATED", "CREATEDBY", "MEGAENTITYKEY", "MEGAENTITYID", "MEGAENTITYNAME")


@dataclass(frozen=True, slots=True)
class Kind:
    """Invoices or adjustments: object, word, journal, record type, and names in its calls."""

    object: str
    word: str
    journal: str
    record_type: str
    number: str
    texts: Mapping[str, str]
    items: str
    updated_items: str

    @property
    def prefix(self) -> str:
        """What automatic numbers begin with."""
        return "INV" if self.object == "ARINVOICE" else "ADJ"


def create_document(work: Work, called: Called, kind: Kind) -> int:
    """A new document, posted unless it is to stay a draft; its record number."""
    customer = active_customer(work, called.text("customerid"))
    control = control_account(work, AR, customer)
    held = called.part(kind.items)
    items = [read_item(one, work, control) for one in (held.parts("lineitem") if held else ())]
    check_items(work, items)
    number = next_number(work)
    columns: dict[str, Value] = {
        "CUSTOMERID": customer["CUSTOMERID"],
        "CUSTOMERNAME": customer["NAME"],
        "RECORDID": called.text(kind.number) or f"{kind.prefix}-{number}",
        "WHENCREATED": called.text("datecreated"),
        "WHENPOSTED": called.text("dateposted") or called.text("datecreated"),
        **texts_of(called, kind),
        **contacts_of(work, called),
        **_currencies(work, called, items),
        **custom_columns(kind.object, called),
    }
    columns |= due_of(work, called, columns, str(customer["TERMNAME"] or ""), items)
    check_number(work, kind, str(columns["RECORDID"]), 0)
    row: dict[str, Value] = {
        **owned(work),
        "RECORDNO": number,
        "STATE": "Draft",
        "RECORDTYPE": kind.record_type,
        "MODULEKEY": AR.module,
        "SYSTEMGENERATED": False,
        **drafted(items, columns),
        **columns,
    }
    insert(work.books.connection, kind.object, [row])
    keep_items(work, LINES[kind.object], number, items, columns, rate_in(columns))
    if action_of(called, "Submit") == "Submit":
        submit(work, kind, number, nogl=called.flag("nogl"))
    leave_trail(work, kind.object, number, "create")
    return number


def found(work: Work, kind: Kind, key: str, verb: str) -> sqlite3.Row:
    """The document of a key; Refused where the caller sees none."""
    row = document(work, kind.object, record_number(key))
    if row is None:
        raise refused(f"Cannot find {kind.object.lower()} with key '{key}' to {verb}.")
    check_own(row["MODULEKEY"], f"{kind.word} {row['RECORDID']}")
    return row


def active_customer(work: Work, id_: str) -> Mapping[str, Value]:
    """The customer of this id; Refused where there is none or it is inactive."""
    row = work.books.row("SELECT * FROM CUSTOMER WHERE CUSTOMERID = ?", [id_])
    if row is None:
        raise refused(f"Customer '{id_}' does not exist.")
    if row["STATUS"] == "inactive":
        raise refused(f"Customer '{id_}' is inactive.")
    return dict(row)


def refused(text: str) -> Refused:
    """What cannot be done with a document."""
    return Refused(Complaint(COULD_NOT, "", text))


def submit(work: Work, kind: Kind, number: int, *, nogl: bool) -> None:
    """The draft is posted: into the ledger unless told not to, and onto what the customer owes."""
    row = document(work, kind.object, number)
    assert row is not None
    items, rate = kept_items(work, LINES[kind.object], number), Decimal(row["EXCHANGE_RATE"] or 1)
    batch = None
    if not nogl:
        entry = Entry(
            AR,
            kind.journal,
            row["WHENPOSTED"],
            f"{kind.word} {row['RECORDID']}: {row['CUSTOMERNAME']}",
            row["RECORDID"],
            row["CURRENCY"],
            rate,
            legs_of(work, items, row["CUSTOMERID"], rate),
        )
        batch = post(work, entry)
    title = f"{kind.word}s {row['WHENPOSTED'][:7]}"
    changes: dict[str, Value] = {"STATE": "Posted", "PRBATCH": title, "PRBATCHKEY": batch}
    update(work, kind.object, number, changes)
    refresh(work, kind.object, number, row["WHENPOSTED"])
    refresh_customer(work, row["CUSTOMERID"])


def texts_of(called: Called, kind: Kind) -> dict[str, Value]:
    """The columns of the texts that were sent; an empty one clears."""
    return {
        column: called.text(name) or None
        for name, column in kind.texts.items()
        if called.sent(name)
    }


def contacts_of(work: Work, called: Called) -> dict[str, Value]:
    """The contacts an invoice names; they, a batch and a tax solution must be known to be named."""
    for name, word in (("batchkey", "Batch"), ("taxsolutionid", "Tax solution")):
        if called.text(name):
            raise refused(f"{word} '{called.text(name)}' does not exist.")
    columns: dict[str, Value] = {}
    for name in ("billto", "shipto"):
        if (part := called.part(name)) is not None:
            contact_named(work, part.text("contactname"))
            columns[f"{name.upper()}CONTACTNAME"] = part.text("contactname") or None
    return columns


def _currencies(work: Work, called: Called, items: list[Item]) -> dict[str, Value]:
    base = base_currency(work, items)
    if called.text("basecurr", base) != base:
        raise refused(f"The base currency is {base}, not {called.text('basecurr')}.")
    currency = called.text("currency", base)
    rate = rate_of(
        work,
        currency,
        base,
        called.text("exchratedate") or called.text("datecreated"),
        called.number("exchrate"),
    )
    return {"BASECURR": base, "CURRENCY": currency, "EXCHANGE_RATE": rate}


def due_of(
    work: Work, called: Called, columns: Mapping[str, Value], usual: str, items: list[Item]
) -> dict[str, Value]:
    """When it is due and what may be let off: by the day given, or by the term."""
    day = str(columns["WHENCREATED"])
    if called.text("datedue"):
        return {"WHENDUE": called.text("datedue")}
    name = called.text("termname") or usual
    if not name:
        return {"WHENDUE": day}
    term = active_term(work, "ARTERM", name)
    off = discount(term, day, sum(item.trx for item in items))
    return {
        "TERMNAME": name,
        "WHENDUE": due_day(term, day),
        "WHENDISCOUNT": off.until if off else None,
    }


def drafted(items: list[Item], columns: Mapping[str, Value]) -> dict[str, Value]:
    """The totals of a draft: it was entered, and asks for nothing yet."""
    rate, zero = rate_in(columns), Decimal(0)
    base = sum(in_books(item.trx, rate) for item in items)
    return {
        "TOTALENTERED": amount(base),
        "TRX_TOTALENTERED": amount(sum(item.trx for item in items)),
        **{f"{p}TOTAL{n}": zero for p in ("", "TRX_") for n in ("PAID", "DUE", "SELECTED")},
    }


def check_number(work: Work, kind: Kind, number: str, own: int) -> None:
    """Refused where another document already has this number."""
    taken = work.books.row(
        f"SELECT 1 FROM {kind.object} WHERE RECORDID = ? AND RECORDNO <> ?",  # noqa: S608 - our own names
        [number, own],
    )
    if taken:
        text = f"Another {kind.word} with the given value(s) {number}  already exists"
        raise Refused(Complaint(ALREADY_THERE, "", text, "Use a unique value instead."))


def owned(work: Work, old: sqlite3.Row | None = None) -> dict[str, Value]:
    """The common columns of a document, whose WHENCREATED is its own date.

    One that is written anew keeps from the `old` one who made it, when, and where.
    """
    made = new_record(work)
    made["AUWHENCREATED"] = made.pop("WHENCREATED")
    return made | ({name: old[name] for name in BIRTH} if old else {})


def rate_in(columns: Mapping[str, Value]) -> Decimal:
    """The exchange rate among a document's columns."""
    return Decimal(str(columns.get("EXCHANGE_RATE") or 1))


def action_of(called: Called, usual: str) -> str:
    """Draft or Submit, as the call says; any other word is Refused."""
    action = called.text("action", usual)
    if action not in ACTIONS:
        raise refused(f"action cannot be '{action}'.")
    return action
