from __future__ import annotations

import numpy as np

from analytics.forecast.naive import recent_mean, seasonal_naive

YEARS = np.array([[*range(101, 113), *range(201, 213)]], dtype=np.float64)


def test_each_month_is_as_it_was_a_year_before() -> None:
    (path,) = seasonal_naive(YEARS, 3)

    assert list(path) == [201, 202, 203]


def test_the_second_year_repeats_the_first() -> None:
    (path,) = seasonal_naive(YEARS, 14)

    assert list(path[10:]) == [211, 212, 201, 202]


def test_the_mean_is_of_the_last_six_months_or_of_those_there_are() -> None:
    # 207 … 212, and 2 with 4
    assert recent_mean(YEARS, 2).tolist() == [[209.5, 209.5]]
    assert recent_mean(np.array([[2.0, 4.0]]), 1).tolist() == [[3.0]]
