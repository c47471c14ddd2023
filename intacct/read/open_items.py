"""Invoices, bills, adjustments and advances with something left on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.ledger import Currency
from analytics.ledger.open_items import COLUMNS, open_items
from intacct.client import Intacct
from intacct.condition import Condition, all_of, any_of, different, empty, none_of, one_of
from intacct.errors import Garbled
from intacct.read.query import Texts, tuples
from intacct.read.setup import own_currency
from intacct.wire import date_from, minor_from

NOT_POSTED: Final = ("Draft", "Submitted", "Partially Approved", "Declined")
_SHARED: Final = ("RECORDNO", "RECORDID", "MEGAENTITYID", "CURRENCY", "BASECURR")
_AMOUNTS: Final = ("TRX_TOTALDUE", "TRX_TOTALENTERED", "TOTALDUE", "TOTALENTERED")


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of document: whose it is, where its days stand, and on which side it counts."""

    name: str
    party: str
    issued: str
    due: str
    sign: int  # of an amount as Intacct shows it; 0 where it is a credit whatever its sign


INVOICES: Final = Source("ARINVOICE", "CUSTOMERID", "WHENCREATED", "WHENDUE", 1)
CUSTOMER_ADJUSTMENTS: Final = Source("ARADJUSTMENT", "CUSTOMERID", "WHENCREATED", "WHENDUE", 1)
ADVANCES: Final = Source("ARADVANCE", "CUSTOMERID", "PAYMENTDATE", "", 0)
BILLS: Final = Source("APBILL", "VENDORID", "WHENCREATED", "WHENDUE", -1)
RECEIVABLES: Final = (INVOICES, CUSTOMER_ADJUSTMENTS, ADVANCES)


def read_open_items(
    books: Intacct, sources: Sequence[Source] = RECEIVABLES, parties: Sequence[str] = ()
) -> pd.DataFrame:
    """An open items frame: the posted documents of these kinds that have something left.

    No parties named means all of them. Credit memos, advances and bills are negative. What
    entities own is seen from the top, too.
    """
    own = own_currency(books)
    columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
    for source in sources:
        for texts in tuples(books, source.name, _fields(source), _where(source, parties)):
            for name, value in zip(COLUMNS, _values(source, texts, own), strict=True):
                columns[name].append(value)
    return open_items(columns)


def _fields(source: Source) -> tuple[str, ...]:
    days = (source.issued, *([source.due] if source.due else []))
    return (*_SHARED, source.party, *_AMOUNTS, *days)


def _where(source: Source, parties: Sequence[str]) -> Condition:
    posted = any_of(none_of("STATE", NOT_POSTED), empty("STATE"))
    left = all_of(different("TOTALDUE", 0), posted)
    return all_of(left, one_of(source.party, parties)) if parties else left


def _values(source: Source, texts: Texts, own: Callable[[], Currency]) -> tuple[object, ...]:
    """One row in the order of the columns."""
    record, document, entity, shown, base, party, *rest = texts
    left, entered, base_left, base_entered = rest[:4]
    base_currency = Currency(base) or own()
    currency = Currency(shown) or base_currency
    if not base_currency:
        raise Garbled(f"{source.name} {record} names no currency, and neither do the books")
    issued, due = rest[4], rest[5] if source.due else ""
    return (
        source.name,
        record,
        document,
        party,
        entity,
        date_from(issued) if issued else None,
        date_from(due) if due else None,
        currency,
        _signed(source, minor_from(left or base_left, currency)),
        _signed(source, minor_from(entered or base_entered, currency)),
        base_currency,
        _signed(source, minor_from(base_left, base_currency)),
    )


def _signed(source: Source, amount: int) -> int:
    return source.sign * amount if source.sign else -abs(amount)
