from __future__ import annotations

import numpy as np
import pytest

from analytics.forecast.smoothing import Grid, State, ahead, learn, members


def one(number: float) -> np.ndarray:
    return np.array([[number]])


# A season of two months, so that a step can be followed with a pencil.
GRID = Grid(level=one(0.5), season=one(0.4), trend=one(0.2), damping=np.array([0.5]))
BEFORE = State(level=one(10), trend=one(1), season=(one(2), one(-2)), usual=one(1))


def test_one_step_by_hand() -> None:
    # expected 10 + 0.5·1 + 2 = 12.5, came 14: error 1.5, below 2.5 usual errors
    after = learn(BEFORE, np.array([14.0]), 0, GRID)

    assert after.level.item() == pytest.approx(11.25)  # 10.5 + 0.5·1.5
    assert after.trend.item() == pytest.approx(0.65)  # 0.5·1 + 0.5·0.2·1.5
    assert after.season[0].item() == pytest.approx(2.3)  # 2 + 0.4·(1 − 0.5)·1.5
    assert after.season[1].item() == -2
    assert after.usual.item() == pytest.approx(1.05)  # 1 + 0.1·(1.5 − 1)


def test_a_surprise_counts_only_two_and_a_half_usual_errors() -> None:
    # came 20, error 7.5, taken as 2.5
    after = learn(BEFORE, np.array([20.0]), 0, GRID)

    assert after.level.item() == pytest.approx(11.75)
    assert after.trend.item() == pytest.approx(0.75)
    assert after.season[0].item() == pytest.approx(2.5)
    assert after.usual.item() == pytest.approx(1.15)


def test_the_way_ahead_by_hand() -> None:
    after = learn(BEFORE, np.array([14.0]), 0, GRID)

    path = ahead(after, 0, np.array([0.5]), 3)

    # 11.25 + 0.5·0.65 − 2, 11.25 + 0.75·0.65 + 2.3, 11.25 + 0.875·0.65 − 2
    assert path.ravel() == pytest.approx([9.575, 14.0375, 9.81875])


def test_a_level_line_stays_level_in_every_member() -> None:
    found = members(np.ones((1, 24)), 12)

    assert found.paths.shape == (12, 1, 12)
    assert found.paths == pytest.approx(np.ones((12, 1, 12)))


def test_scales_that_do_not_apply_are_left_empty() -> None:
    wave = np.tile([1.0, 0.5, 2.0, 0.5], 9)
    with_zero = wave.copy()
    with_zero[3] = 0
    with_minus = wave.copy()
    with_minus[3] = -1

    found = members(np.array([wave, with_zero, with_minus]), 2)

    said = ~np.isnan(found.paths).any(axis=2)
    assert said.sum(axis=0).tolist() == [12, 8, 4]


def test_a_path_stays_within_six_times_the_largest_of_two_years() -> None:
    explosive = 1.35 ** np.arange(36)[None]

    found = members(explosive / explosive.mean(), 36)

    top = 6 * (explosive / explosive.mean()).max()
    assert np.nanmax(np.abs(found.paths)) <= top * (1 + 1e-12)


def test_a_series_does_not_depend_on_its_neighbours() -> None:
    many = np.random.default_rng(3).lognormal(0, 0.4, (70, 40))

    together = members(many, 12).paths
    alone = np.concatenate([members(row[None], 12).paths for row in many[::9]], axis=1)

    assert np.array_equal(together[:, ::9], alone, equal_nan=True)
