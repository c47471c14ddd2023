from __future__ import annotations

import pandas as pd
import pytest

from analytics.errors import LedgerError
from analytics.ledger.balances import COLUMNS, balances, checked


def row(account: str, period: str, amount: object, department: str = "") -> dict[str, object]:
    return {
        "account": account,
        "period": period,
        "entity": "100",
        "department": department,
        "location": "",
        "project": "",
        "currency": "USD",
        "amount": amount,
    }


def test_equal_books_are_equal_frames_in_whatever_order_they_came() -> None:
    rows = [
        row("6000", "2025-02-01", 200),
        row("6000", "2025-01-01", 100),
        row("4000", "2025-02-01", -300),
    ]

    there, back = balances(rows), balances(reversed(rows))

    pd.testing.assert_frame_equal(there, back)
    assert list(there["amount"]) == [-300, 100, 200]


def test_account_numbers_stay_text_and_amounts_whole() -> None:
    frame = balances([row("0400", "2025-01-01", 9_007_199_254_740_993)])

    assert list(frame["account"]) == ["0400"]
    assert list(frame["amount"]) == [9_007_199_254_740_993]
    assert {name: str(frame[name].dtype) for name in frame} == dict(COLUMNS)


def test_books_without_a_row_are_books() -> None:
    frame = balances([])

    assert len(frame) == 0
    assert {name: str(frame[name].dtype) for name in frame} == dict(COLUMNS)


@pytest.mark.parametrize("amount", [10.5, 10.0, None, "10", 2**63])
def test_an_amount_that_is_no_whole_number_of_coins_is_refused(amount: object) -> None:
    with pytest.raises(LedgerError, match="whole"):
        balances([row("6000", "2025-01-01", amount)])


def test_a_row_that_leaves_a_column_out_is_refused() -> None:
    short = row("6000", "2025-01-01", 1)
    del short["project"]

    with pytest.raises(LedgerError, match="project"):
        balances([row("6100", "2025-01-01", 1), short])


def test_the_same_place_twice_is_refused() -> None:
    with pytest.raises(LedgerError, match="twice"):
        balances([row("6000", "2025-01-01", 1), row("6000", "2025-01-01", 2)])


def test_another_department_is_another_place() -> None:
    frame = balances([row("6000", "2025-01-01", 1, "A"), row("6000", "2025-01-01", 2, "B")])

    assert int(frame["amount"].sum()) == 3


def test_a_frame_with_other_columns_or_types_is_refused() -> None:
    frame = balances([row("6000", "2025-01-01", 1)])

    with pytest.raises(LedgerError, match="need the columns"):
        checked(frame.drop(columns="project"))
    with pytest.raises(LedgerError, match="wrong type in balances: amount"):
        checked(frame.astype({"amount": "float64"}))
