"""A draft of a payment takes effect on documents, customers and ledger, or all of it is undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal

from sandbox.company.schema import OBJECTS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.ar_documents import owned, refused
from sandbox.intacct.asked import asked_of
from sandbox.intacct.cash import cash_legs, exchange_legs, purse
from sandbox.intacct.masters import entity_of_location
from sandbox.intacct.open_items import document, next_number, refresh_customer
from sandbox.intacct.receipt_details import details_of, keep_detail
from sandbox.intacct.selected import refresh_selected
from sandbox.intacct.settling import Complain, Payer, Settled, give_back, settle, too_much
from sandbox.intacct.subledger import AR, Entry, Leg, batch_of, control_account, entity_place, post
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import Work


def submit_receipt(work: Work, number: int, complain: Complain = too_much) -> None:
    """Carries out what a draft asks for; Refused, and nothing done, where any of it cannot be."""
    row = _row(work, number)
    asked = [asked_of(one) for one in details_of(work, number)]
    work.books.run("DELETE FROM ARPYMTDETAIL WHERE PAYMENTKEY = ?", [number])
    settled = settle(work, _payer(row), asked, complain)
    for columns in settled.rows:
        keep_detail(work, number, dict(row), columns, "Posted")
    over, over_base = row["TRX_OVERPAYMENTAMOUNT"] or 0, row["OVERPAYMENTAMOUNT"] or 0
    legs = _legs(work, row, settled, 1)
    cash, base = sum(settled.cash.values()) + over, row["TOTALENTERED"] or 0
    reference = f"RCPT-{number}"
    changes: dict[str, Value] = {
        "STATE": "Posted",
        "DISPLAYSTATE": "Posted",
        "RECORDID": reference,
        "RECORDTYPE": "rp" if over else None,
        "WHENPAID": row["PAYMENTDATE"],
        "TRX_TOTALPAID": amount(cash - over),
        "TOTALPAID": amount(base - over_base),
        "TRX_TOTALDUE": amount(over),
        "TOTALDUE": amount(over_base),
        "PRBATCH": f"Receipts {row['RECEIPTDATE'][:7]}",
        "PRBATCHKEY": post(work, _entry(row, reference, row["RECEIPTDATE"], "Payment", legs)),
    }
    update(work, "ARPYMT", number, changes)
    refresh_selected(work, asked)
    if row["CUSTOMERID"]:
        refresh_customer(work, row["CUSTOMERID"])


def try_receipt(work: Work, number: int) -> None:
    """Refused where a draft could not be carried out today; nothing is changed."""
    row = _row(work, number)
    work.books.run("SAVEPOINT trial")
    try:
        settle(work, _payer(row), [asked_of(one) for one in details_of(work, number)])
    finally:
        work.books.run("ROLLBACK TO trial")
        work.books.run("RELEASE trial")


def reverse_receipt(work: Work, row: sqlite3.Row, day: str) -> int:
    """Everything a payment did is undone on a day; the record number of its reversal."""
    number, over = int(row["RECORDNO"]), row["TRX_OVERPAYMENTAMOUNT"] or 0
    if row["STATE"] != "Posted":
        raise refused(f"Payment {number} is {row['STATE']} and cannot be reversed.")
    if day < row["RECEIPTDATE"]:
        raise refused("The reversal date must be on or after the date of the payment.")
    if over != (row["TRX_TOTALDUE"] or 0):
        raise refused(f"The overpayment of payment {number} is in use.")
    settled = give_back(work, details_of(work, number), day)
    reversal = next_number(work)
    reference = row["RECORDID"] or f"RCPT-{number}"
    entry = _entry(row, reference, day, "Reversed: Payment", _legs(work, row, settled, -1))
    written = post(work, entry, row["RECEIPTDATE"])
    original = batch_of(work, AR, AR.payments, {**dict(row), "RECORDID": reference})
    if written and original:
        update(work, "GLBATCH", original, {"REVERSED": day, "REVERSEDKEY": written})
    _insert_reversal(work, row, reversal, day, written)
    update(work, "ARPYMT", number, _reversed(day, reversal))
    for detail in details_of(work, number):
        update(work, "ARPYMTDETAIL", detail["RECORDNO"], {"STATE": "Reversed"})
    if row["CUSTOMERID"]:
        refresh_customer(work, row["CUSTOMERID"])
    leave_trail(work, "ARPYMT", number, "modify")
    leave_trail(work, "ARPYMT", reversal, "create")
    return reversal


def _legs(work: Work, row: sqlite3.Row, settled: Settled, sign: int) -> tuple[Leg, ...]:
    """Money, documents, overpayment, and what a change of rate leaves over."""
    over, place = sign * (row["TRX_OVERPAYMENTAMOUNT"] or 0), row["OVERPAYMENTLOCATIONID"] or ""
    over_base = sign * (row["OVERPAYMENTAMOUNT"] or 0)
    by_place, top = dict(settled.cash), entity_place(work, place)
    legs = tuple(settled.legs)
    if over:
        by_place[top] = by_place.get(top, 0) + over
        department = row["OVERPAYMENTDEPARTMENTID"]
        where = (("DEPARTMENTID", department),) if department else ()
        account = control_account(work, AR, _customer(work, row))
        dimensions = (*where, ("CUSTOMERID", row["CUSTOMERID"]))
        legs += (Leg(account, -over_base, -over, top, dimensions, "Overpayment"),)
    rate = Decimal(row["EXCHANGE_RATE"] or 1)
    legs = cash_legs(purse(work, _purse_words(row)), by_place, rate) + legs
    if row["CURRENCY"] == row["BASECURR"]:
        return legs
    account = work.books.setup().accounts.exchange
    return legs + exchange_legs(legs, account, entity_of_location(work))


def _entry(row: sqlite3.Row, reference: str, day: str, word: str, legs: tuple[Leg, ...]) -> Entry:
    return Entry(
        AR,
        AR.payments,
        day,
        f"{word} {reference}: {row['CUSTOMERNAME'] or row['PAYERNAME']}",
        reference,
        row["CURRENCY"],
        Decimal(row["EXCHANGE_RATE"] or 1),
        legs,
    )


def _insert_reversal(
    work: Work, row: sqlite3.Row, number: int, day: str, batch: int | None
) -> None:
    """A copy of the payment with its amounts turned round; it has no details of its own."""
    copied = {name: row[name] for name in OBJECTS["ARPYMT"].fields if "AMOUNT" not in name}
    made: dict[str, Value] = {
        **copied,
        **owned(work),
        "CLEARED": False,
        "RECORDNO": number,
        "RECORDID": f"{row['RECORDID']} - Reversed",
        "STATE": "Reversal",
        "DISPLAYSTATE": "Reversal",
        "RECEIPTDATE": day,
        "PAYMENTDATE": day,
        "WHENPAID": day,
        "WHENCREATED": day,
        "REVERSALDATE": day,
        "REVERSALKEY": row["RECORDNO"],
        "PRBATCHKEY": batch,
        **{f"{p}TOTAL{n}": Decimal(0) for p in ("", "TRX_") for n in ("DUE", "SELECTED")},
    }
    for prefix in ("", "TRX_"):
        entered = amount(-(row[f"{prefix}TOTALENTERED"] or 0))
        made |= {f"{prefix}TOTALENTERED": entered, f"{prefix}TOTALPAID": entered}
    insert(work.books.connection, "ARPYMT", [made])


def _reversed(day: str, reversal: int) -> Mapping[str, Value]:
    return {
        "STATE": "Reversed",
        "DISPLAYSTATE": "Reversed",
        "REVERSEDDATE": day,
        "REVERSEDKEY": reversal,
        "TOTALDUE": Decimal(0),
        "TRX_TOTALDUE": Decimal(0),
    }


def _payer(row: sqlite3.Row) -> Payer:
    return Payer(row["CUSTOMERID"] or "", row["CURRENCY"], row["RECEIPTDATE"], row["RECORDNO"])


def _purse_words(row: sqlite3.Row) -> dict[str, str]:
    # PRBATCH names the summary a posted payment is in, not where its money went.
    return {name: row[name] or "" for name in ("FINANCIALENTITY", "UNDEPOSITEDACCOUNTNO")}


def _customer(work: Work, row: sqlite3.Row) -> Mapping[str, Value]:
    found = work.books.row("SELECT * FROM CUSTOMER WHERE CUSTOMERID = ?", [row["CUSTOMERID"]])
    return dict(found) if found else {}


def _row(work: Work, number: int) -> sqlite3.Row:
    row = document(work, "ARPYMT", number)
    if row is None:
        raise refused(f"Payment {number} does not exist.")
    return row
