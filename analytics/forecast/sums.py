"""Sums of estimates: the mids add exactly, the bands by how errors go together.

Adding bounds is too wide and adding variances far too narrow. Errors of one line in months i and j
go together by 0.8^|i−j|, and those of two lines in one month by the share given in `interval`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analytics.errors import LedgerError
from analytics.forecast.backtest import score
from analytics.forecast.interval import over_lines, over_months
from analytics.forecast.line import Backtest, Estimate, HeldBack, LineForecast
from analytics.forecast.whole_units import rounded
from analytics.ledger import Period

Floats = NDArray[np.float64]


def total(forecasts: Sequence[LineForecast], key: str) -> tuple[Estimate, ...]:
    """Month by month, the sum of lines forecast over the same months; errors name it by `key`."""
    rows = [forecast.estimates for forecast in forecasts]
    if not rows:
        raise LedgerError(f"{key} has no lines to add")
    months = [e.period for e in rows[0]]
    if any([e.period for e in row] != months for row in rows):
        raise LedgerError(f"the lines of {key} are forecast over different months and do not add")
    columns = zip(months, *rows, strict=True)
    return tuple(_sum(column, over_lines, period) for period, *column in columns)


def whole(estimates: Sequence[Estimate]) -> Estimate:
    """The sum of consecutive months as one estimate, from the first day of all to the last."""
    if not estimates:
        raise LedgerError("no months to add")
    period = Period(estimates[0].period.first, estimates[-1].period.last)
    return _sum(estimates, over_months, period)


def total_backtest(forecasts: Sequence[LineForecast]) -> Backtest | None:
    """How the sum of the lines did at the origins they share; None where they share none.

    Lines too short for a backtest are left out, on both sides. `mase` is None.
    """
    tested = [{h.last: h for h in f.held_back} for f in forecasts if f.held_back]
    if not tested:
        return None
    shared = [last for last in tested[0] if all(last in line for line in tested)]
    found = score([_added([line[last] for line in tested]) for last in shared])
    return None if found is None else replace(found, mase=None)


def _added(held: Sequence[HeldBack]) -> HeldBack:
    """The lines' held-back months at one origin as those of their sum."""
    mid = _columns([h.mid for h in held])
    down = over_lines(_array([h.mid for h in held]) - _array([h.low80 for h in held]))
    up = over_lines(_array([h.high80 for h in held]) - _array([h.mid for h in held]))
    return HeldBack(
        last=held[0].last,
        actual=_columns([h.actual for h in held]),
        mid=mid,
        naive=_columns([h.naive for h in held]),
        low80=tuple(m - d for m, d in zip(mid, rounded(down), strict=True)),
        high80=tuple(m + u for m, u in zip(mid, rounded(up), strict=True)),
        step=None,
    )


def _sum(parts: Sequence[Estimate], joined: Callable[[Floats], Floats], period: Period) -> Estimate:
    """The parts as one estimate; each side of each band is joined by the rule given."""
    mid = sum(e.mid for e in parts)
    sides = _array(
        [(e.mid - e.low80, e.high80 - e.mid, e.mid - e.low95, e.high95 - e.mid) for e in parts]
    )
    down80, up80, down95, up95 = rounded(joined(sides))
    return Estimate(period, mid, mid - down80, mid + up80, mid - down95, mid + up95)


def _array(rows: Sequence[Sequence[int]]) -> Floats:
    return np.array(rows, dtype=np.float64)


def _columns(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))
