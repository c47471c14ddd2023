"""Payments of customers: drafted, changed while drafts, submitted, deleted while drafts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.ar_documents import active_customer, owned, refused
from sandbox.intacct.asked import Asked, asked_of, columns_of, read_asked
from sandbox.intacct.cash import base_of, check_method, currency_of, purse
from sandbox.intacct.document_lines import in_books, in_hundredths
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.masters import dimension_complaints
from sandbox.intacct.open_items import document, next_number
from sandbox.intacct.receipt_details import details_of, keep_detail
from sandbox.intacct.receipt_posting import submit_receipt, try_receipt
from sandbox.intacct.received import date_of, number_of, record_number
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.selected import refresh_selected
from sandbox.intacct.settling import Complain, too_much
from sandbox.intacct.trail import leave_trail
from sandbox.intacct.work import Work

Keys = tuple[tuple[str, str], ...]
TEXTS = (
    "FINANCIALENTITY",
    "UNDEPOSITEDACCOUNTNO",
    "PRBATCH",
    "PAYMENTMETHOD",
    "CUSTOMERID",
    "PAYERNAME",
    "DOCNUMBER",
    "DESCRIPTION",
    "CURRENCY",
    "BASECURR",
    "OVERPAYMENTLOCATIONID",
    "OVERPAYMENTDEPARTMENTID",
)
DATES = ("RECEIPTDATE", "PAYMENTDATE", "WHENPAID", "EXCH_RATE_DATE")
FIGURES = ("OVERPAYMENTAMOUNT", "EXCHANGE_RATE", "AMOUNTTOPAY", "TRX_AMOUNTTOPAY")
OTHER = ("RECORDNO", "ACTION", "ARPYMTDETAILS", "EXCH_RATE_TYPE_ID", "BILLTOPAYNAME")
KNOWN = (*TEXTS, *DATES, *FIGURES, *OTHER)


def create_receipt(work: Work, element: etree._Element) -> Keys:
    """A new payment, submitted unless it is to stay a draft."""
    words = read_words(element)
    if words.get("RECORDNO"):
        raise refused("Field RECORDNO is not valid for ARPYMT.")
    number = write_receipt(work, words, _details(element))
    leave_trail(work, "ARPYMT", number, "create")
    return (("RECORDNO", str(number)),)


def update_receipt(work: Work, element: etree._Element) -> Keys:
    """A draft changed; details that are sent replace those it had. ACTION Submit submits it."""
    words = read_words(element)
    key = words.pop("RECORDNO", "")
    row = document(work, "ARPYMT", record_number(key))
    if row is None:
        raise Refused(Complaint(f"Cannot update non-existing ARPYMT with RECORDNO={key}."))
    _check_draft(row, "updated")
    rows = details_of(work, row["RECORDNO"])
    sent = element.find("ARPYMTDETAILS") is not None
    details = _details(element) if sent else [asked_of(one) for one in rows]
    _remove(work, row["RECORDNO"])
    write_receipt(work, {**_words_of(row), **words}, details, row)
    leave_trail(work, "ARPYMT", row["RECORDNO"], "modify")
    return (("RECORDNO", key),)


def delete_receipt(work: Work, number: int) -> None:
    """A draft is gone; a submitted payment can only be reversed."""
    row = document(work, "ARPYMT", number)
    if row is None:
        raise refused(f"Cannot find arpymt with key '{number}' to delete.")
    _check_draft(row, "deleted")
    _remove(work, number)
    leave_trail(work, "ARPYMT", number, "delete")


def write_receipt(
    work: Work,
    words: Mapping[str, str],
    details: Sequence[Asked],
    old: sqlite3.Row | None = None,
    complain: Complain = too_much,
) -> int:
    """Keeps a payment as a draft and submits it unless its ACTION is Draft; its record number."""
    action = words.get("ACTION") or "Submit"
    if action not in ("Draft", "Submit"):
        raise refused(f"ACTION cannot be '{action}'.")
    number = int(old["RECORDNO"]) if old else next_number(work)
    columns = _header(work, words, details)
    draft: dict[str, Value] = {
        **owned(work, old),
        "RECORDNO": number,
        "STATE": "Draft",
        "DISPLAYSTATE": "Draft",
        "CLEARED": False,
        **columns,
    }
    insert(work.books.connection, "ARPYMT", [draft])
    for one in details:
        keep_detail(work, number, columns, columns_of(one), "Draft")
    if action == "Submit":
        submit_receipt(work, number, complain)
    else:
        try_receipt(work, number)
        refresh_selected(work, details)
    return number


def read_words(element: etree._Element) -> dict[str, str]:
    """The payment's own elements: dates as yyyy-mm-dd; Refused with all that cannot be read."""
    words = {str(one.tag): (one.text or "").strip() for one in element}
    wrong = [f"Field {name} is not valid for {element.tag}." for name in words if name not in KNOWN]
    for name, text in words.items():
        try:
            if name in DATES and text:
                words[name] = date_of(text)
            if name in FIGURES and text:
                number_of(text)
        except ValueError as error:
            wrong.append(f"{name}: {error}.")
    if wrong:
        raise Refused(*(refused(text).complaints[0] for text in wrong))
    words.pop("ARPYMTDETAILS", None)
    return words


