"""Invoices and adjustments taken back: by their opposite, or deleted while that is allowed."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from sandbox.company.schema import OBJECTS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.ar_documents import Kind, found, owned, refused
from sandbox.intacct.document_lines import Item, keep_items, kept_items
from sandbox.intacct.legacy import Called
from sandbox.intacct.open_items import LINES, next_number, refresh_customer
from sandbox.intacct.subledger import AR, batch_of, check_open, erase, reverse
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import Work


def reverse_document(work: Work, called: Called, kind: Kind) -> int:
    """The opposite document on a day; both are settled by each other. Its record number."""
    row = found(work, kind, called.attributes.get("key", ""), "reverse")
    if row["STATE"] not in ("Posted", "No Value") or row["TOTALSELECTED"]:
        raise refused(f"{kind.word} {row['RECORDID']} is {row['STATE']} and cannot be reversed.")
    day, number = called.text("datereversed"), next_number(work)
    if day < str(row["WHENPOSTED"] or row["WHENCREATED"]):
        raise refused("The reversal date must be on or after the date of the document.")
    batch = batch_of(work, AR, kind.journal, dict(row))
    written = reverse(work, batch, AR, day) if batch else None
    if written is None:
        check_open(work, AR, day, [])
    _insert_reversal(work, kind, row, number, day, written)
    changes: dict[str, Value] = {
        "STATE": "Reversed",
        "REVERSEDDATE": day,
        "REVERSEDKEY": number,
        **_settled(row, 1),
    }
    update(work, kind.object, row["RECORDNO"], changes)
    refresh_customer(work, row["CUSTOMERID"])
    leave_trail(work, kind.object, row["RECORDNO"], "modify")
    leave_trail(work, kind.object, number, "create")
    return number


def delete_document(work: Work, number: int, kind: Kind) -> None:
    """A draft, or where the company lets it a document nothing was paid on, is gone."""
    row = found(work, kind, str(number), "delete")
    unpaid = work.settings.unpaid_may_be_deleted and row["STATE"] in ("Posted", "No Value")
    if (row["STATE"] != "Draft" and not unpaid) or row["TOTALSELECTED"]:
        raise refused(f"{kind.word} {row['RECORDID']} is {row['STATE']} and cannot be deleted.")
    if row["STATE"] != "Draft":
        batch = batch_of(work, AR, kind.journal, dict(row))
        if batch:
            erase(work, batch, AR)
    work.books.run(f"DELETE FROM {LINES[kind.object]} WHERE RECORDKEY = ?", [number])  # noqa: S608 - our own names
    work.books.run(f"DELETE FROM {kind.object} WHERE RECORDNO = ?", [number])  # noqa: S608 - our own names
    refresh_customer(work, row["CUSTOMERID"])
    leave_trail(work, kind.object, number, "delete")


def _insert_reversal(
    work: Work, kind: Kind, row: sqlite3.Row, number: int, day: str, batch: int | None
) -> None:
    """A copy of the document with every amount turned round."""
    fields = OBJECTS[kind.object].fields
    copied = {n: row[n] for n in fields if not fields[n].same_as and "TOTAL" not in n}
    copied |= {name: row[name] for name in ("SYSTEMGENERATED",)}
    made: dict[str, Value] = {
        **copied,
        **owned(work),
        "SYSTEMGENERATED": True,
        "RECORDNO": number,
        "RECORDID": f"{row['RECORDID']} - Reversed",
        "STATE": "Reversal",
        "WHENCREATED": day,
        "WHENPOSTED": day,
        "REVERSALDATE": day,
        "REVERSALKEY": row["RECORDNO"],
        "PRBATCHKEY": batch,
        **_settled(row, -1),
    }
    insert(work.books.connection, kind.object, [made])
    items = kept_items(work, LINES[kind.object], row["RECORDNO"])
    turned = [Item(x.account, x.control, -x.trx, x.memo, x.places) for x in items]
    keep_items(work, LINES[kind.object], number, turned, made, Decimal(row["EXCHANGE_RATE"] or 1))


def _settled(row: sqlite3.Row, sign: int) -> dict[str, Value]:
    zero, entered = Decimal(0), ("TOTALENTERED", "TRX_TOTALENTERED")
    figures = {name: amount(sign * (row[name] or 0)) for name in entered}
    return {
        **figures,
        "TOTALPAID": figures["TOTALENTERED"],
        "TRX_TOTALPAID": figures["TRX_TOTALENTERED"],
        **dict.fromkeys(("TOTALDUE", "TRX_TOTALDUE", "TOTALSELECTED"), zero),
        "TRX_TOTALSELECTED": zero,
    }
