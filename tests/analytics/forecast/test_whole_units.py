from __future__ import annotations

import numpy as np

from analytics.forecast.whole_units import band, rounded


def test_halves_go_away_from_nothing_on_both_sides() -> None:
    assert rounded(np.array([0.5, 1.49, 2.5, -0.5, -2.5, -0.2])) == (1, 1, 3, -1, -3, 0)


def test_a_band_never_shows_a_sign_the_line_has_not_had() -> None:
    path, half = np.array([5.0, -5.0]), np.array([10.0, 10.0])

    assert band(path, half, [0, 7]) == ((0, 0), (15, 5))
    assert band(path, half, [-7, 0]) == ((-5, -15), (0, 0))
    assert band(path, half, [-7, 7]) == ((-5, -15), (15, 5))
