from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.season import start

PATTERN = np.array([5, -5, 3, -3, 1, -1, 4, -4, 2, -2, 6, -6], dtype=np.float64)
MONTHS = np.arange(36, dtype=np.float64)
CLEAN = (100 + 2 * MONTHS + np.tile(PATTERN, 3))[None]


def test_a_line_with_a_season_is_taken_apart_exactly() -> None:
    begin = start(CLEAN)

    assert begin.level[0] == pytest.approx(98)  # the month before the first: 100 − 2
    assert begin.slope[0] == pytest.approx(2)
    assert begin.season[0] == pytest.approx(PATTERN)
    assert begin.deviation[0] == pytest.approx(0, abs=1e-9)


def test_recent_months_weigh_more_than_old_ones() -> None:
    rising_late = np.concatenate([np.full(24, 100.0), 100.0 + np.arange(24)])

    begin = start(rising_late[None])

    assert begin.slope[0] > np.polyfit(np.arange(48), rising_late, 1)[0]


def test_a_season_that_is_only_noise_is_shrunk() -> None:
    noise = np.random.default_rng(7).normal(100, 10, (20, 36))
    drawn = np.array([row.reshape(3, 12).mean(axis=0) - row.mean() for row in noise])

    begin = start(noise)

    assert np.abs(begin.season).mean() < 0.5 * np.abs(drawn).mean()


def test_the_effects_of_a_year_add_up_to_nothing() -> None:
    begin = start(np.random.default_rng(8).normal(100, 30, (5, 30)))

    assert begin.season.sum(axis=1) == pytest.approx(np.zeros(5), abs=1e-9)