def _header(work: Work, words: Mapping[str, str], details: Sequence[Asked]) -> dict[str, Value]:
    for name in ("PAYMENTMETHOD", "RECEIPTDATE"):
        if not words.get(name):
            raise refused(f"Required field {name} is missing.")
    over = in_hundredths(Decimal(words.get("OVERPAYMENTAMOUNT") or 0))
    if not details and not over:
        raise refused("At least one ARPYMTDETAIL is required.")
    check_method(words)
    customer_name = _who(work, words, over)
    held = purse(work, words)
    places = [held.location, *_overpaid_where(work, words, over), *_places(work, details)]
    currency, base = currency_of(work, held, words, places), base_of(work, places)
    given = Decimal(words["EXCHANGE_RATE"]) if words.get("EXCHANGE_RATE") else None
    rate = rate_of(work, currency, base, words["RECEIPTDATE"], given)
    if held.currency and held.currency != currency:
        raise refused(f"Bank account {words['FINANCIALENTITY']} is in {held.currency}.")
    cash, zero = sum(one.cash for one in details) + over, Decimal(0)
    return {
        **{one: words.get(one) or None for one in TEXTS},
        "CUSTOMERNAME": customer_name,
        "CURRENCY": currency,
        "BASECURR": base,
        "EXCHANGE_RATE": rate,
        "RECEIPTDATE": words["RECEIPTDATE"],
        "PAYMENTDATE": words.get("PAYMENTDATE") or words["RECEIPTDATE"],
        "WHENCREATED": words["RECEIPTDATE"],
        "OVERPAYMENTAMOUNT": amount(in_books(over, rate)),
        "TRX_OVERPAYMENTAMOUNT": amount(over),
        "TOTALENTERED": amount(in_books(cash, rate)),
        "TRX_TOTALENTERED": amount(cash),
        **{f"{p}TOTAL{n}": zero for p in ("", "TRX_") for n in ("PAID", "DUE", "SELECTED")},
    }


def _who(work: Work, words: Mapping[str, str], over: int) -> str | None:
    if words.get("CUSTOMERID"):
        return str(active_customer(work, words["CUSTOMERID"])["NAME"])
    if not words.get("PAYERNAME"):
        raise refused("One of CUSTOMERID or PAYERNAME is required.")
    if over:
        raise refused("An overpayment needs a CUSTOMERID.")
    return None


def _overpaid_where(work: Work, words: Mapping[str, str], over: int) -> list[str]:
    place, department = (
        words.get(f"OVERPAYMENT{name}ID", "") for name in ("LOCATION", "DEPARTMENT")
    )
    found = dimension_complaints(work, "LOCATION", [place])
    found += dimension_complaints(work, "DEPARTMENT", [department])
    if found:
        raise Refused(*found)
    several = len(work.books.rows("SELECT 1 FROM LOCATIONENTITY")) > 1
    if over and several and not place:
        raise refused("Required field OVERPAYMENTLOCATIONID is missing.")
    if over < 0:
        raise refused("OVERPAYMENTAMOUNT is never below zero.")
    return [place] if place else []


def _places(work: Work, details: Sequence[Asked]) -> list[str]:
    """Where the documents that are paid belong."""
    rows = [
        work.books.row(
            f"SELECT LOCATIONID FROM {one.object}ITEM WHERE RECORDKEY = ?",  # noqa: S608 - one of two
            [one.record],
        )
        for one in details
    ]
    return [str(row[0]) for row in rows if row and row[0]]


def _details(element: etree._Element) -> list[Asked]:
    return [read_asked(one) for held in element.findall("ARPYMTDETAILS") for one in held]


def _check_draft(row: sqlite3.Row, done: str) -> None:
    if row["STATE"] != "Draft":
        raise refused(f"Payment {row['RECORDNO']} is submitted and cannot be {done}.")


def _remove(work: Work, number: int) -> None:
    details = [asked_of(one) for one in details_of(work, number)]
    work.books.run("DELETE FROM ARPYMTDETAIL WHERE PAYMENTKEY = ?", [number])
    work.books.run("DELETE FROM ARPYMT WHERE RECORDNO = ?", [number])
    refresh_selected(work, details)


def _words_of(row: sqlite3.Row) -> dict[str, str]:
    """A draft's own elements, as it would be sent again, still a draft."""
    words = {name: row[name] or "" for name in (*TEXTS, "RECEIPTDATE", "PAYMENTDATE")}
    words["EXCHANGE_RATE"] = row["EXCHANGE_RATE"] or ""
    words["OVERPAYMENTAMOUNT"] = format(amount(row["TRX_OVERPAYMENTAMOUNT"] or 0), "f")
    return words | {"ACTION": "Draft"}
