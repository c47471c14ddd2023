"""The movements of the local gateway's small company, against the entries written in it."""

from __future__ import annotations

import pandas as pd

from analytics.ledger import DEPARTMENT, LOCATION, AccountNo, dimensions, month
from intacct.read.balances import BalancesQuestion, read_balances
from tests.intacct.local import Local

JANUARY, FEBRUARY = month(2026, 1), month(2026, 2)


def shown(frame: pd.DataFrame, *columns: str) -> list[list[object]]:
    return frame[list(columns)].values.tolist()


def test_the_movements_of_an_entity_are_those_of_its_entries(local: Local) -> None:
    frame = read_balances(local.books(), BalancesQuestion("100", JANUARY, FEBRUARY))

    assert shown(frame, "account", "period", "currency", "amount") == [
        ["4000", "2026-01-01", "USD", -125050],
        ["4000", "2026-02-01", "USD", -200000],
        ["6000", "2026-01-01", "USD", 40000],
    ]


def test_movements_split_by_department_and_location_add_up_to_the_whole(local: Local) -> None:
    question = BalancesQuestion("100", JANUARY, JANUARY, by=(DEPARTMENT, LOCATION))

    frame = read_balances(local.books(), question)

    assert shown(frame, "account", "department", "location", "amount") == [
        ["4000", "OPS", "110", -25050],
        ["4000", "SALES", "100", -100000],
        ["6000", "OPS", "100", 40000],
    ]


def test_the_other_entity_has_its_own_movements_in_its_own_currency(local: Local) -> None:
    frame = read_balances(local.books(), BalancesQuestion("200", JANUARY, FEBRUARY))

    assert shown(frame, "account", "entity", "currency", "amount") == [
        ["4000", "200", "GBP", -30000]
    ]


def test_movements_can_be_limited_to_a_department_or_a_location(local: Local) -> None:
    books = local.books()
    ops = BalancesQuestion("100", JANUARY, FEBRUARY, where=dimensions({"department": "OPS"}))
    boston = BalancesQuestion("100", JANUARY, FEBRUARY, where=dimensions({"location": "110"}))

    assert shown(read_balances(books, ops), "account", "amount") == [
        ["4000", -25050],
        ["6000", 40000],
    ]
    assert shown(read_balances(books, boston), "account", "amount") == [["4000", -25050]]


def test_heads_are_counted_in_hundredths_beside_the_money(local: Local) -> None:
    question = BalancesQuestion("100", FEBRUARY, FEBRUARY, statistical=True)

    assert shown(read_balances(local.books(), question), "account", "currency", "amount") == [
        ["4000", "USD", -200000],
        ["9000", "", 100],
    ]


def test_a_balance_sheet_account_is_told_when_it_is_asked_for(local: Local) -> None:
    question = BalancesQuestion("100", month(2025, 12), JANUARY, (AccountNo("1000"),))

    assert shown(read_balances(local.books(), question), "period", "amount") == [
        ["2025-12-01", 7000],
        ["2026-01-01", 85050],
    ]


def test_an_entry_and_its_reversal_in_one_month_leave_no_movement(local: Local) -> None:
    entry = {"account": "6000", "offset": "1000", "entity": "100", "department": "OPS"}
    for amount in ("90.00", "-90.00"):
        local.book(**entry, date="2026-03-05", amount=amount)

    frame = read_balances(local.books(), BalancesQuestion("100", month(2026, 3), month(2026, 3)))

    assert frame.empty


def test_a_department_brings_those_below_it(local: Local) -> None:
    entry = {"account": "6000", "offset": "1000", "entity": "100", "date": "2026-03-05"}
    local.book(**entry, department="SALES", amount="10.00")
    local.book(**entry, department="WEST", amount="0.05")
    where = dimensions({"department": "SALES"})

    frame = read_balances(
        local.books(), BalancesQuestion("100", month(2026, 3), month(2026, 3), where=where)
    )

    assert shown(frame, "account", "department", "amount") == [["6000", "", 1005]]
