from __future__ import annotations

import pytest

from analytics.errors import LedgerError
from analytics.ledger.payments import APPLIED, PAYMENTS, applied, payments


def test_no_payments_are_tables_with_all_their_columns() -> None:
    assert list(payments({name: [] for name in PAYMENTS})) == list(PAYMENTS)
    assert list(applied({name: [] for name in APPLIED})) == list(APPLIED)


def test_payments_of_half_a_coin_are_refused() -> None:
    row: dict[str, list[object]] = {name: ["x"] for name in APPLIED}

    with pytest.raises(LedgerError, match="amount"):
        applied(row | {"day": [None], "amount": [0.5]})
