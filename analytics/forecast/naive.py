"""The plainest forecasts: last year again, or the mean of the last months."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.season import YEAR

Floats = NDArray[np.float64]

RECENT: Final = 6  # months the recent mean looks back


def seasonal_naive(histories: Floats, horizon: int) -> Floats:
    """Each month as it was a year before, (series, horizon); needs twelve months."""
    return histories[:, -YEAR:][:, np.arange(horizon) % YEAR]


def recent_mean(histories: Floats, horizon: int, months: int = RECENT) -> Floats:
    """The mean of the last months, the same for every month ahead."""
    level = histories[:, -months:].mean(axis=1)
    return np.repeat(level[:, None], horizon, axis=1)
