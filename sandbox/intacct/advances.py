"""Advances: money that came before any invoice, held until a payment applies it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree

from sandbox.company.shape import DIMENSIONS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.ar_documents import active_customer, owned, refused
from sandbox.intacct.cash import base_of, cash_legs, check_method, currency_of, purse
from sandbox.intacct.document_lines import (
    Item,
    check_items,
    in_books,
    in_hundredths,
    keep_items,
    kept_items,
)
from sandbox.intacct.exchange import rate_of
from sandbox.intacct.open_items import document, next_number, refresh, refresh_customer
from sandbox.intacct.received import date_of, number_of, record_number
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.subledger import AR, Entry, Leg, entity_place, erase, post, reverse
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import Work

Keys = tuple[tuple[str, str], ...]
REQUIRED = ("CUSTOMERID", "PAYMENTMETHOD", "PAYMENTDATE", "RECEIPTDATE")
TEXTS = (
    "CUSTOMERID",
    "PAYMENTMETHOD",
    "FINANCIALENTITY",
    "UNDEPOSITEDACCOUNTNO",
    "PRBATCH",
    "DOCNUMBER",
    "DESCRIPTION",
    "CURRENCY",
    "BASECURR",
)
DATES = ("PAYMENTDATE", "RECEIPTDATE", "EXCH_RATE_DATE")
OTHER = ("RECORDNO", "ACTION", "EXCHANGE_RATE", "EXCH_RATE_TYPE_ID", "ARADVANCEITEMS")
LINE = ("RECORDNO", "ACCOUNTNO", "ACCOUNTLABEL", "TRX_AMOUNT", "ENTRYDESCRIPTION", *DIMENSIONS)


def create_advance(work: Work, element: etree._Element) -> Keys:
    """A new advance, posted unless it is to stay a draft."""
    words = _words(element)
    if words.get("RECORDNO"):
        raise refused("Field RECORDNO is not valid for ARADVANCE.")
    number = write_advance(work, words, _items(work, element))
    leave_trail(work, "ARADVANCE", number, "create")
    return (("RECORDNO", str(number)),)


def update_advance(work: Work, element: etree._Element) -> Keys:
    """An advance no payment has used, changed; lines that are sent replace those it had."""
    words = _words(element)
    key = words.pop("RECORDNO", "")
    row = document(work, "ARADVANCE", record_number(key))
    if row is None:
        raise Refused(Complaint(f"Cannot update non-existing ARADVANCE with RECORDNO={key}."))
    number = int(row["RECORDNO"])
    sent = element.find("ARADVANCEITEMS") is not None
    items = _items(work, element) if sent else kept_items(work, "ARADVANCEITEM", number)
    kept = {name: row[name] or "" for name in (*TEXTS, "PAYMENTDATE", "RECEIPTDATE")}
    kept |= {"PRBATCH": "", "EXCHANGE_RATE": row["EXCHANGE_RATE"] or ""}
    kept["ACTION"] = "Draft" if row["STATE"] == "Draft" else "Submit"
    _remove(work, row)
    write_advance(work, {**kept, **words}, [_new(item) for item in items], row)
    leave_trail(work, "ARADVANCE", number, "modify")
    return (("RECORDNO", key),)


def delete_advance(work: Work, number: int) -> None:
    """An advance no payment has used is gone, from the ledger too."""
    row = document(work, "ARADVANCE", number)
    if row is None:
        raise refused(f"Cannot find aradvance with key '{number}' to delete.")
    _remove(work, row)
    refresh_customer(work, row["CUSTOMERID"])
    leave_trail(work, "ARADVANCE", number, "delete")


def write_advance(
    work: Work, words: Mapping[str, str], items: Sequence[Item], old: sqlite3.Row | None = None
) -> int:
    """Keeps an advance and posts it unless its ACTION is Draft; its record number."""
    action = words.get("ACTION") or "Submit"
    if action not in ("Draft", "Submit"):
        raise refused(f"ACTION cannot be '{action}'.")
    for name in REQUIRED:
        if not words.get(name):
            raise refused(f"Required field {name} is missing.")
    check_items(work, items)
    number = int(old["RECORDNO"]) if old else next_number(work)
    columns = _header(work, words, items)
    draft: dict[str, Value] = {**owned(work, old), "RECORDNO": number, "STATE": "Draft", **columns}
    insert(work.books.connection, "ARADVANCE", [draft])
    rate = Decimal(str(columns["EXCHANGE_RATE"]))
    keep_items(work, "ARADVANCEITEM", number, items, columns, rate)
    if action == "Submit":
        _submit(work, number, items)
    return number


def reverse_advance(work: Work, row: sqlite3.Row, day: str) -> int:
    """An advance no payment has used is taken back on a day; its own record number."""
    number = int(row["RECORDNO"])
    _check_unused(row)
    if row["STATE"] == "Draft":
        raise refused(f"Advance {number} is a draft and cannot be reversed.")
    if day < row["RECEIPTDATE"]:
        raise refused("The reversal date must be on or after the date of the advance.")
    reverse(work, row["PRBATCHKEY"], AR, day)
    zero = Decimal(0)
    changes: dict[str, Value] = {
        "STATE": "Reversed",
        "REVERSEDDATE": day,
        "TOTALDUE": zero,
        "TRX_TOTALDUE": zero,
    }
    update(work, "ARADVANCE", number, changes)
    refresh_customer(work, row["CUSTOMERID"])
    leave_trail(work, "ARADVANCE", number, "modify")
    return number


def _submit(work: Work, number: int, items: Sequence[Item]) -> None:
    row = document(work, "ARADVANCE", number)
    assert row is not None
    rate = Decimal(row["EXCHANGE_RATE"])
    cash: dict[str, int] = {}
    legs: tuple[Leg, ...] = ()
    for item in items:
        place = entity_place(work, item.location)
        cash[place] = cash.get(place, 0) + item.trx
        own = {k: v for k, v in item.places if k not in ("LOCATIONID", "CUSTOMERID")}
        dimensions = (*own.items(), ("CUSTOMERID", row["CUSTOMERID"]))
        base = in_books(item.trx, rate)
        legs += (Leg(item.account, -base, -item.trx, place, dimensions),)
    held = purse(work, {n: row[n] or "" for n in ("FINANCIALENTITY", "UNDEPOSITEDACCOUNTNO")})
    reference = f"ADV-{number}"
    entry = Entry(
        AR,
        AR.payments,
        row["RECEIPTDATE"],
        f"Advance {reference}: {row['CUSTOMERNAME']}",
        reference,
        row["CURRENCY"],
        rate,
        cash_legs(held, cash, rate) + legs,
    )
    changes: dict[str, Value] = {
        "STATE": "Posted",
        "RECORDID": reference,
        "PRBATCH": f"Advances {row['RECEIPTDATE'][:7]}",
        "PRBATCHKEY": post(work, entry),
    }
    update(work, "ARADVANCE", number, changes)
    refresh(work, "ARADVANCE", number, row["RECEIPTDATE"])
    refresh_customer(work, row["CUSTOMERID"])


def _header(work: Work, words: Mapping[str, str], items: Sequence[Item]) -> dict[str, Value]:
    customer = active_customer(work, words["CUSTOMERID"])
    check_method(words)
    held = purse(work, words)
    places = [held.location, *(item.location for item in items)]
    currency, base = currency_of(work, held, words, places), base_of(work, places)
    if held.currency and held.currency != currency:
        raise refused(f"Bank account {words['FINANCIALENTITY']} is in {held.currency}.")
    given = Decimal(words["EXCHANGE_RATE"]) if words.get("EXCHANGE_RATE") else None
    rate, zero = rate_of(work, currency, base, words["RECEIPTDATE"], given), Decimal(0)
    return {
        **{name: words.get(name) or None for name in TEXTS},
        "CUSTOMERNAME": customer["NAME"],
        "CURRENCY": currency,
        "BASECURR": base,
        "EXCHANGE_RATE": rate,
        "RECEIPTDATE": words["RECEIPTDATE"],
        "PAYMENTDATE": words["PAYMENTDATE"],
        "WHENCREATED": words["RECEIPTDATE"],
        "RECORDTYPE": "rr",
        "TOTALENTERED": amount(sum(in_books(item.trx, rate) for item in items)),
        "TRX_TOTALENTERED": amount(sum(item.trx for item in items)),
        **{f"{p}TOTAL{n}": zero for p in ("", "TRX_") for n in ("PAID", "DUE", "SELECTED")},
    }


def _words(element: etree._Element) -> dict[str, str]:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    for name, text in words.items():
        if name not in (*TEXTS, *DATES, *OTHER):
            raise refused(f"Field {name} is not valid for {element.tag}.")
        try:
            if name in DATES and text:
                words[name] = date_of(text)
            if name == "EXCHANGE_RATE" and text:
                number_of(text)
        except ValueError as error:
            raise refused(f"{name}: {error}.") from error
    return words


def _items(work: Work, element: etree._Element) -> list[Item]:
    return [_item(work, one) for held in element.findall("ARADVANCEITEMS") for one in held]


def _item(work: Work, element: etree._Element) -> Item:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    for name in words:
        if name not in LINE:
            raise refused(f"Field {name} is not valid for {element.tag}.")
    if words.get("ACCOUNTLABEL"):
        raise refused(f"Account label '{words['ACCOUNTLABEL']}' does not exist.")
    try:
        trx = in_hundredths(number_of(words.get("TRX_AMOUNT", "")))
    except ValueError as error:
        raise refused(f"TRX_AMOUNT: {error}.") from error
    if trx <= 0:
        raise refused("The TRX_AMOUNT of an advance must be greater than zero.")
    words.setdefault("LOCATIONID", work.caller.entity)
    places = tuple((name, words[name]) for name in DIMENSIONS if words.get(name))
    account = words.get("ACCOUNTNO", "")
    return Item(account, account, trx, words.get("ENTRYDESCRIPTION", ""), places)


def _new(item: Item) -> Item:
    return Item(item.account, item.account, item.trx, item.memo, item.places)


def _check_unused(row: sqlite3.Row) -> None:
    if row["TRX_TOTALPAID"] or row["STATE"] in ("Reversed", "Reversal"):
        raise refused(f"Advance {row['RECORDNO']} is {row['STATE']} and cannot be changed.")
    if row["STATE"] != "Draft" and row["PRBATCHKEY"] is None:
        raise refused(f"Advance {row['RECORDNO']} has no entry in the ledger to take back.")


def _remove(work: Work, row: sqlite3.Row) -> None:
    _check_unused(row)
    if row["STATE"] != "Draft":
        erase(work, row["PRBATCHKEY"], AR)
    work.books.run("DELETE FROM ARADVANCEITEM WHERE RECORDKEY = ?", [row["RECORDNO"]])
    work.books.run("DELETE FROM ARADVANCE WHERE RECORDNO = ?", [row["RECORDNO"]])
