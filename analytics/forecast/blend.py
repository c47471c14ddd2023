"""From members to one path: their median, kept within what the line has ever done."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BACK: Final = 48  # months that say what the line does
ROOM: Final = 1.5  # of that range, on either side


def median(paths: Floats) -> Floats:
    """The middle of the members month by month, (series, horizon); absent members do not count."""
    middle: Floats = np.nanmedian(paths, axis=0)
    return middle


def spread(paths: Floats) -> Floats:
    """How far members are from their middle on average, (series, horizon)."""
    far: Floats = np.nanmean(np.abs(paths - median(paths)), axis=0)
    return far


def fenced(path: Floats, histories: Floats) -> Floats:
    """Within the range of four years, widened on either side; signs never seen stay out."""
    low = histories[:, -BACK:].min(axis=1, keepdims=True)
    high = histories[:, -BACK:].max(axis=1, keepdims=True)
    room = ROOM * (high - low)
    return signed(np.clip(path, low - room, high + room), histories)


def signed(path: Floats, histories: Floats) -> Floats:
    """Not below zero for a line that never was, not above zero for one that never was."""
    floor = np.where(histories.min(axis=1, keepdims=True) >= 0, 0.0, -np.inf)
    ceiling = np.where(histories.max(axis=1, keepdims=True) <= 0, 0.0, np.inf)
    kept: Floats = np.clip(path, floor, ceiling)
    return kept
