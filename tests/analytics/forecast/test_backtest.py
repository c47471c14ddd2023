from __future__ import annotations

import pytest

from analytics.forecast.backtest import origins, score
from analytics.forecast.line import HeldBack
from analytics.ledger import month


def held(
    actual: tuple[int, ...],
    mid: tuple[int, ...],
    naive: tuple[int, ...],
    half: int = 10,
    step: float | None = 5.0,
) -> HeldBack:
    low, high = tuple(m - half for m in mid), tuple(m + half for m in mid)
    return HeldBack(month(2025, 1), actual, mid, naive, low, high, step)


@pytest.mark.parametrize(
    ("months", "horizon", "known"),
    [
        (35, 12, []),
        (36, 12, [24]),
        (38, 12, [24, 25, 26]),
        (60, 12, list(range(37, 49))),  # the latest twelve
        (25, 1, [24]),
        (60, 36, [24]),
        (59, 36, []),
    ],
)
def test_an_origin_has_two_years_before_it_and_a_horizon_after(
    months: int, horizon: int, known: list[int]
) -> None:
    assert list(origins(months, horizon)) == known


def test_all_origins_and_months_are_scored_together() -> None:
    first = held(actual=(100, 50), mid=(90, 50), naive=(120, 50))  # off by 10; naive by 20
    second = held(actual=(50, 0), mid=(70, 10), naive=(50, 20), step=15.0)  # off by 30; naive 20

    found = score([first, second])

    assert found is not None
    assert (found.origins, found.horizon) == (2, 2)
    assert found.wape == pytest.approx(40 / 200)
    assert found.naive_wape == pytest.approx(40 / 200)
    assert found.beats_naive is False  # as good is not better
    assert found.bias == pytest.approx((-10 + 20 + 10) / 200)
    assert found.coverage80 == 3 / 4  # 70 ± 10 misses 50
    assert found.mase == pytest.approx((5 / 5 + 15 / 15) / 2)


def test_repeating_last_year_does_not_beat_itself() -> None:
    found = score([held(actual=(100, 50), mid=(90, 60), naive=(90, 60))])

    assert found is not None
    assert found.wape == found.naive_wape == pytest.approx(20 / 150)
    assert found.beats_naive is None


def test_actuals_of_nothing_give_no_ratio() -> None:
    found = score([held(actual=(0, 0), mid=(0, 1), naive=(0, 0), step=None)])

    assert found is not None
    assert (found.wape, found.naive_wape, found.bias, found.mase) == (None, None, None, None)
    assert found.beats_naive is None
    assert found.coverage80 == 1


def test_without_an_origin_there_is_no_score() -> None:
    assert score([]) is None
