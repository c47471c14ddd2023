"""What a payment asks for, detail by detail: which document, how much money, which credit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from sandbox.company.values import Value, amount
from sandbox.intacct.document_lines import in_hundredths
from sandbox.intacct.received import date_of, number_of, record_number
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused


@dataclass(frozen=True, slots=True)
class Credit:
    """A kind of credit: the columns that name and measure it, and the object it comes from."""

    key: str
    entry: str
    amount: str
    object: str


CREDITS: Mapping[str, Credit] = MappingProxyType(
    {
        "ADVANCE": Credit("ADVANCEKEY", "ADVANCEENTRYKEY", "TRX_POSTEDADVANCEAMOUNT", "ARADVANCE"),
        "ADJUSTMENT": Credit(
            "ADJUSTMENTKEY", "ADJUSTMENTENTRYKEY", "TRX_ADJUSTMENTAMOUNT", "ARADJUSTMENT"
        ),
        "INLINE": Credit("INLINEKEY", "INLINEENTRYKEY", "TRX_INLINEAMOUNT", "ARINVOICE"),
        "OVERPAYMENT": Credit(
            "OVERPAYMENTKEY", "OVERPAYMENTENTRYKEY", "TRX_POSTEDOVERPAYMENTAMOUNT", "ARPYMT"
        ),
        "NEGATIVEINVOICE": Credit(
            "NEGATIVEINVOICEKEY",
            "NEGATIVEINVOICEENTRYKEY",
            "TRX_NEGATIVEINVOICEAMOUNT",
            "ARINVOICE",
        ),
    }
)
TARGETS = (("RECORDKEY", "ENTRYKEY", "ARINVOICE"), ("POSADJKEY", "POSADJENTRYKEY", "ARADJUSTMENT"))
KEYS = tuple(
    name
    for names in (
        *((key, entry) for key, entry, _ in TARGETS),
        *((one.key, one.entry) for one in CREDITS.values()),
    )
    for name in names
)
AMOUNTS = (
    "TRX_PAYMENTAMOUNT",
    "TRX_TOTALDISCOUNTTOAPPLY",
    *(one.amount for one in CREDITS.values()),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One detail in hundredths: a document or one line of it, paid in money or by one credit."""

    object: str
    record: int
    entry: int | None
    cash: int
    discount: int = 0
    discount_day: str | None = None
    credit: str = ""
    credit_record: int = 0
    credit_entry: int | None = None
    credit_amount: int = 0

    @property
    def whole(self) -> int:
        """What is taken off the document, but for a discount that the term decides."""
        return self.cash + self.discount + self.credit_amount


def read_asked(element: etree._Element) -> Asked:
    """What one ARPYMTDETAIL asks for; Refused where it asks for two things, or for none."""
    words = {str(one.tag): (one.text or "").strip() for one in element}
    for name in words:
        if name not in (*KEYS, *AMOUNTS, "DISCOUNTDATE", "RECORDNO", "CURRENCY"):
            raise _refused(f"Field {name} is not valid for {element.tag}.")
    try:
        keys = {name: _whole(name, words[name]) for name in KEYS if words.get(name)}
        figures = {
            name: in_hundredths(number_of(words[name])) for name in AMOUNTS if words.get(name)
        }
        day = date_of(words["DISCOUNTDATE"]) if words.get("DISCOUNTDATE") else None
    except ValueError as error:
        raise _refused(f"{error}.") from error
    return _asked(keys, figures, day)


def asked_of(row: sqlite3.Row) -> Asked:
    """What a detail of a draft asks for."""
    keys = {name: row[name] for name in KEYS if row[name] is not None}
    figures = {name: row[name] for name in AMOUNTS if row[name] is not None}
    return _asked(keys, figures, row["DISCOUNTDATE"])


def columns_of(asked: Asked) -> dict[str, Value]:
    """The detail of a draft, as it was asked for."""
    columns: dict[str, Value] = dict.fromkeys((*KEYS, *AMOUNTS, "TRX_DISCOUNTAMOUNT"))
    columns["PAYMENTAMOUNT"] = columns["TRX_PAYMENTAMOUNT"] = amount(asked.cash)
    columns["DISCOUNTDATE"] = asked.discount_day
    if asked.discount:
        columns["TRX_TOTALDISCOUNTTOAPPLY"] = amount(asked.discount)
    for key, entry, name in TARGETS:
        if name == asked.object:
            columns |= {key: asked.record, entry: asked.entry}
    if asked.credit:
        credit = CREDITS[asked.credit]
        columns |= {
            credit.key: asked.credit_record,
            credit.entry: asked.credit_entry,
            credit.amount: amount(asked.credit_amount),
        }
    return columns


def _asked(keys: Mapping[str, int], figures: Mapping[str, int], day: str | None) -> Asked:
    named = [target for target in TARGETS if target[0] in keys]
    if len(named) != 1:
        raise _refused("A detail pays one invoice (RECORDKEY) or one debit memo (POSADJKEY).")
    key, entry, name = named[0]
    discount = figures.get("TRX_TOTALDISCOUNTTOAPPLY", 0)
    if discount and day:
        raise _refused("Give DISCOUNTDATE or TRX_TOTALDISCOUNTTOAPPLY, never both.")
    used = [one for one, c in CREDITS.items() if c.key in keys or figures.get(c.amount)]
    if len(used) > 1 or (used and figures.get("TRX_PAYMENTAMOUNT")):
        raise _refused("Each credit goes in a detail of its own.")
    if [name for name, figure in figures.items() if figure < 0]:
        raise _refused("The amounts of a payment are never below zero.")
    asked = Asked(
        name, keys[key], keys.get(entry), figures.get("TRX_PAYMENTAMOUNT", 0), discount, day
    )
    return _with_credit(asked, used[0], keys, figures) if used else asked


def _with_credit(
    asked: Asked, name: str, keys: Mapping[str, int], figures: Mapping[str, int]
) -> Asked:
    credit = CREDITS[name]
    record = keys.get(credit.key, asked.record if name == "INLINE" else 0)
    if not record or not figures.get(credit.amount):
        raise _refused(f"A credit needs {credit.key} and {credit.amount}.")
    return Asked(
        asked.object,
        asked.record,
        asked.entry,
        asked.cash,
        asked.discount,
        asked.discount_day,
        name,
        record,
        keys.get(credit.entry),
        figures[credit.amount],
    )


def _whole(name: str, text: str) -> int:
    if not record_number(text):
        raise ValueError(f"{name} must be a record number, not '{text}'")
    return record_number(text)


def _refused(text: str) -> Refused:
    return Refused(Complaint(COULD_NOT, "", text))
