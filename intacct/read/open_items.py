"""Invoices, bills, adjustments and advances with something left on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from analytics.ledger import Currency
from analytics.ledger.open_items import COLUMNS, open_items
from intacct.client import Intacct
from intacct.condition import Condition, all_of, different, equal, none_of, one_of
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
    left = all_of(different("TOTALDUE", 0), none_of("STATE", NOT_POSTED))
    return all_of(left, one_of(source.party, parties)) if parties else left
