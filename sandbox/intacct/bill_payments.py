"""Payments of bills: kept as drafts, then posted line by line, and taken back when void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.bill_lines import rate_in
from sandbox.intacct.bills import document_number, owned, refresh_vendor
from sandbox.intacct.document_lines import in_books
from sandbox.intacct.master_kind import Row, complaint
from sandbox.intacct.open_items import OpenLine, lines_of, refresh, take
from sandbox.intacct.refusal import Refused
from sandbox.intacct.subledger import AP, Entry, Leg, batch_of, entity_place, post, reverse
from sandbox.intacct.terms import active_term, discount
from sandbox.intacct.trail import leave_trail, new_record, update
from sandbox.intacct.work import Work

DETAILS = "SELECT * FROM APPYMTDETAIL WHERE PAYMENTKEY = ? ORDER BY RECORDNO"
SELECTED = (
    "SELECT COALESCE(SUM(d.TRX_PAYMENTAMOUNT + COALESCE(d.TRX_DISCOUNTAMOUNT, 0)), 0) "
    "FROM APPYMTDETAIL d JOIN APPYMT p ON p.RECORDNO = d.PAYMENTKEY "
    "WHERE d.RECORDKEY = ? AND p.STATE = 'Draft' AND p.RECORDNO <> ?"
)
OPEN = ("Posted", "Partially Paid", "Selected")


@dataclass(frozen=True, slots=True)
class Part:
    """What one detail pays, in hundredths: a bill or one line of it, with what it is let off."""

    bill: int
    line: int | None
    trx: int
    let_off: int = 0


def add_payment(work: Work, columns: Mapping[str, Value], parts: Sequence[Part]) -> int:
    """A new draft of these columns and details; its record number."""
    number = document_number(work)
    row: dict[str, Value] = {
        **owned(work),
        "RECORDNO": number,
        "RECORDID": str(number),
        "RECORDTYPE": "pp",
        "STATE": "Draft",
        "CLEARED": False,
        **columns,
    }
    insert(work.books.connection, "APPYMT", [row])
    keep_parts(work, number, columns, parts)
    return number


def keep_parts(
    work: Work, number: int, columns: Mapping[str, Value], parts: Sequence[Part]
) -> None:
    """These are the draft's details and no others; its totals and its bills' follow."""
    before = {one["RECORDKEY"] for one in work.books.rows(DETAILS, [number])}
    work.books.run("DELETE FROM APPYMTDETAIL WHERE PAYMENTKEY = ?", [number])
    insert(
        work.books.connection, "APPYMTDETAIL", [_detail(work, number, columns, p) for p in parts]
    )
    whole, rate = sum(part.trx for part in parts), rate_in(columns)
    figures: dict[str, Value] = {
        "TRX_TOTALENTERED": amount(whole),
        "TOTALENTERED": amount(in_books(whole, rate)),
        **{f"{p}TOTAL{n}": Decimal(0) for p in ("", "TRX_") for n in ("PAID", "DUE", "SELECTED")},
    }
    update(work, "APPYMT", number, figures)
    for bill in before | {part.bill for part in parts}:
        _select(work, bill)


def check_parts(work: Work, columns: Mapping[str, Value], parts: Sequence[Part], own: int) -> None:
    """Refused where a bill is not there, not this vendor's, or has less due than is to be paid."""
    if not parts:
        raise Refused(complaint("At least one APPYMTDETAIL is required."))
    wanted: dict[int, int] = {}
    for part in parts:
        wanted[part.bill] = wanted.get(part.bill, 0) + part.trx + part.let_off
    wrong: list[str] = []
    for number, trx in wanted.items():
        bill = work.books.row("SELECT * FROM APBILL WHERE RECORDNO = ?", [number])
        if bill is None or bill["STATE"] not in OPEN:
            wrong.append(f"Bill with record number {number} is not open for payment.")
        elif bill["ONHOLD"]:
            wrong.append(f"Bill {bill['RECORDID'] or number} is on hold.")
        elif bill["VENDORID"] != columns["VENDORID"]:
            wrong.append(f"Bill {bill['RECORDID']} is not of vendor '{columns['VENDORID']}'.")
        elif bill["CURRENCY"] != columns["CURRENCY"]:
            wrong.append(f"Bill {bill['RECORDID']} is in {bill['CURRENCY']}.")
        else:
            taken = work.books.row(SELECTED, [number, own])
            left = bill["TRX_TOTALDUE"] - (taken[0] if taken else 0)
            if trx > left:
                said = f"{amount(trx)} exceeds total amount due {amount(left)}"
                wrong.append(f"The payment of {said} of bill {bill['RECORDID'] or number}.")
    if wrong:
        raise Refused(*(complaint(text) for text in wrong))


