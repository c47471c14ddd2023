from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
import pytest

from analytics.errors import LedgerError
from analytics.ledger.frame import Kind, framed

COLUMNS: Final[dict[str, Kind]] = {"id": "str", "day": "datetime64[s]", "amount": "int64"}


def test_a_table_has_the_declared_types_with_rows_and_without() -> None:
    days = [date(2026, 3, 9), None]
    full = framed("rows", COLUMNS, {"id": ["007", ""], "day": days, "amount": [2**62, -5]})
    bare = framed("rows", COLUMNS, {"id": [], "day": [], "amount": []})

    assert [str(kind) for kind in full.dtypes] == ["str", "datetime64[s]", "int64"]
    assert list(full.dtypes) == list(bare.dtypes)
    assert list(full["id"]) == ["007", ""]
    assert (full["day"][0], full["day"].isna()[1]) == (pd.Timestamp(2026, 3, 9), True)
    assert list(full["amount"]) == [2**62, -5]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", [1.5]),
        ("amount", [2**63]),
        ("amount", ["1"]),
        ("amount", [None]),
        ("id", [7]),
        ("id", [None]),
        ("day", ["soon"]),
    ],
)
def test_what_does_not_fit_its_column_is_refused(column: str, values: list[object]) -> None:
    row: dict[str, list[object]] = {"id": ["a"], "day": [date(2026, 3, 9)], "amount": [1]}

    with pytest.raises(LedgerError, match=column):
        framed("rows", COLUMNS, row | {column: values})


def test_a_missing_or_a_strange_column_is_named() -> None:
    with pytest.raises(LedgerError, match="amount, when"):
        framed("rows", COLUMNS, {"id": [], "day": [], "when": []})
