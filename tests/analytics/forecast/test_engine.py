from __future__ import annotations

import pytest

from analytics.errors import HorizonOutOfRange, LedgerError, NotEnoughHistory
from analytics.forecast.engine import Line, forecast
from analytics.ledger import month, run_of_months

SEASON = (100, 90, 120, 110, 100, 130, 140, 135, 110, 105, 150, 200)


def line(amounts: tuple[int, ...], key: str = "6000") -> Line:
    return Line(key, month(2022, 1), amounts)


@pytest.mark.parametrize("horizon", [-1, 0, 37])
def test_only_one_to_thirty_six_months_ahead_are_forecast(horizon: int) -> None:
    with pytest.raises(HorizonOutOfRange, match=f"1 to 36 months ahead, not {horizon}"):
        forecast([line(SEASON * 3)], horizon)


def test_a_line_without_a_month_is_named() -> None:
    with pytest.raises(NotEnoughHistory, match="7000"):
        forecast([line(SEASON), line((), "7000")], 12)


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(LedgerError, match="given twice: 6000"):
        forecast([line(SEASON), line(SEASON)], 12)


def test_the_estimates_are_the_months_after_the_history() -> None:
    (found,) = forecast([line(SEASON * 3)], 36, prophet=False)

    assert [e.period for e in found.estimates] == list(run_of_months(month(2025, 1), 36))


def test_a_year_that_always_repeats_is_forecast_as_last_year() -> None:
    (found,) = forecast([line(tuple(1000 * a for a in SEASON * 4))], 12, prophet=False)

    assert found.method == "seasonal naive"
    assert [e.mid for e in found.estimates] == [1000 * a for a in SEASON]
    assert found.backtest is not None
    assert found.backtest.wape == 0
    assert "last year again was clearly nearest" in found.why