def let_off(work: Work, bill: int, trx: int, on: str) -> int:
    """The discount a bill still has on a day; Refused where there is none or it is not paid up."""
    row = work.books.row("SELECT * FROM APBILL WHERE RECORDNO = ?", [bill])
    term = active_term(work, "APTERM", row["TERMNAME"]) if row and row["TERMNAME"] else None
    given = discount(term, row["WHENCREATED"], row["TRX_TOTALENTERED"]) if row and term else None
    if row is None or given is None or on > given.grace_until:
        raise Refused(complaint(f"There is no discount on bill {bill} on DISCOUNTDATE."))
    if trx + given.hundredths != row["TRX_TOTALDUE"]:
        raise Refused(complaint("A discount can be taken only if the bill is paid in full."))
    return given.hundredths


def submit_payment(work: Work, number: int) -> None:
    """The draft is posted: its bills are paid line by line, from the bank in the ledger."""
    row = _payment(work, number)
    drafts = work.books.rows(DETAILS, [number])
    work.books.run("DELETE FROM APPYMTDETAIL WHERE PAYMENTKEY = ?", [number])
    legs, paid = list[Leg](), list[Part]()
    for detail in drafts:
        part = _part(dict(detail))
        left = part.trx
        for line, trx in _shares(lines_of(work, "APBILL", part.bill), part):
            cash = min(trx, left)
            left -= cash
            paid.append(Part(part.bill, line.line, cash, trx - cash))
            legs += _settles(work, row, line, trx, trx - cash)
    batch = post(work, _entry(work, row, legs, sum(part.trx for part in paid)))
    insert(work.books.connection, "APPYMTDETAIL", [_detail(work, number, row, p) for p in paid])
    figures = {n: amount(int(row[n] or 0)) for n in ("TOTALENTERED", "TRX_TOTALENTERED")}
    changes: dict[str, Value] = {
        "STATE": "Posted",
        "PRBATCHKEY": batch,
        "WHENPAID": row["PAYMENTDATE"],
        "TOTALPAID": figures["TOTALENTERED"],
        "TRX_TOTALPAID": figures["TRX_TOTALENTERED"],
    }
    update(work, "APPYMT", number, changes)
    _bills_follow(work, row, {part.bill for part in paid}, str(row["PAYMENTDATE"]))


def void_payment(work: Work, number: int, day: str) -> None:
    """A posted payment is taken back: its bills are due again, the ledger shows both."""
    row = _payment(work, number)
    if row["STATE"] != "Posted":
        raise Refused(complaint(f"Payment {number} is {row['STATE']} and cannot be voided."))
    day = day or str(row["PAYMENTDATE"])
    if day < str(row["PAYMENTDATE"]):
        raise Refused(complaint("Date must be on or after the date of the payment."))
    batch = batch_of(work, AP, AP.payments, row)
    if batch:
        reverse(work, batch, AP, day)
    details = work.books.rows(DETAILS, [number])
    for detail in details:
        part = _part(dict(detail))
        _give_back(work, part, part.trx + part.let_off)
    zero = dict.fromkeys(("TOTALPAID", "TRX_TOTALPAID"), Decimal(0))
    update(work, "APPYMT", number, {"STATE": "Void", "REVERSEDDATE": day, **zero})
    _bills_follow(work, row, {one["RECORDKEY"] for one in details}, day)
    leave_trail(work, "APPYMT", number, "modify")


def delete_payment(work: Work, number: int) -> None:
    """A draft is gone and selects nothing any more; what was submitted stays."""
    row = _payment(work, number)
    if row["STATE"] != "Draft":
        raise Refused(complaint(f"Payment {number} is {row['STATE']} and cannot be deleted."))
    keep_parts(work, number, row, [])
    work.books.run("DELETE FROM APPYMT WHERE RECORDNO = ?", [number])
    leave_trail(work, "APPYMT", number, "delete")


def _payment(work: Work, number: int) -> Row:
    row = work.books.row(
        "SELECT * FROM APPYMT WHERE RECORDNO = ? "
        "AND (? = '' OR MEGAENTITYID IS NULL OR MEGAENTITYID = ?)",
        [number, work.caller.entity, work.caller.entity],
    )
    if row is None:
        raise Refused(complaint(f"Payment with record number {number} does not exist."))
    return dict(row)


