"""How wide a forecast's band is, learned once from many other lines.

Few origins of one line say little about its own errors, so the half width is a product of powers
of what is known at the origin, with exponents fitted by quantile regression, for 80 % and for 95 %,
on 1,484 public monthly series cut to 24–84 months. Everything is in mean months of the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.season import YEAR

Floats = NDArray[np.float64]

# Constant, then exponents of: the smoothers' own error so many months ahead, the yearly step,
# the members' spread, the months ahead, the length of the history.
BLEND80: Final = (2.217, 0.645, 0.153, 0.122, -0.017, -0.396)
BLEND95: Final = (3.060, 0.584, 0.272, 0.126, 0.058, -0.447)
# Constant, then exponents of: the deviation within the history, the months ahead, its length.
SHORT80: Final = (1.851, 0.876, 0.017, -0.690)  # the recent mean of less than a year
SHORT95: Final = (3.640, 1.004, 0.114, -1.149)
YEAR80: Final = (0.224, 0.641, -0.008, -0.192)  # last year again, of one to two years
YEAR95: Final = (1.306, 0.814, 0.053, -0.245)
SPARSE80: Final = (-1.927, 0.754, 0.015, 0.464)  # the mean of a line that is mostly nothing
SPARSE95: Final = (-1.337, 0.827, 0.644, 0.299)
LONGEST: Final = 84  # months; nothing was measured beyond
LEAST: Final = 1e-3  # of a mean month: below this, errors are taken as this
LEAST_DEVIATION: Final = 0.02
# How far errors go together (correlation).
MONTHS_APART: Final = 0.8  # of neighbouring months of a line
LINES_APART: Final = 0.3  # of two lines in a month: measured on sums of 5 and 10 public series


@dataclass(frozen=True, slots=True)
class Widths:
    """Half widths of the two bands, (series, horizon); the wider is never the smaller."""

    half80: Floats
    half95: Floats


def blend_widths(histories: Floats, errors: Floats, spread: Floats) -> Widths:
    """For lines with a season: histories scaled to about one, the smoothers' errors and spread."""
    horizon = spread.shape[1]
    ahead = np.arange(1, horizon + 1)
    yearly = np.abs(histories[:, YEAR:] - histories[:, :-YEAR]).mean(axis=1, keepdims=True)
    known = (
        _log(errors[:, np.minimum(ahead, YEAR) - 1]),
        _log(yearly),
        _log(spread),
        np.log(ahead),
        np.log(min(histories.shape[1], LONGEST)),
    )
    # Measured on 36 months ahead: beyond the first year errors grow with the root of the distance.
    growth = np.sqrt(np.maximum(ahead / YEAR, 1))
    return _widths(BLEND80, BLEND95, known, growth)


def plain_widths(histories: Floats, horizon: int, *, sparse: bool) -> Widths:
    """For means and repeated years: from the deviation within the history alone."""
    months = histories.shape[1]
    narrow, wide = _plain(months, sparse=sparse)
    ahead = np.arange(1, horizon + 1)
    deviation = np.maximum(histories.std(axis=1, keepdims=True), LEAST_DEVIATION)
    known = (np.log(deviation), np.log(ahead), np.log(min(months, LONGEST)))
    return _widths(narrow, wide, known, np.sqrt(np.maximum(ahead / YEAR, 1)))


def over_months(halves: Floats) -> Floats:
    """The half widths of a sum of consecutive months (rows), whose errors go by 0.8^|i−j|."""
    place = np.arange(len(halves))
    together = MONTHS_APART ** np.abs(place[:, None] - place)
    half: Floats = np.sqrt(np.einsum("ic,ij,jc->c", halves, together, halves))
    return half


def over_lines(halves: Floats) -> Floats:
    """The half widths of a sum of lines (rows), whose errors go together a little."""
    alone = (halves**2).sum(axis=0)
    joined = halves.sum(axis=0) ** 2
    half: Floats = np.sqrt((1 - LINES_APART) * alone + LINES_APART * joined)
    return half


def _plain(months: int, *, sparse: bool) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if sparse:
        return SPARSE80, SPARSE95
    return (SHORT80, SHORT95) if months < YEAR else (YEAR80, YEAR95)


def _widths(
    narrow: tuple[float, ...], wide: tuple[float, ...], known: tuple[Floats, ...], growth: Floats
) -> Widths:
    half80, half95 = (
        np.exp(k[0] + sum(power * fact for power, fact in zip(k[1:], known, strict=True))) * growth
        for k in (narrow, wide)
    )
    return Widths(half80, np.maximum(half80, half95))


def _log(ratio: Floats) -> Floats:
    return np.log(np.maximum(ratio, LEAST))
