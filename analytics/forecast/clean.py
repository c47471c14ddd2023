"""One-off bookings: a month unlike its line and its season is replaced before forecasting.

A robust line and month profile is drawn through the history, what wanders slowly is taken off,
and a month that still stands out by five robust deviations and by most of a usual month is one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.season import TO_DEVIATION, YEAR, times

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DEVIATIONS: Final = 5.0
SHARE: Final = 0.6  # of the mean month
AT_MOST: Final = 3  # months, and never more than a tenth of the history
NEIGHBOURS: Final = 7  # residuals in the running median
ROUNDS: Final = 12
FEWEST: Final = 3 * YEAR  # with two years, which of two unlike Marches is the odd one is a guess


def without_one_offs(histories: Floats) -> tuple[Floats, Flags]:
    """The histories with one-off months replaced by what was usual, and which they were.

    Rows are series of one length, scaled to about one; under 36 months nothing is replaced.
    """
    if histories.shape[1] < FEWEST:
        return histories, np.zeros(histories.shape, dtype=np.bool_)
    usual = _profile(histories)
    rest = histories - usual
    drift = _running_median(rest)
    rest = rest - drift
    deviation = TO_DEVIATION * np.median(np.abs(rest), axis=1, keepdims=True)
    mean = np.abs(usual + drift).mean(axis=1, keepdims=True)
    size = np.abs(rest)
    most = min(AT_MOST, histories.shape[1] // 10)
    limit = np.maximum(np.maximum(DEVIATIONS * deviation, SHARE * mean), 1e-9)
    rank = np.argsort(np.argsort(-size, axis=1, kind="stable"), axis=1, kind="stable")
    odd = (size > limit) & (rank < most)
    return np.where(odd, usual + drift, histories), odd


def _profile(histories: Floats) -> Floats:
    """A line and a month profile by reweighted least squares: nearly least absolute errors."""
    months = histories.shape[1]
    place = np.arange(months)
    design = np.column_stack([place / months - 0.5, place[:, None] % YEAR == np.arange(YEAR)])
    squares = (design[:, :, None] * design[:, None, :]).reshape(months, -1).T
    ridge = 1e-6 * np.eye(design.shape[1])
    weight = np.ones_like(histories)
    usual: Floats = histories
    for _ in range(ROUNDS):
        left = times(weight, squares).reshape(-1, *ridge.shape) + ridge
        right = times(weight * histories, design.T)
        found = np.linalg.solve(left, right[..., None])[..., 0].astype(np.float64)
        usual = times(found, design)
        miss = np.abs(histories - usual)
        usually = np.maximum(np.median(miss, axis=1, keepdims=True), 1e-6)
        weight = 1 / np.maximum(miss / usually, 0.25)
    return usual


def _running_median(rest: Floats) -> Floats:
    """The median of seven neighbours; at the ends the row is mirrored."""
    side = NEIGHBOURS // 2
    padded = np.pad(rest, ((0, 0), (side, side)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, NEIGHBOURS, axis=1)
    median: Floats = np.median(windows, axis=-1)
    return median
