from __future__ import annotations

import pytest

from analytics.errors import LedgerError
from analytics.ledger.open_items import COLUMNS, open_items


def test_no_open_items_are_a_table_with_all_its_columns() -> None:
    assert list(open_items({name: [] for name in COLUMNS})) == list(COLUMNS)


def test_open_items_without_their_record_numbers_are_refused() -> None:
    with pytest.raises(LedgerError, match="record"):
        open_items({name: [] for name in COLUMNS if name != "record"})
