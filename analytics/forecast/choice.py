"""Which method a line gets, and the sentence that says why.

With the few origins a young ledger has, the lowest backtest error is mostly luck: on the public
series, taking it line by line was 2–5 % worse than always taking the blend. So the blend is taken
unless another's backtest error is at most 0.6 of the blend's over at least six origins, which is
where switching stopped doing harm. Prophet is then averaged half and half with the blend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analytics.forecast.window import SEASONED, Method

EARNED: Final = 0.6  # of the blend's error
ENOUGH: Final = 6  # origins


@dataclass(frozen=True, slots=True)
class Record:
    """The backtest errors (WAPE) of the candidates of one line; None where there is none.

    `own` is that of whatever the history allowed at each origin; `prophet` is Prophet's over its
    own few origins and `rival` the blend's over the same.
    """

    origins: int
    own: float | None
    blend: float | None
    naive: float | None
    prophet: float | None = None
    rival: float | None = None


def chosen(allowed: Method, record: Record) -> Method:
    """The method the line gets, given what its history allows and how the candidates did."""
    if allowed is not Method.BLEND or record.origins < ENOUGH:
        return allowed
    if _earned(record.naive, record.blend):
        return Method.NAIVE
    return Method.PROPHET if _earned(record.prophet, record.rival) else Method.BLEND


def _earned(error: float | None, blend: float | None) -> bool:
    return error is not None and blend is not None and error <= EARNED * blend


def reason(allowed: Method, method: Method, record: Record, months: int, horizon: int) -> str:
    """One short sentence: the backtest figures, or what the history is too short for."""
    match method:
        case Method.ZERO:
            return "nothing was booked in the last twelve months"
        case Method.MEAN:
            return _mean(months)
        case _ if months < SEASONED:
            return f"history too short for a season of its own: {_months(months)}, 24 needed"
        case Method.NAIVE if allowed is Method.NAIVE:
            return "booked in the same few months each year"
        case _ if not record.origins:
            need = SEASONED + horizon
            return f"history too short for a backtest: {_months(months)}, {need} needed"
        case Method.NAIVE:
            return f"last year again was clearly nearest: {_figures(record)}"
        case Method.PROPHET:
            return f"Prophet and the blend in equal parts: {_figures(record)}"
        case _:
            return _blend(record)


def _mean(months: int) -> str:
    if months < 12:
        return f"history too short for a season: {_months(months)}, 12 needed"
    return "mostly zero or always the same, so there is nothing to smooth"


def _blend(record: Record) -> str:
    if record.origins < ENOUGH:
        return f"too few origins to prefer another: {_figures(record)}"
    if record.naive is not None and record.blend is not None and record.naive <= record.blend:
        return f"seasonal naive did as well, but not by enough to be no luck: {_figures(record)}"
    return f"no other was clearly nearer: {_figures(record)}"


def _figures(record: Record) -> str:
    """The errors in words; Prophet's beside the blend's over the same few origins."""
    if record.blend is None or record.naive is None:
        return "what came was all zero, so there is no error to compare"
    word = "origin" if record.origins == 1 else "origins"
    main = (
        f"error {record.blend:.1%} for the blend and {record.naive:.1%} for seasonal naive "
        f"over {record.origins} {word}"
    )
    if record.prophet is None or record.rival is None:
        return main
    return f"{main}; {record.prophet:.1%} for Prophet where the blend had {record.rival:.1%}"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
