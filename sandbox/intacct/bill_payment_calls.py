"""The calls that write payments of bills."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from sandbox.company.values import Value
from sandbox.intacct.bill_lines import rate_in
from sandbox.intacct.bill_payments import (
    Part,
    add_payment,
    check_parts,
    keep_parts,
    let_off,
    submit_payment,
    void_payment,
)
from sandbox.intacct.bills import action_in, vendor_of
from sandbox.intacct.document_lines import in_hundredths
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.legacy import key_answer, layout, read_call
from sandbox.intacct.master_kind import Element, Keys, MasterKind, complaint
from sandbox.intacct.master_use import reference_complaints
from sandbox.intacct.master_words import read_record
from sandbox.intacct.master_write import find
from sandbox.intacct.received import date_of, number_of, record_number
from sandbox.intacct.refusal import Refused
from sandbox.intacct.rights import permit
from sandbox.intacct.subledger import base_currencies
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import FunctionAnswer, Work

PAYMENT = MasterKind(
    "APPYMT", "Payment", parts=("ACTION", "EXCH_RATE_DATE", "EXCH_RATE_TYPE_ID", "HISTORY_COMMENT")
)
NEEDED = ("FINANCIALENTITY", "PAYMENTMETHOD", "VENDORID", "PAYMENTDATE", "CURRENCY")
WRITABLE = frozenset(
    {*NEEDED, "PAYMENTREQUESTMETHOD", "DOCNUMBER", "DESCRIPTION", "BASECURR", "EXCHANGE_RATE"}
)
METHODS = ("Printed Check", "Cash", "EFT", "Credit Card", "ACH")
REQUESTS = ("vendorpref", "vendor", "bill", "payto")
DETAIL = ("RECORDKEY", "ENTRYKEY", "TRX_PAYMENTAMOUNT", "DISCOUNTDATE", "TRX_TOTALDISCOUNTTOAPPLY")
HELD = "APPYMTDETAILS"
VOID = layout("datevoided:date description")


def create_payment(work: Work, element: Element) -> Keys:
    """A payment by `create`: a draft, or posted at once."""
    submitted = _action(element, "Submit")
    columns = _completed(work, _sent(work, element))
    parts = _parts(work, element)
    check_parts(work, columns, parts, 0)
    number = add_payment(work, columns, parts)
    if submitted:
        submit_payment(work, number)
    leave_trail(work, "APPYMT", number, "create")
    return (("RECORDNO", str(number)),)


def update_payment(work: Work, element: Element) -> Keys:
    """A draft by `update`: details that are sent replace all there were; Submit posts it."""
    row = find(work, PAYMENT, element)
    number = int(row["RECORDNO"] or 0)
    if row["STATE"] != "Draft":
        raise Refused(complaint(f"Payment {number} is {row['STATE']} and cannot be changed."))
    kept: dict[str, Value] = {name: row[name] for name in WRITABLE}
    columns = _completed(work, kept | _sent(work, element))
    parts = _parts(work, element) if element.find(HELD) is not None else _kept(work, number)
    check_parts(work, columns, parts, number)
    update(work, "APPYMT", number, columns)
    keep_parts(work, number, columns, parts)
    if _action(element, "Draft"):
        submit_payment(work, number)
    leave_trail(work, "APPYMT", number, "modify")
    return (("RECORDNO", str(number)),)


def void_appayment(work: Work, call: etree._Element) -> FunctionAnswer:
    """A posted payment voided, on the day given or on its own; its record number."""
    permit(work, "APPYMT", "UPDATE")
    called = read_call(work, call, VOID)
    key = called.attributes.get("key", "")
    if not record_number(key):
        raise Refused(complaint(f"Payment with record number {key} does not exist."))
    void_payment(work, record_number(key), called.text("datevoided"))
    return key_answer(key)


def _action(element: Element, usual: str) -> bool:
    return action_in((element.findtext("ACTION") or "").strip(), usual) == "Submit"


def _sent(work: Work, element: Element) -> dict[str, Value]:
    values, wrong = read_record(work, PAYMENT, element)
    wrong += [
        complaint(f"Field {name} of APPYMT is read-only.")
        for name in values
        if name not in WRITABLE
    ]
    wrong += reference_complaints(work, PAYMENT.object, values)
    for name, known in (("PAYMENTMETHOD", METHODS), ("PAYMENTREQUESTMETHOD", REQUESTS)):
        if values.get(name) and values[name] not in known:
            wrong.append(complaint(f"{name} cannot be '{values[name]}'."))
    if wrong:
        raise Refused(*wrong)
    return values


def _completed(work: Work, sent: Mapping[str, Value]) -> dict[str, Value]:
    if missing := [name for name in NEEDED if not sent.get(name)]:
        raise Refused(*(complaint(f"Required field {name} is missing.") for name in missing))
    vendor = vendor_of(work, str(sent["VENDORID"]), draft=False)
    if vendor["ONHOLD"]:
        raise Refused(complaint(f"Vendor '{sent['VENDORID']}' is on hold."))
    bank = work.books.row(
        "SELECT LOCATIONID FROM CHECKINGACCOUNT WHERE BANKACCOUNTID = ?",
        [str(sent["FINANCIALENTITY"])],
    )
    own = work.books.setup().base_currency
    base = base_currencies(work).get(bank[0] if bank else "") or own
    given = rate_in(sent) if sent.get("EXCHANGE_RATE") else None
    day = str(sent["PAYMENTDATE"])
    return {
        **sent,
        "VENDORNAME": str(vendor["NAME"]),
        "WHENCREATED": day,
        "BASECURR": base,
        "EXCHANGE_RATE": rate_of(work, str(sent["CURRENCY"]), base, day, given),
    }


def _parts(work: Work, element: Element) -> list[Part]:
    found, wrong = [], []
    for one in (one for held in element.findall(HELD) for one in held):
        try:
            found.append(_part(work, one))
        except ValueError as error:
            wrong.append(complaint(f"{error}."))
    if wrong:
        raise Refused(*wrong)
    return found


def _part(work: Work, element: Element) -> Part:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    if unknown := [name for name, text in words.items() if text and name not in DETAIL]:
        raise ValueError(f"Field {unknown[0]} is not valid for APPYMTDETAIL of a bill")
    for name in ("RECORDKEY", "TRX_PAYMENTAMOUNT"):
        if not words.get(name):
            raise ValueError(f"Required field {name} is missing")
    keys = [words["RECORDKEY"], words.get("ENTRYKEY") or "0"]
    if not record_number(keys[0]) or (words.get("ENTRYKEY") and not record_number(keys[1])):
        raise ValueError(f"'{' '.join(keys)}' are not record numbers")
    trx = in_hundredths(number_of(words["TRX_PAYMENTAMOUNT"]))
    if trx <= 0:
        raise ValueError("TRX_PAYMENTAMOUNT must be greater than zero")
    if words.get("DISCOUNTDATE") and words.get("TRX_TOTALDISCOUNTTOAPPLY"):
        raise ValueError("DISCOUNTDATE and TRX_TOTALDISCOUNTTOAPPLY cannot both be sent")
    bill, off = int(keys[0]), 0
    if words.get("DISCOUNTDATE"):
        off = let_off(work, bill, trx, date_of(words["DISCOUNTDATE"]))
    if words.get("TRX_TOTALDISCOUNTTOAPPLY"):
        off = in_hundredths(number_of(words["TRX_TOTALDISCOUNTTOAPPLY"]))
        _check_paid_up(work, bill, trx + off)
    return Part(bill, int(keys[1]) or None, trx, off)


def _check_paid_up(work: Work, bill: int, trx: int) -> None:
    row = work.books.row("SELECT TRX_TOTALDUE FROM APBILL WHERE RECORDNO = ?", [bill])
    if row is None or row[0] != trx:
        raise ValueError("A discount can be taken only if the bill is paid in full")


def _kept(work: Work, number: int) -> list[Part]:
    rows = work.books.rows("SELECT * FROM APPYMTDETAIL WHERE PAYMENTKEY = ?", [number])
    return [
        Part(
            row["RECORDKEY"],
            row["ENTRYKEY"],
            row["TRX_PAYMENTAMOUNT"],
            row["TRX_DISCOUNTAMOUNT"] or 0,
        )
        for row in rows
    ]
