"""Seventy-two damped-trend smoothers in three scales, for all series of one length at once.

Additive exponential smoothing with a damped trend and twelve month effects (Gardner and McKenzie),
over a coarse grid instead of an optimiser. Within each kind of trend the smoothers are averaged,
weighted by how well they would have forecast this history: twelve members per series.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.season import YEAR, start

Floats = NDArray[np.float64]

LEVELS: Final = (0.1, 0.3, 0.6)
SEASONS: Final = (0.0, 0.12, 0.35)
# (kind, trend gain, damping, share of the starting slope)
TRENDS: Final = (
    (0, 0.0, 0.0, 0.0),
    (1, 0.15, 0.90, 0.5),
    (1, 0.1, 0.93, 0.7),
    (2, 0.1, 0.97, 0.8),
    (2, 0.3, 0.97, 0.8),
    (2, 0.05, 0.985, 1.0),
    (3, 0.0, 1.0, 0.5),
    (3, 0.0, 1.0, 0.25),
)
KINDS: Final = 4
SHARPNESS: Final = 7  # weight of a smoother within its kind: error to the power of minus this
SURPRISE: Final = 2.5  # errors count up to so many running mean errors
FORGET: Final = 0.1  # of the running mean error
FENCE: Final = 6.0  # members stay within so many times the largest of the last two years
LOG_FROM: Final = 0.02  # logarithms only where no month is below this share of the mean
CHUNK: Final = 64  # rows at a time, so that the work fits the processor's cache


@dataclass(frozen=True, slots=True)
class Members:
    """What the smoothers say of each series.

    `paths` is (12, series, horizon), not-a-number where a scale does not apply; `errors` is
    (series, 12), the smoothers' own mean absolute error 1 to 12 months ahead within the history.
    """

    paths: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class _Grid:
    level: Floats
    season: Floats
    gain: Floats
    damping: Floats
    share: Floats
    kind: NDArray[np.int64]


def members(histories: Floats, horizon: int) -> Members:
    """Twelve forecasts per row of `histories` (series, months), each scaled to about one.

    A row needs 24 months. Amounts go in and come out in the same scale.
    """
    pieces = [_members(histories[i : i + CHUNK], horizon) for i in range(0, len(histories), CHUNK)]
    return Members(
        np.concatenate([p.paths for p in pieces], axis=1),
        np.concatenate([p.errors for p in pieces], axis=0),
    )


def _members(rows: Floats, horizon: int) -> Members:
    top = FENCE * np.abs(rows[:, -2 * YEAR :]).max(axis=1)[:, None]
    positive = rows.min(axis=1) >= 0
    clear = rows.min(axis=1) > LOG_FROM * np.abs(rows).mean(axis=1)
    paths = np.full((3 * KINDS, len(rows), horizon), np.nan)
    plain, errors = _smooth(rows, horizon)
    paths[:KINDS] = np.clip(plain, -top, top)
    if positive.any():
        some, _ = _smooth(np.sqrt(rows[positive]), horizon)
        paths[KINDS : 2 * KINDS, positive] = np.minimum(np.maximum(some, 0) ** 2, top[positive])
    if clear.any():
        some, _ = _smooth(np.log(rows[clear]), horizon)
        paths[2 * KINDS :, clear] = np.exp(np.minimum(some, np.log(top[clear])))
    return Members(paths, errors)


def _grid() -> _Grid:
    cells = [(a, g, *t) for a in LEVELS for g in SEASONS for t in TRENDS]
    columns = np.array(cells)
    return _Grid(
        level=columns[:, 0],
        season=columns[:, 1],
        gain=columns[:, 3],
        damping=columns[:, 4],
        share=columns[:, 5],
        kind=columns[:, 2].astype(np.int64),
    )


def _smooth(rows: Floats, horizon: int) -> tuple[Floats, Floats]:
    """Four paths per row, (4, series, horizon), and the errors by months ahead, (series, 12)."""
    grid = _grid()
    begin = start(rows)
    months = rows.shape[1]
    level = np.repeat(begin.level[:, None], len(grid.level), axis=1)
    trend = begin.slope[:, None] * grid.share
    season = np.repeat(begin.season.T[:, :, None], len(grid.level), axis=2)
    usual = np.repeat(np.maximum(begin.deviation, 1e-6)[:, None], len(grid.level), axis=1)
    missed = np.zeros((YEAR, len(rows), len(grid.level)))
    reach = _reach(grid.damping, max(YEAR, horizon))
    for t in range(months):
        ahead = level + grid.damping * trend
        error = rows[:, t, None] - ahead - season[t % YEAR]
        limit = SURPRISE * usual
        error = np.clip(error, -limit, limit)
        usual += FORGET * (np.abs(error) - usual)
        level = ahead + grid.level * error
        trend = grid.damping * trend + grid.level * grid.gain * error
        season[t % YEAR] += grid.season * (1 - grid.level) * error
        if YEAR - 1 <= t < months - 1:
            steps = np.arange(min(YEAR, months - 1 - t))
            path = _ahead(level, trend, season, reach, t, steps)
            missed[steps] += np.abs(path - rows.T[t + 1 + steps, :, None])
    counts = np.maximum(months - YEAR - np.arange(YEAR), 1)
    missed /= counts[:, None, None]
    weight = _weights(missed.mean(axis=0), grid.kind)
    path = _ahead(level, trend, season, reach, months - 1, np.arange(horizon))
    paths = np.array([(path * kind).sum(axis=2).T for kind in weight])
    errors = (missed * weight.mean(axis=0)).sum(axis=2).T
    return paths, errors


def _reach(damping: Floats, horizon: int) -> Floats:
    """How much trend adds up so many months ahead: φ + φ² + … ; (horizon, smoothers)."""
    reach: Floats = np.cumsum(damping ** np.arange(1, horizon + 1)[:, None], axis=0)
    return reach


def _ahead(
    level: Floats, trend: Floats, season: Floats, reach: Floats, last: int, steps: NDArray[np.int64]
) -> Floats:
    """The forecasts made at month `last`, (steps, series, smoothers)."""
    path: Floats = level + reach[steps][:, None, :] * trend + season[(last + 1 + steps) % YEAR]
    return path


def _weights(score: Floats, kind: NDArray[np.int64]) -> Floats:
    """Weights that add up to one within each kind of trend, (kinds, series, smoothers)."""
    weights = np.zeros((KINDS, *score.shape))
    for k in range(KINDS):
        inside = np.ascontiguousarray(score[:, kind == k])  # one order of adding for every row
        best = np.maximum(inside.min(axis=1, keepdims=True), 1e-12)
        raw = (best / np.maximum(inside, best)) ** SHARPNESS
        weights[k][:, kind == k] = raw / raw.sum(axis=1, keepdims=True)
    return weights
