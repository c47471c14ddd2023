"""What is still to be paid or applied: one row per document with something left on it.

Debits positive: an invoice we are owed is positive, a credit memo, an advance or a bill negative,
so that the sum of a ledger's items is the balance of its control account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from analytics.ledger.frame import Kind, framed

COLUMNS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "source": "str",  # the kind of document, as Intacct names it
        "record": "str",  # its record number there: source and record name the row
        "document": "str",  # the number people know it by
        "party": "str",  # the customer's or the vendor's id
        "entity": "str",  # "" for the top level
        "issued": "datetime64[s]",
        "due": "datetime64[s]",  # none for advances
        "currency": "str",
        "amount": "int64",  # what is left, in minor units of the currency
        "entered": "int64",  # what it was when entered, in the same
        "base_currency": "str",
        "base_amount": "int64",  # what is left, in minor units of the entity's own currency
    }
)


def open_items(given: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """A checked frame of open items; LedgerError where a column is missing or does not fit."""
    return framed("open items", COLUMNS, given)
