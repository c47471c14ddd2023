from __future__ import annotations

import pytest

from analytics.forecast.accuracy import bias, coverage, mae, mase, ratio, step, wape

ACTUAL = [100, 120, 80, 0, 110, 130]
FORECAST = [90, 126, 100, 10, 110, 117]
TRAINING = [95, 105, 98, 112, 101, 99]


def test_the_mean_error_of_six_months() -> None:
    # 10 + 6 + 20 + 10 + 0 + 13 = 59, by 6 months
    assert mae(ACTUAL, FORECAST) == pytest.approx(9.83, abs=0.005)


def test_the_error_as_a_share_of_what_came() -> None:
    # 59 of 540
    assert wape(ACTUAL, FORECAST) == pytest.approx(0.109, abs=0.0005)


def test_bias_is_positive_where_the_forecast_was_too_high() -> None:
    # −10 + 6 + 20 + 10 + 0 − 13 = 13 of 540
    assert bias(ACTUAL, FORECAST) == pytest.approx(0.024, abs=0.0005)


def test_an_error_above_one_step_is_worse_than_repeating_the_past() -> None:
    # steps 10, 7, 14, 11, 2: 44 by 5
    assert step(TRAINING) == pytest.approx(8.8)
    assert mase(ACTUAL, FORECAST, TRAINING) == pytest.approx(1.12, abs=0.005)


def test_nine_of_twelve_inside_is_75_percent() -> None:
    actual = [10, 20, 30, 40, 50, 60, 70, 80, 90, 9, 31, 5]
    low, high = [10] * 12, [90] * 12
    high[10] = 30  # 31 is above; 9 and 5 are below; 10 and 90 are on the edge and inside

    assert coverage(actual, low, high) == 0.75


def test_a_ratio_to_nothing_is_none() -> None:
    assert wape([0, 0], [1, -1]) is None
    assert bias([0, 0], [1, 1]) is None
    assert mase([1], [2], [5, 5, 5]) is None
    assert mase([1], [2], [5]) is None
    assert coverage([], [], []) is None
    assert ratio(1, 0) is None


def test_a_yearly_step_compares_with_the_same_month_a_year_before() -> None:
    history = [*range(12), *(month + 3 for month in range(12))]

    assert step(history, 12) == 3
    assert step(history[:12], 12) is None


def test_runs_of_unlike_length_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        wape([1, 2], [1])
