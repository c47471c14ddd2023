"""Posted lines of the ledger: one row per line, debits positive.

Amounts are minor units. Statistical lines have no currency and count in hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from analytics.ledger.frame import Kind, framed

COLUMNS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "record": "str",  # the line's record number
        "batch": "str",  # the record number of the journal entry it stands in
        "day": "datetime64[s]",  # posting date
        "journal": "str",
        "module": "str",  # where it came from: 2.GL, 3.AP, 4.AR
        "account": "str",
        "entity": "str",  # who owns the entry, "" for the top; whose books follows from location
        "department": "str",
        "location": "str",
        "project": "str",
        "customer": "str",
        "vendor": "str",
        "item": "str",
        "class": "str",
        "document": "str",
        "description": "str",
        "currency": "str",
        "amount": "int64",  # in the entity's own currency
        "entered_currency": "str",
        "entered_amount": "int64",  # as the document has it
    }
)


def ledger_lines(given: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """A checked frame of ledger lines; LedgerError where a column is missing or does not fit."""
    return framed("ledger lines", COLUMNS, given)
