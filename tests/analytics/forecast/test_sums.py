from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import LedgerError
from analytics.forecast.line import Estimate, HeldBack, LineForecast
from analytics.forecast.sums import total, total_backtest, whole
from analytics.ledger import Period, month, run_of_months

JAN = month(2026, 1)


def line(
    key: str, estimates: tuple[Estimate, ...] = (), held: tuple[HeldBack, ...] = ()
) -> LineForecast:
    return LineForecast(key, "smoothing blend", "", estimates, None, (), (), held)


def estimate(period: Period, mid: int, down: int, up: int) -> Estimate:
    return Estimate(period, mid, mid - down, mid + up, mid - 2 * down, mid + 2 * up)


def test_mids_add_and_bands_grow_less_than_their_bounds() -> None:
    sales = line("4000", (estimate(JAN, 1000, 30, 300),))
    fees = line("4100", (estimate(JAN, 500, 40, 400),))

    (both,) = total([sales, fees], "income")

    # 0.7·(30² + 40²) + 0.3·70² = 3220, its root 56.7
    assert (both.mid, both.low80, both.high80) == (1500, 1443, 2067)
    assert (both.low95, both.high95) == (1387, 2635)  # 113.5 and 1134.9


def test_the_total_of_one_line_is_that_line() -> None:
    estimates = (estimate(JAN, 1000, 31, 42), estimate(month(2026, 2), -5, 7, 9))

    assert total([line("4000", estimates)], "income") == estimates


def test_lines_of_unlike_months_do_not_add() -> None:
    january, february = (line(str(m), (estimate(month(2026, m), 1, 1, 1),)) for m in (1, 2))

    with pytest.raises(LedgerError, match="the lines of income are forecast over different"):
        total([january, february], "income")
    with pytest.raises(LedgerError, match="income has no lines"):
        total([], "income")


def test_two_months_together_are_wider_than_independent_and_narrower_than_added() -> None:
    year = whole([estimate(JAN, 100, 30, 3), estimate(month(2026, 2), 200, 40, 4)])

    assert year.period == Period(JAN.first, month(2026, 2).last)
    assert (year.mid, year.low80) == (300, 234)  # 30² + 40² + 1.6·30·40 = 4420, its root 66.5
    assert year.high80 == 307  # 6.6
    with pytest.raises(LedgerError, match="no months"):
        whole([])


amounts = st.integers(-(10**9), 10**9)
widths = st.integers(0, 10**9)


@given(st.lists(st.tuples(amounts, widths, widths), min_size=1, max_size=12))
def test_a_year_is_exactly_its_months_and_its_band_holds_it(
    months: list[tuple[int, int, int]],
) -> None:
    run = run_of_months(JAN, len(months))
    parts = [estimate(period, *figures) for period, figures in zip(run, months, strict=True)]

    year = whole(parts)

    assert year.mid == sum(part.mid for part in parts)
    assert year.low95 <= year.low80 <= year.mid <= year.high80 <= year.high95
    assert year.low80 >= sum(part.low80 for part in parts) - 1


def held(last: Period, actual: int, mid: int, naive: int) -> HeldBack:
    return HeldBack(last, (actual,), (mid,), (naive,), (mid - 10,), (mid + 10,), 5.0)


def test_a_sum_is_scored_at_the_origins_all_its_lines_share() -> None:
    may, june, july = month(2025, 5), month(2025, 6), month(2025, 7)
    sales = line("4000", held=(held(may, 1, 999, 0), held(june, 100, 110, 90)))
    fees = line("4100", held=(held(june, 60, 45, 80), held(july, 1, 999, 0)))
    young = line("4200")

    found = total_backtest([sales, fees, young])

    assert found is not None
    assert found.origins == 1
    assert found.wape == pytest.approx(5 / 160)  # 155 against 160: errors cancel in a sum
    assert found.naive_wape == pytest.approx(10 / 160)
    assert found.bias == pytest.approx(-5 / 160)
    assert found.beats_naive is True
    assert found.coverage80 == 1
    assert found.mase is None


def test_lines_that_share_no_origin_have_no_score() -> None:
    sales = line("4000", held=(held(month(2025, 5), 1, 1, 1),))
    fees = line("4100", held=(held(month(2025, 6), 1, 1, 1),))

    assert total_backtest([sales, fees]) is None
    assert total_backtest([line("4200")]) is None
