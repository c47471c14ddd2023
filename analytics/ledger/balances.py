"""Movements of accounts by month and dimension: the table everything is computed from.

A pandas frame with the columns below, one row per account, period and combination of dimensions;
`amount` is the movement in whole minor units of `currency`, debits positive. Statistical accounts
have an empty currency and count in hundredths, as the gateway does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from analytics.errors import LedgerError

COLUMNS: Final[Mapping[str, str]] = {
    "account": "str",  # account number, text
    "period": "str",  # ISO first day of the month, so that it sorts and hashes as text
    "entity": "str",
    "department": "str",  # "" where the line names none; the same for the other dimensions
    "location": "str",
    "project": "str",
    "currency": "str",
    "amount": "int64",  # minor units
}
KEY: Final = ("account", "period", "entity", "department", "location", "project", "currency")


def balances(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A checked frame from rows that name every column; sorted, so equal books are equal frames."""
    given = list(rows)
    if short := sorted({name for row in given for name in COLUMNS.keys() - row.keys()}):
        raise LedgerError(f"rows of balances name no {', '.join(short)}")
    frame = pd.DataFrame(given, columns=list(COLUMNS))
    if given and str(frame["amount"].dtype) != "int64":
        raise LedgerError("amounts of balances are whole minor units that fit 64 bits")
    return checked(frame.astype(dict(COLUMNS)))


def checked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame sorted by its key; LedgerError where columns, types or uniqueness are wrong."""
    if list(frame.columns) != list(COLUMNS):
        raise LedgerError(f"balances need the columns {', '.join(COLUMNS)}")
    wrong = [c for c, kind in COLUMNS.items() if str(frame[c].dtype) != kind]
    if wrong:
        raise LedgerError(f"wrong type in balances: {', '.join(wrong)}")
    if frame.duplicated(list(KEY)).any():
        raise LedgerError("balances name the same account, period and dimensions twice")
    return frame.sort_values(list(KEY), ignore_index=True)
