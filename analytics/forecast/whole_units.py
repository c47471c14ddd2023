"""From floats back to whole minor units: half up, away from zero, so that signs mirror."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rounded(path: Floats) -> tuple[int, ...]:
    """Each amount to the nearest whole unit, halves away from zero."""
    return tuple(int(x) for x in np.copysign(np.floor(np.abs(path) + 0.5), path))


def band(
    path: Floats, half: Floats, amounts: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The lower and upper bound around a path, without signs the line has never had."""
    floor = 0.0 if min(amounts) >= 0 else -np.inf
    ceiling = 0.0 if max(amounts) <= 0 else np.inf
    low = np.clip(path - half, floor, ceiling)
    high = np.clip(path + half, floor, ceiling)
    return rounded(low), rounded(high)
