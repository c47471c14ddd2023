"""What can be said from one stretch of history, using nothing that came after it.

The forecast and every backtest origin go through here, so that scale, cleaning, season and weights
are fitted anew from what was known at that month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.blend import fenced, median, signed, spread
from analytics.forecast.clean import without_one_offs
from analytics.forecast.interval import Widths, blend_widths, plain_widths
from analytics.forecast.naive import recent_mean, seasonal_naive
from analytics.forecast.season import YEAR
from analytics.forecast.smoothing import members

Floats = NDArray[np.float64]

SEASONED: Final = 2 * YEAR  # months before a yearly season may be fitted
MOST_ZEROS: Final = 0.6  # of the last three years; above, there is nothing to smooth
LOOKED_AT: Final = 96  # months; older ones no longer say much and cost time


class Method(Enum):
    """What people are told the line was forecast with, the simplest first."""

    ZERO = "zero"
    MEAN = "recent mean"
    NAIVE = "seasonal naive"
    BLEND = "smoothing blend"
    PROPHET = "Prophet and blend"


@dataclass(frozen=True, slots=True)
class Said:
    """What one window says: the method it allows, each method's path, and the band around it.

    Amounts are in the units of the window; `cleaned` has its one-offs, at `replaced`, taken out.
    """

    method: Method
    paths: dict[Method, Floats]
    half80: Floats
    half95: Floats
    cleaned: Floats
    replaced: tuple[int, ...]

    @property
    def mid(self) -> Floats:
        """The path of the method this much history allows."""
        return self.paths[self.method]


def allowed(history: Floats) -> Method:
    """The best method the history allows: zero, mean, last year again, or the blend."""
    if not history[-YEAR:].any():
        return Method.ZERO
    if len(history) < YEAR or (history == history[0]).all():
        return Method.MEAN
    if (history[-3 * YEAR :] == 0).mean() > MOST_ZEROS:
        return Method.NAIVE if _scheduled(history) else Method.MEAN
    return Method.NAIVE if len(history) < SEASONED else Method.BLEND


def _scheduled(history: Floats) -> bool:
    """Whether the line is booked in the same few months of each of its last two or three years."""
    years = min(len(history) // YEAR, 3)
    booked = history[-years * YEAR :].reshape(years, YEAR) != 0
    return years > 1 and bool((booked == booked[0]).all())


def say(windows: Sequence[Floats], horizon: int) -> list[Said]:
    """What each window says of the months after it; windows of one length are one calculation."""
    recent = [window[-LOOKED_AT:] for window in windows]
    groups: dict[tuple[int, Method], list[int]] = {}
    for place, window in enumerate(recent):
        groups.setdefault((len(window), allowed(window)), []).append(place)
    said: dict[int, Said] = {}
    for (_, method), places in groups.items():
        rows = np.array([recent[place] for place in places])
        for place, one in zip(places, _group(rows, method, horizon), strict=True):
            older = len(windows[place]) - len(recent[place])
            said[place] = _moved(one, older)
    return [said[place] for place in range(len(windows))]


def _group(rows: Floats, method: Method, horizon: int) -> list[Said]:
    """One calculation for windows of one length and one method, scaled to a mean month of one."""
    scale = np.abs(rows).mean(axis=1, keepdims=True)
    scale[scale == 0] = 1
    turn = np.where((rows.max(axis=1, keepdims=True) <= 0), -scale, scale)
    scaled = rows / turn
    if method is Method.BLEND:
        cleaned, odd = without_one_offs(scaled)
        cleaned = signed(cleaned, scaled)  # what was usual may lie below zero, the line never did
        paths, widths = _blended(cleaned, horizon)
        paths[Method.NAIVE] = seasonal_naive(scaled, horizon)
    else:
        cleaned, odd = scaled, np.zeros(scaled.shape, dtype=np.bool_)
        paths, widths = _plain(scaled, method, horizon)
    return [
        Said(
            method=method,
            paths={name: path[i] * turn[i] for name, path in paths.items()},
            half80=widths.half80[i] * scale[i],
            half95=widths.half95[i] * scale[i],
            cleaned=cleaned[i] * turn[i],
            replaced=tuple(int(month) for month in np.flatnonzero(odd[i])),
        )
        for i in range(len(rows))
    ]


def _blended(cleaned: Floats, horizon: int) -> tuple[dict[Method, Floats], Widths]:
    found = members(cleaned, horizon)
    path = fenced(median(found.paths), cleaned)
    return {Method.BLEND: path}, blend_widths(cleaned, found.errors, spread(found.paths))


def _plain(rows: Floats, method: Method, horizon: int) -> tuple[dict[Method, Floats], Widths]:
    if method is Method.ZERO:
        nothing = np.zeros((len(rows), horizon))
        paths, widths = {Method.ZERO: nothing}, Widths(nothing, nothing)
    else:
        sparse = rows.shape[1] >= YEAR and method is Method.MEAN
        months = YEAR if sparse else 6
        paths = {Method.MEAN: signed(recent_mean(rows, horizon, months), rows)}
        widths = plain_widths(rows, horizon, sparse=sparse)
    if rows.shape[1] >= YEAR:
        paths[Method.NAIVE] = seasonal_naive(rows, horizon)
    return paths, widths


def _moved(said: Said, older: int) -> Said:
    """The same, with replaced months counted from the start of the whole window."""
    return Said(
        said.method,
        said.paths,
        said.half80,
        said.half95,
        said.cleaned,
        tuple(month + older for month in said.replaced),
    )
