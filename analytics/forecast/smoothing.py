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
class Grid:
    """The constants of each smoother: gains of level, season and trend, and the damping."""

    level: Floats
    season: Floats
    trend: Floats
    damping: Floats


@dataclass(frozen=True, slots=True)
class State:
    """What the smoothers know of each series at one month, arrays of (series, smoothers).

    One array of season per month of the year; `usual` is a slow mean of absolute errors.
    """

    level: Floats
    trend: Floats
    season: tuple[Floats, ...]
    usual: Floats


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


def learn(state: State, amounts: Floats, month: int, grid: Grid) -> State:
    """The state after one more month of each series; a surprise counts only so far."""
    place = month % len(state.season)
    expected = state.level + grid.damping * state.trend
    limit = SURPRISE * state.usual
    error = np.clip(amounts[:, None] - expected - state.season[place], -limit, limit)
    season = state.season[place] + grid.season * (1 - grid.level) * error
    return State(
        level=expected + grid.level * error,
        trend=grid.damping * state.trend + grid.level * grid.trend * error,
        season=(*state.season[:place], season, *state.season[place + 1 :]),
        usual=state.usual + FORGET * (np.abs(error) - state.usual),
    )


def ahead(state: State, last: int, damping: Floats, horizon: int) -> Floats:
    """The forecasts made at month `last`, (horizon, series, smoothers)."""
    steps = np.arange(1, horizon + 1)
    reach = np.cumsum(damping ** steps[:, None], axis=0)  # φ + φ² + …: how far the trend carries
    season = np.array([state.season[(last + step) % len(state.season)] for step in steps])
    path: Floats = state.level + reach[:, None, :] * state.trend + season
    return path


def _smooth(rows: Floats, horizon: int) -> tuple[Floats, Floats]:
    """Four paths per row, (4, series, horizon), and the errors by months ahead, (series, 12)."""
    cells = np.array([(a, g, *trend) for a in LEVELS for g in SEASONS for trend in TRENDS])
    grid = Grid(cells[:, 0], cells[:, 1], cells[:, 3], cells[:, 4])
    state = _begin(rows, share=cells[:, 5])
    months = rows.shape[1]
    missed = np.zeros((YEAR, *state.level.shape))
    for t in range(months):
        state = learn(state, rows[:, t], t, grid)
        if YEAR - 1 <= t < months - 1:
            reach = min(YEAR, months - 1 - t)
            came = rows.T[t + 1 : t + 1 + reach, :, None]
            missed[:reach] += np.abs(ahead(state, t, grid.damping, reach) - came)
    missed /= np.maximum(months - YEAR - np.arange(YEAR), 1)[:, None, None]
    weight = _weights(missed.mean(axis=0), cells[:, 2])
    path = ahead(state, months - 1, grid.damping, horizon)
    paths = np.array([(path * kind).sum(axis=2).T for kind in weight])
    return paths, (missed * weight.mean(axis=0)).sum(axis=2).T


def _begin(rows: Floats, share: Floats) -> State:
    """The state just before the first month; `share` of the slope is taken as trend."""
    begin = start(rows)
    flat = np.ones(len(share))
    return State(
        level=begin.level[:, None] * flat,
        trend=begin.slope[:, None] * share,
        season=tuple(month[:, None] * flat for month in begin.season.T),
        usual=np.maximum(begin.deviation, 1e-6)[:, None] * flat,
    )


def _weights(score: Floats, kind: Floats) -> Floats:
    """Weights that add up to one within each kind of trend, (kinds, series, smoothers)."""
    weights = np.zeros((KINDS, *score.shape))
    for k in range(KINDS):
        inside = np.ascontiguousarray(score[:, kind == k])  # one order of adding for every row
        best = np.maximum(inside.min(axis=1, keepdims=True), 1e-12)
        raw = (best / np.maximum(inside, best)) ** SHARPNESS
        weights[k][:, kind == k] = raw / raw.sum(axis=1, keepdims=True)
    return weights
