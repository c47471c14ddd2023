"""Rolling origins: what would have been said at earlier months, scored on what then came."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from analytics.forecast.accuracy import bias, coverage, mae, ratio, wape
from analytics.forecast.line import Backtest, HeldBack
from analytics.forecast.window import SEASONED

ORIGINS: Final = 12  # at most, the latest ones


def origins(months: int, horizon: int) -> range:
    """How many months were known at each origin: at least 24, and a whole horizon came after.

    Empty where the history is too short for one honest origin.
    """
    last = months - horizon
    return range(max(SEASONED, last - ORIGINS + 1), last + 1)


def score(held: Sequence[HeldBack]) -> Backtest | None:
    """The measures over all origins and months; None without an origin."""
    if not held:
        return None
    actual = _joined([h.actual for h in held])
    mid = _joined([h.mid for h in held])
    error = wape(actual, mid)
    naive = wape(actual, _joined([h.naive for h in held]))
    return Backtest(
        origins=len(held),
        horizon=len(held[0].actual),
        wape=error,
        naive_wape=naive,
        bias=bias(actual, mid),
        coverage80=coverage(
            actual, _joined([h.low80 for h in held]), _joined([h.high80 for h in held])
        ),
        mase=_steps(held),
        beats_naive=_beats(held, error, naive),
    )


def _beats(held: Sequence[HeldBack], error: float | None, naive: float | None) -> bool | None:
    """Whether the error is below that of repeating last year; None where that is what was said."""
    if error is None or naive is None or all(h.mid == h.naive for h in held):
        return None
    return error < naive


def _steps(held: Sequence[HeldBack]) -> float | None:
    """The mean over origins of the error in yearly steps; origins without a step do not count."""
    found = [mae(h.actual, h.mid) / h.step for h in held if h.step]
    return ratio(sum(found), len(found))


def _joined(runs: Sequence[tuple[int, ...]]) -> list[int]:
    return list(chain.from_iterable(runs))
