"""What comes next on each line and how sure: methods tried on held-back months, then one taken.

Lines go in as whole minor units and come out so; floats live in between. The same lines give the
same figures to the last digit, in any company of other lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.errors import HorizonOutOfRange, LedgerError, NotEnoughHistory
from analytics.forecast.backtest import origins, score
from analytics.forecast.choice import Record, chosen, reason
from analytics.forecast.line import Backtest, Estimate, HeldBack, Line, LineForecast
from analytics.forecast.sums import total, total_backtest, whole
from analytics.forecast.trial import Trial
from analytics.forecast.whole_units import band, rounded
from analytics.forecast.window import SEASONED, Method, Said, say
from analytics.ledger import Problem, run_of_months, shifted

__all__ = [
    "Backtest",
    "Estimate",
    "HeldBack",
    "Line",
    "LineForecast",
    "forecast",
    "total",
    "total_backtest",
    "whole",
]

Floats = NDArray[np.float64]

FARTHEST: Final = 36  # months ahead
PROPHET_ALONE: Final = "Prophet"  # as a candidate; it is only ever taken together with the blend
AT_ONCE: Final = 256  # lines held in memory with all their origins


def forecast(
    lines: Sequence[Line],
    horizon: int,
    *,
    prophet: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[LineForecast, ...]:
    """The coming `horizon` months (1 to 36) of each line, in the order given.

    `prophet=False` leaves Prophet out; `progress` is told lines done and lines in all.
    Raises HorizonOutOfRange, NotEnoughHistory for a line without a month, LedgerError for a key
    given twice.
    """
    _check(lines, horizon)
    done: list[LineForecast] = []
    for begin in range(0, len(lines), AT_ONCE):
        some = lines[begin : begin + AT_ONCE]
        for line, views in zip(some, _views(some, horizon), strict=True):
            done.append(_one(line, views, horizon, prophet=prophet))
            if progress is not None:
                progress(len(done), len(lines))
    return tuple(done)


def _check(lines: Sequence[Line], horizon: int) -> None:
    if not 1 <= horizon <= FARTHEST:
        raise HorizonOutOfRange(f"a forecast reaches 1 to {FARTHEST} months ahead, not {horizon}")
    if empty := [line.key for line in lines if not line.amounts]:
        raise NotEnoughHistory(f"no closed month on {', '.join(empty)}")
    counts = Counter(line.key for line in lines)
    if twice := sorted(key for key, count in counts.items() if count > 1):
        raise LedgerError(f"given twice: {', '.join(twice)}")


def _views(lines: Sequence[Line], horizon: int) -> list[dict[int, Said]]:
    """What can be said of each line at each origin and now, by the months known."""
    histories = [np.array(line.amounts, dtype=np.float64) for line in lines]
    known = [[*origins(len(history), horizon), len(history)] for history in histories]
    windows = [h[:months] for h, some in zip(histories, known, strict=True) for months in some]
    said = iter(say(windows, horizon))
    return [{months: next(said) for months in some} for some in known]


def _one(line: Line, views: dict[int, Said], horizon: int, *, prophet: bool) -> LineForecast:
    """One line, from what can be said of it at each origin and now."""
    months = len(line.amounts)
    trial = Trial(line, horizon, {known: v for known, v in views.items() if known < months})
    now = views[months]
    record = trial.record(prophet=prophet and now.method is Method.BLEND)
    method = chosen(now.method, record)
    path = trial.path(months, now, method)
    if path is None:  # Prophet fitted the past and fails on the present
        method, path = now.method, now.mid
    held = trial.held(method)
    backtest = score(held)
    error = backtest.wape if backtest else None
    return LineForecast(
        key=line.key,
        method=method.value,
        why=reason(now.method, method, record, error, months, horizon),
        estimates=_estimates(line, now, path),
        backtest=backtest,
        problems=_problems(line, now, horizon, len(held)),
        considered=_considered(now, record),
        held_back=held,
    )


def _estimates(line: Line, now: Said, path: Floats) -> tuple[Estimate, ...]:
    months = run_of_months(shifted(line.first, len(line.amounts)), len(path))
    low80, high80 = band(path, now.half80, line.amounts)
    low95, high95 = band(path, now.half95, line.amounts)
    columns = zip(months, rounded(path), low80, high80, low95, high95, strict=True)
    return tuple(Estimate(*figures) for figures in columns)


def _considered(now: Said, record: Record) -> tuple[tuple[str, float | None], ...]:
    """Every candidate the history allows, the simplest first, with its backtest error."""
    if now.method is not Method.BLEND:
        return ((now.method.value, record.own),)
    return (
        (Method.NAIVE.value, record.naive),
        (Method.BLEND.value, record.blend),
        (PROPHET_ALONE, record.prophet),
    )


def _set_aside(line: Line, places: Sequence[int]) -> str:
    months = ", ".join(str(shifted(line.first, place)) for place in places)
    if len(places) == 1:
        return f"{months} is unlike its season and was taken as a one-off"
    return f"{months} are unlike their season and were taken as one-offs"


def _problems(line: Line, now: Said, horizon: int, held: int) -> tuple[Problem, ...]:
    """What an accountant should look at: one-off months set aside, and short histories."""
    count = len(line.amounts)
    found = [Problem(line.key, _set_aside(line, now.replaced))] if now.replaced else []
    if not held and now.method is not Method.ZERO:
        found.append(
            Problem(
                line.key,
                f"{count} closed month{'' if count == 1 else 's'}: too short to test a forecast "
                f"of {horizon} on the past, {SEASONED + horizon} needed",
            )
        )
    return tuple(found)
