"""A line and twelve month effects through each history: where the smoothers start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

YEAR: Final = 12
HALVING: Final = 24  # months after which a past month counts half
CLIP: Final = 3.0  # robust standard deviations
TO_DEVIATION: Final = 1.4826  # median absolute deviation to standard deviation of a normal
TINY: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Start:
    """Per history: level just before the first month, slope, shrunk month effects, residual sd."""

    level: Floats
    slope: Floats
    season: Floats
    deviation: Floats


def start(histories: Floats) -> Start:
    """The starting state of every row; a row is one history of at least 13 months, oldest first.

    Recent months weigh more, outlying residuals are clipped and the fit repeated once, and the
    month effects are shrunk towards none as far as noise explains them (James and Stein).
    """
    months = histories.shape[1]
    weight: Floats = 0.5 ** (np.arange(months - 1, -1, -1) / HALVING)
    design = _design(months)
    root = np.sqrt(weight)[:, None]
    solver = np.linalg.pinv(design * root).astype(np.float64) * root.T
    fitted = times(times(histories, solver), design)
    rest = histories - fitted
    limit = CLIP * TO_DEVIATION * np.median(np.abs(rest), axis=1, keepdims=True)
    coefficients = times(fitted + np.clip(rest, -limit, limit), solver)
    rest = histories - times(coefficients, design)
    rest = np.clip(rest, -limit, limit)
    season = np.concatenate(
        [-coefficients[:, 2:].sum(axis=1, keepdims=True), coefficients[:, 2:]], 1
    )
    variance = _noise(rest, weight)
    years = weight.sum() ** 2 / (weight**2).sum() / YEAR
    share = 1 - 9 * variance / np.maximum(years * (season**2).sum(axis=1), TINY)
    return Start(
        level=coefficients[:, 0] - coefficients[:, 1],
        slope=coefficients[:, 1],
        season=season * np.clip(share, 0, 1)[:, None],
        deviation=np.sqrt(variance),
    )


def _design(months: int) -> Floats:
    """Columns: one, the month's number, and eleven contrasts that sum to nothing over a year."""
    place = np.arange(months) % YEAR
    contrasts = (place[:, None] == np.arange(1, YEAR)) * 1.0 - (place[:, None] == 0)
    return np.column_stack([np.ones(months), np.arange(months, dtype=float), contrasts])


def times(rows: Floats, columns: Floats) -> Floats:
    """Rows times columns, each row on its own, so a line's result ignores its neighbours."""
    product: Floats = np.matmul(rows[:, None, :], columns.T)[:, 0, :]
    return product


def _noise(rest: Floats, weight: Floats) -> Floats:
    """The variance of noise: of the residuals, or less where the residuals wander."""
    months = rest.shape[1]
    freedom = max(months - YEAR - 1, 1) / months
    level = (weight * rest**2).sum(axis=1) / weight.sum() / freedom
    steps = 0.75 * (np.diff(rest, axis=1) ** 2).mean(axis=1)
    smaller: Floats = np.minimum(level, steps)
    return smaller
