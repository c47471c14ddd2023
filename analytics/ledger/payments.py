"""Money that came in or went out: one row per payment, and one per document it was applied to.

Amounts are minor units. Money received is positive, money paid negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from analytics.ledger.frame import Kind, framed

PAYMENTS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "source": "str",
        "record": "str",
        "document": "str",  # the check's or transfer's number
        "party": "str",
        "entity": "str",
        "day": "datetime64[s]",  # the day it was received or made
        "bank": "str",
        "method": "str",
        "state": "str",  # Intacct's label
        "currency": "str",
        "amount": "int64",
    }
)
APPLIED: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "record": "str",
        "payment": "str",  # the payment's record number
        "paid": "str",  # the record number of the document it was applied to
        "day": "datetime64[s]",
        "currency": "str",
        "amount": "int64",
    }
)


def payments(given: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """A checked frame of payments; LedgerError where a column is missing or does not fit."""
    return framed("payments", PAYMENTS, given)


def applied(given: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """A checked frame of what was applied; LedgerError where a column does not fit."""
    return framed("applied payments", APPLIED, given)
