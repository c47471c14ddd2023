"""What was received from customers and paid to vendors, and what it was applied to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.ledger import Currency, Period
from analytics.ledger.payments import APPLIED, PAYMENTS, applied, payments
from intacct.client import Intacct
from intacct.condition import all_of, between, different, filled, one_of
from intacct.errors import Garbled
from intacct.read.query import tuples
from intacct.read.setup import own_currency
from intacct.wire import date_from, minor_from


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of payment: its object, its lines, whose it is, its day, and its sign."""

    name: str
    detail: str
    party: str
    day: str
    sign: int


RECEIVED: Final = Source("ARPYMT", "ARPYMTDETAIL", "CUSTOMERID", "RECEIPTDATE", 1)
PAID: Final = Source("APPYMT", "APPYMTDETAIL", "VENDORID", "PAYMENTDATE", -1)


def read_payments(books: Intacct, period: Period, source: Source = RECEIVED) -> pd.DataFrame:
    """A payments frame: the payments of these days that are no drafts.

    Money received is positive, money paid negative; reversed payments carry that state.
    """
    fields = (
        *("RECORDNO", "DOCNUMBER", source.party, "MEGAENTITYID", source.day, "FINANCIALENTITY"),
        *("PAYMENTMETHOD", "STATE", "CURRENCY", "BASECURR", "TRX_TOTALENTERED", "TOTALENTERED"),
    )
    where = all_of(between(source.day, period.first, period.last), different("STATE", "Draft"))
    own = own_currency(books)
    columns: dict[str, list[object]] = {name: [] for name in PAYMENTS}
    for texts in tuples(books, source.name, fields, where):
        record, document, party, entity, day, bank, method, state, *money = texts
        currency, amount = _money(money, own)
        row = (source.name, record, document, party, entity, date_from(day), bank, method, state)
        for name, value in zip(PAYMENTS, (*row, currency, source.sign * amount), strict=True):
            columns[name].append(value)
    return payments(columns)


def read_applied(books: Intacct, records: Sequence[str], source: Source = RECEIVED) -> pd.DataFrame:
    """A frame of what the payments with these record numbers were applied to."""
    fields = (
        *("RECORDNO", "PAYMENTKEY", "RECORDKEY", "PAYMENTDATE", "CURRENCY", "BASECURR"),
        *("TRX_PAYMENTAMOUNT", "PAYMENTAMOUNT"),
    )
    own = own_currency(books)
    columns: dict[str, list[object]] = {name: [] for name in APPLIED}
    where = all_of(one_of("PAYMENTKEY", records), filled("RECORDKEY")) if records else None
    for texts in tuples(books, source.detail, fields, where) if where else ():
        record, payment, document, day, *money = texts
        currency, amount = _money(money, own)
        row = (record, payment, document, date_from(day) if day else None, currency, amount)
        for name, value in zip(APPLIED, row, strict=True):
            columns[name].append(value)
    return applied(columns)


def _money(texts: Sequence[str], own: Callable[[], Currency]) -> tuple[Currency, int]:
    """The amount as entered, or in the entity's own currency where nothing else is told."""
    shown, base, entered, base_entered = texts
    currency = Currency(shown or base) or own()
    if not currency:
        raise Garbled("a payment names no currency, and neither do the books")
    return currency, minor_from(entered or base_entered or "0", currency)