def _part(detail: Row) -> Part:
    line = detail["ENTRYKEY"]
    return Part(
        int(detail["RECORDKEY"] or 0),
        int(line) if line else None,
        int(detail["TRX_PAYMENTAMOUNT"] or 0),
        int(detail["TRX_DISCOUNTAMOUNT"] or 0),
    )


def _shares(lines: Sequence[OpenLine], part: Part) -> list[tuple[OpenLine, int]]:
    """How much of a part each line gets: its own line alone, or all of them in their order."""
    left, shares = part.trx + part.let_off, []
    for line in lines:
        if part.line not in (None, line.line) or line.open <= 0:
            continue
        share = min(left, line.open)
        if share:
            shares.append((line, share))
        left -= share
    if left:
        text = f"The payment exceeds total amount due on the lines of bill {part.bill}."
        raise Refused(complaint(text))
    return shares


def _settles(work: Work, row: Row, line: OpenLine, trx: int, off: int) -> list[Leg]:
    """The debit of what we owe, and the credit of what we are let off."""
    vendor, setup = (("VENDORID", str(row["VENDORID"])),), work.books.setup().accounts
    place, base = entity_place(work, line.location), take(work, line, trx)
    legs = [Leg(line.account or setup.payable, base, trx, place, vendor)]
    if off:
        share = line.base_of(off)
        legs.append(Leg(setup.discounts_taken, -share, -off, place, vendor))
    return legs


def _entry(work: Work, row: Row, legs: Sequence[Leg], cash: int) -> Entry:
    """The payment in the ledger; what exchange rates made of the debt meanwhile is shown apart."""
    bank = work.books.row(
        "SELECT GLACCOUNTNO, LOCATIONID FROM CHECKINGACCOUNT WHERE BANKACCOUNTID = ?",
        [row["FINANCIALENTITY"]],
    )
    assert bank is not None
    rate = rate_in(row)
    paid = Leg(bank["GLACCOUNTNO"], -in_books(cash, rate), -cash, bank["LOCATIONID"])
    gained = -sum(leg.base for leg in (*legs, paid))
    exchange = work.books.setup().accounts.exchange
    extra = [Leg(exchange, gained, 0, bank["LOCATIONID"])] if gained else []
    day, said = str(row["PAYMENTDATE"]), str(row["RECORDID"])
    title = f"Payment {said}: {row['VENDORNAME']}"
    currency = str(row["CURRENCY"])
    return Entry(AP, AP.payments, day, title, said, currency, rate, (*legs, paid, *extra))


def _give_back(work: Work, part: Part, trx: int) -> None:
    lines = [one for one in lines_of(work, "APBILL", part.bill) if part.line in (None, one.line)]
    for line in reversed(lines):
        share = min(trx, line.paid)
        if share:
            take(work, line, -share)
        trx -= share


def _bills_follow(work: Work, row: Row, bills: set[int], day: str) -> None:
    for bill in bills:
        refresh(work, "APBILL", bill, day)
        _select(work, bill)
    refresh_vendor(work, str(row["VENDORID"]))


def _select(work: Work, bill: int) -> None:
    """What drafts are about to pay on a bill."""
    row = work.books.row("SELECT EXCHANGE_RATE FROM APBILL WHERE RECORDNO = ?", [bill])
    taken = work.books.row(SELECTED, [bill, 0])
    if row and taken:
        base = in_books(taken[0], Decimal(row[0] or 1))
        figures: dict[str, Value] = {
            "TOTALSELECTED": amount(base),
            "TRX_TOTALSELECTED": amount(taken[0]),
        }
        update(work, "APBILL", bill, figures)


def _detail(work: Work, number: int, columns: Mapping[str, Value], part: Part) -> dict[str, Value]:
    return {
        **new_record(work),
        "PAYMENTKEY": number,
        "RECORDKEY": part.bill,
        "ENTRYKEY": part.line,
        "PAYMENTAMOUNT": amount(in_books(part.trx, rate_in(columns))),
        "TRX_PAYMENTAMOUNT": amount(part.trx),
        "TRX_DISCOUNTAMOUNT": amount(part.let_off) if part.let_off else None,
        "PAYMENTDATE": columns["PAYMENTDATE"],
        "CURRENCY": columns["CURRENCY"],
        "BASECURR": columns["BASECURR"],
    }
