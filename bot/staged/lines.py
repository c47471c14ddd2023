"""A line of the ledger as the copy keeps it: whole minor units, debits positive, days as ISO."""

from __future__ import annotations

from datetime import date
from typing import Final

from analytics.ledger import Currency
from bot.store.canonical import instant
from intacct.condition import Condition, all_of, below, from_on
from intacct.read.extract import Record
from intacct.wire import count_from, date_from, instant_from, minor_from, yes_or_no

FIELDS: Final = (
    *("BATCHKEY", "ENTRY_DATE", "ACCOUNTNO", "DEBITAMOUNT", "CREDITAMOUNT", "BASECURR"),
    *("MEGAENTITYID", "DEPARTMENTID", "LOCATIONID", "PROJECTID", "STATISTICAL", "SYMBOL"),
    *("DOCUMENT", "DESCRIPTION", "WHENMODIFIED"),
)
SUMS: Final = ("DEBITAMOUNT", "CREDITAMOUNT")

Row = dict[str, str | int | bool]


def from_day(first: date) -> Condition:
    """The lines from this day on."""
    return from_on("ENTRY_DATE", first)


def within(first: date, before: date) -> Condition:
    """The lines from the first day on, before the other."""
    return all_of(from_day(first), below("ENTRY_DATE", before))


def line_row(record: Record, base: Currency) -> Row:
    """The line as a row of `staged_line`; Garbled where a figure or a date is none.

    `base` is the company's own currency, for lines that name none; statistical lines have none
    and count in hundredths.
    """
    said = record.fields
    counts = yes_or_no(said["STATISTICAL"])
    currency = Currency("") if counts else Currency(said["BASECURR"] or base)
    debit, credit = (minor_from(said[field] or "0", currency) for field in SUMS)
    return {
        "record_no": record.number,
        "batch_key": count_from(said["BATCHKEY"]),
        "entry_date": date_from(said["ENTRY_DATE"]).isoformat(),
        "account": said["ACCOUNTNO"],
        "currency": currency,
        "amount": debit - credit,
        "debit": debit,
        "entity": said["MEGAENTITYID"],
        "department": said["DEPARTMENTID"],
        "location": said["LOCATIONID"],
        "project": said["PROJECTID"],
        "statistical": counts,
        "journal": said["SYMBOL"],
        "document": said["DOCUMENT"],
        "description": said["DESCRIPTION"],
        "modified": moment(said["WHENMODIFIED"]),
    }


def moment(written: str) -> str:
    """An instant as Intacct writes it, as the store keeps it; "" for none."""
    return instant(instant_from(written)) if written else ""
