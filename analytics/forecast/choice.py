"""Which method a line gets, and the sentence that says why.

With the few origins a young ledger has, the lowest backtest error is mostly luck: on the public
series, taking it line by line was 2–5 % worse than always taking the blend. So the blend is taken
unless another's backtest error is at most 0.6 of the blend's over at least six origins, which is
where switching stopped doing harm. Prophet is then averaged half and half with the blend.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from analytics.forecast.window import SEASONED, Method

EARNED: Final = 0.6  # of the blend's error
ENOUGH: Final = 6  # origins
NOTHING_CAME: Final = "what came was all zero, so there is no error to compare"


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


def reason(
    allowed: Method,
    method: Method,
    record: Record,
    error: float | None,
    months: int,
    horizon: int,
) -> str:
    """One sentence a controller understands: the errors, or what the history is too short for.

    `error` is the backtest error of the method itself, the figure that is shown beside it.
    """
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
            return f"repeating last year was clearly better: {_naive(record)}"
        case Method.PROPHET:
            return f"Prophet and the blend in equal parts: {_mix(record, error)}"
        case _:
            return _blend(record)


def _mean(months: int) -> str:
    if months < 12:
        return f"history too short for a season: {_months(months)}, 12 needed"
    return "mostly zero or always the same, so there is nothing to smooth"


def _blend(record: Record) -> str:
    if record.blend is None or record.naive is None:
        return NOTHING_CAME
    if record.origins < ENOUGH:
        why = "too few origins to prefer another method"
    elif record.naive <= record.blend:
        why = "repeating last year did about as well, but not clearly better"
    else:
        why = "no other method was clearly better"
    return (
        f"{why}: error {_percent(record.blend)} for the blend over {_origins(record)}, "
        f"{_percent(record.naive)} for repeating last year{_prophet(record)}"
    )


def _naive(record: Record) -> str:
    return (
        f"error {_percent(record.naive)} over {_origins(record)}, "
        f"{_percent(record.blend)} for the blend{_prophet(record)}"
    )


def _mix(record: Record, error: float | None) -> str:
    return (
        f"error {_percent(error)} together over {_origins(record)}, "
        f"{_percent(record.blend)} for the blend alone, "
        f"{_percent(record.naive)} for repeating last year"
    )


def _prophet(record: Record) -> str:
    """Prophet's error beside the blend's over the same few origins, where it was tried."""
    if record.prophet is None or record.rival is None:
        return ""
    return f"; {_percent(record.prophet)} for Prophet where the blend had {_percent(record.rival)}"


def _percent(share: float | None) -> str:
    """`0.0165` as `1.7 %`, rounded half up, as it is rounded where people see it."""
    if share is None:
        return "n/m"
    percent = (Decimal(str(share)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent} %"


def _origins(record: Record) -> str:
    return "1 origin" if record.origins == 1 else f"{record.origins} origins"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
