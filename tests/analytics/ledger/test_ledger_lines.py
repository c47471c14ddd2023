from __future__ import annotations

import pytest

from analytics.errors import LedgerError
from analytics.ledger.ledger_lines import COLUMNS, ledger_lines


def test_no_ledger_lines_are_a_table_with_all_its_columns() -> None:
    assert list(ledger_lines({name: [] for name in COLUMNS})) == list(COLUMNS)


def test_ledger_lines_without_their_record_numbers_are_refused() -> None:
    with pytest.raises(LedgerError, match="record"):
        ledger_lines({name: [] for name in COLUMNS if name != "record"})
