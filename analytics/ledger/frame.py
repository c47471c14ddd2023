"""A table whose columns are declared once and checked where it enters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd

from analytics.errors import LedgerError

Kind = Literal["str", "int64", "datetime64[s]"]
DAY: Final[Kind] = "datetime64[s]"


def framed(
    what: str, columns: Mapping[str, Kind], given: Mapping[str, Sequence[object]]
) -> pd.DataFrame:
    """A frame of exactly these columns and types, from one sequence of values for each.

    A day that is None is not a time; LedgerError names a column that is missing or does not fit.
    """
    if wrong := sorted(columns.keys() ^ given.keys()):
        raise LedgerError(f"{what} have the columns {', '.join(columns)}; see {', '.join(wrong)}")
    return pd.DataFrame(
        {name: _column(what, name, kind, given[name]) for name, kind in columns.items()}
    )


def _column(
    what: str, name: str, kind: Kind, values: Sequence[object]
) -> np.ndarray | pd.Series[str]:
    try:
        match kind:
            case "int64":
                return _whole(values)
            case "str":
                return _texts(values)
        return np.array(values, dtype=kind)
    except (TypeError, ValueError) as error:
        raise LedgerError(f"{what}: {name} holds something else than {kind}") from error


def _texts(values: Sequence[object]) -> pd.Series[str]:
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(values):
        raise ValueError("not texts")
    return pd.Series(texts, dtype="str")


def _whole(values: Sequence[object]) -> np.ndarray:
    """Floats would be cut and numbers beyond 64 bits turned into objects, so both are refused."""
    made = np.array(values) if len(values) else np.array([], dtype="int64")
    if made.dtype != np.dtype("int64"):
        raise ValueError("not whole numbers of 64 bits")
    return made
