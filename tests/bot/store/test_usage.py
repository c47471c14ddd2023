from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, insert

from bot.store.clock import store_now
from bot.store.engine import open_store
from bot.store.gate import StoreGate
from bot.store.tables import api_use
from bot.store.usage import Usage, projected, usage
from intacct.gate import Limits


def spend(gate: StoreGate, billed: int) -> None:
    with gate.passing(longest=60, patience=5) as turn:
        turn.billed = billed


def test_what_was_billed_survives_the_process(store: Engine, store_url: str) -> None:
    spend(StoreGate(store, "acme", Limits(), 100), 3)
    again = open_store(store_url)
    gate = StoreGate(again, "acme", Limits(), 100)

    spend(gate, 4)
    gate.count(-1)  # it was refused, and what is refused is not billed
    gate.count(0)

    assert usage(again, "acme", 100).billed == 6
    assert usage(again, "other", 100).billed == 0
    again.dispose()


def test_last_month_does_not_count_in_this_one(store: Engine) -> None:
    row = {"company": "acme", "month": "2020-02", "billed": 99, "warned_percent": 80}
    with store.begin() as tx:
        tx.execute(insert(api_use), row)
        month = f"{store_now(tx):%Y-%m}"

    spend(StoreGate(store, "acme", Limits(), 100), 1)

    assert (usage(store, "acme", 100).month, usage(store, "acme", 100).billed) == (month, 1)


def test_four_fifths_and_the_whole_allowance_are_told_once_a_month_each(
    store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    gates = [StoreGate(store, "acme", Limits(), 100) for _ in range(2)]

    with caplog.at_level(logging.WARNING, "tieout.gate"):
        for number in range(14):  # 8, 16, … 112
            spend(gates[number % 2], 8)

    told = [line.getMessage() for line in caplog.records]
    assert [words.partition(".")[0] for words in told] == [
        "80 % of the allowance is used",
        "100 % of the allowance is used",
    ]
    assert "80 of 100 (80 %)" in told[0]
    assert "104 of 100 (104 %)" in told[1]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 11, tzinfo=UTC), 3000),  # 1,000 in 10 days of 30
        (datetime(2026, 11, 1, 1, tzinfo=UTC), 30000),  # the first day is taken to be over
        (datetime(2026, 2, 15, tzinfo=UTC), 2000),  # 1,000 in 14 days of 28
        (datetime(2026, 12, 31, 12, tzinfo=UTC), 1016),  # 30.5 days of 31: 1,016.39
    ],
)
def test_the_month_ends_at_the_pace_so_far(at: datetime, expected: int) -> None:
    assert projected(1000, at) == expected


def test_the_three_figures_are_one_sentence() -> None:
    assert Usage("2026-11", 38_211, 100_000, 57_316).sentence == (
        "Intacct transactions in 2026-11: 38,211 of 100,000 (38 %);"
        " at this pace 57,316 by the end of the month."
    )
