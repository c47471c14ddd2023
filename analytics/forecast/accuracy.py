"""How far forecasts were from what came: the measures, and nothing where a ratio means nothing.

Formulas as accountants use them: WAPE and bias are shares of the actual amounts, MASE compares
with repeating the past (Hyndman and Koehler 2006), coverage is a share of months.
"""

from __future__ import annotations

from collections.abc import Sequence


def mae(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """The mean absolute error, in the unit of the amounts; at least one month."""
    return _missed(actual, forecast) / len(actual)


def wape(actual: Sequence[float], forecast: Sequence[float]) -> float | None:
    """Absolute errors as a share of the absolute actuals, 0.1 for 10 %; None if all are zero."""
    return ratio(_missed(actual, forecast), _size(actual))


def bias(actual: Sequence[float], forecast: Sequence[float]) -> float | None:
    """Forecast minus actual as a share of the absolute actuals: positive is too high."""
    pairs = zip(actual, forecast, strict=True)
    return ratio(sum(f - a for a, f in pairs), _size(actual))


def step(history: Sequence[float], season: int = 1) -> float | None:
    """The mean absolute change over `season` months of a history; None where it is too short."""
    changes = [abs(b - a) for a, b in zip(history, history[season:], strict=False)]
    return sum(changes) / len(changes) if changes else None


def mase(
    actual: Sequence[float], forecast: Sequence[float], history: Sequence[float], season: int = 1
) -> float | None:
    """The mean absolute error in steps of the history; below 1 beats repeating the past."""
    usual = step(history, season)
    return None if usual is None else ratio(mae(actual, forecast), usual)


def coverage(actual: Sequence[float], low: Sequence[float], high: Sequence[float]) -> float | None:
    """The share of actuals within their band, both ends included; None without any."""
    inside = [lo <= a <= hi for a, lo, hi in zip(actual, low, high, strict=True)]
    return ratio(sum(inside), len(inside))


def ratio(part: float, whole: float) -> float | None:
    """Part of a whole; None where the whole is nothing."""
    return part / whole if whole else None


def _missed(actual: Sequence[float], forecast: Sequence[float]) -> float:
    return sum(abs(a - f) for a, f in zip(actual, forecast, strict=True))


def _size(actual: Sequence[float]) -> float:
    return sum(abs(a) for a in actual)
