"""How far forecasts were from what came, beside what else one could use.

`python -m benchmarks.forecast_accuracy LEDGER.csv`: of each series the last twelve months are held
back, and the 36 or 60 before them are all that is known. Series shorter than that, or with twelve
zeros held back or no change over a year, are left out. MASE is the mean absolute error in mean
yearly steps of the known months; WAPE the absolute error as a share of the absolute actuals, median
over series; coverage the share of held-back months inside the band.
"""

from __future__ import annotations

import logging
import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.forecast.accuracy import coverage, mase, wape
from analytics.forecast.engine import Line, forecast
from analytics.forecast.long_csv import read_long
from analytics.forecast.window import Method, say
from analytics.ledger import shifted
from benchmarks import report

Floats = NDArray[np.float64]

HELD_BACK = 12
HISTORIES = (36, 60)
AS_INSTALLED = 60  # series Prophet is tried on
SEED = 20_261_121


@dataclass(frozen=True, slots=True)
class Case:
    """The months known of a series, and the twelve that came."""

    known: Line
    came: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a method says of the held-back months; bands only where it has any."""

    mid: Sequence[float]
    bands: tuple[tuple[Sequence[float], Sequence[float]], ...] = ()


Guessing = Callable[[Sequence[Case]], list[Guess]]


def main(ledger: Path) -> None:
    """Score every method at every length of history, all on the same series."""
    import prophet  # noqa: F401 - a second to import, which is no series' time

    with ledger.open(encoding="utf-8") as text:
        lines = read_long(text).lines
    rows: list[tuple[str, ...]] = []
    for months in HISTORIES:
        cases = [case for line in lines if (case := _case(line, months))]
        some = random.Random(SEED).sample(cases, min(AS_INSTALLED, len(cases)))
        rows += [_row(months, name, cases, guess) for name, guess in ON_ALL.items()]
        rows += [_row(months, name, some, guess) for name, guess in ON_SOME.items()]
    header = (
        *("history", "method", "series", "MASE", "median WAPE"),
        *("80 % band held", "95 % band held", "ms a series"),
    )
    print(f"The last {HELD_BACK} months held back. Compare within one number of series.\n")
    print(report.table(header, rows))
    print(f"\n{report.machine()}")


def _case(line: Line, months: int) -> Case | None:
    """The series cut so that `months` are known; None where it cannot be scored."""
    if len(line.amounts) < months + HELD_BACK:
        return None
    known, came = line.amounts[:-HELD_BACK][-months:], line.amounts[-HELD_BACK:]
    if not any(came) or not any(b - a for a, b in zip(known, known[12:], strict=False)):
        return None
    first = shifted(line.first, len(line.amounts) - HELD_BACK - months)
    return Case(Line(line.key, first, known), came)


def _row(months: int, name: str, cases: Sequence[Case], guess: Guessing) -> tuple[str, ...]:
    print(f"{months} months, {name}, {len(cases)} series", file=sys.stderr, flush=True)
    begun = time.perf_counter()
    guesses = guess(cases)
    spent = time.perf_counter() - begun
    pairs = list(zip(cases, guesses, strict=True))
    errors = [mase(c.came, g.mid, c.known.amounts, 12) for c, g in pairs]
    shares = [wape(c.came, g.mid) for c, g in pairs]
    return (
        f"{months} months",
        name,
        f"{len(cases):,}",
        f"{mean(e for e in errors if e is not None):.3f}",
        f"{median(s for s in shares if s is not None):.1%}",
        _held(pairs, 0),
        _held(pairs, 1),
        f"{1000 * spent / len(cases):.1f}",
    )


def _held(pairs: Sequence[tuple[Case, Guess]], band: int) -> str:
    if any(not guess.bands for _, guess in pairs):
        return "–"
    shares = [coverage(case.came, *guess.bands[band]) for case, guess in pairs]
    return f"{mean(share for share in shares if share is not None):.1%}"


def _naive(cases: Sequence[Case]) -> list[Guess]:
    """Each month as it was a year before."""
    return [Guess(case.known.amounts[-12:]) for case in cases]


def _blend(cases: Sequence[Case]) -> list[Guess]:
    """What the engine says before it looks at held-back months: the method the history allows."""
    windows: list[Floats] = [np.array(case.known.amounts, dtype=np.float64) for case in cases]
    return [
        Guess(said.paths.get(Method.BLEND, said.mid).tolist()) for said in say(windows, HELD_BACK)
    ]


def _engine(cases: Sequence[Case], *, prophet: bool = False) -> list[Guess]:
    """The engine as the bot calls it: the method chosen by backtest, with its bands."""
    found = forecast([case.known for case in cases], HELD_BACK, prophet=prophet)
    return [
        Guess(
            [e.mid for e in one.estimates],
            (
                ([e.low80 for e in one.estimates], [e.high80 for e in one.estimates]),
                ([e.low95 for e in one.estimates], [e.high95 for e in one.estimates]),
            ),
        )
        for one in found
    ]


def _engine_with_prophet(cases: Sequence[Case]) -> list[Guess]:
    return _engine(cases, prophet=True)


def _prophet_as_installed(cases: Sequence[Case]) -> list[Guess]:
    """`Prophet().fit(…)` and `predict`, as its front page shows, once for each band."""
    for name in ("prophet", "cmdstanpy"):
        logging.getLogger(name).disabled = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [_fitted(case) for case in cases]


def _fitted(case: Case) -> Guess:
    from prophet import Prophet

    count = len(case.known.amounts)
    months = pd.date_range(case.known.first.first.isoformat(), periods=count + HELD_BACK, freq="MS")
    known = pd.DataFrame({"ds": months[:count], "y": np.array(case.known.amounts, dtype=float)})
    future = pd.DataFrame({"ds": months[count:]})
    model = Prophet(interval_width=0.8)
    model.fit(known, seed=SEED)
    np.random.seed(SEED)
    said = model.predict(future)
    model.interval_width = 0.95
    wider = model.predict(future)
    bands = tuple((one["yhat_lower"].tolist(), one["yhat_upper"].tolist()) for one in (said, wider))
    return Guess(said["yhat"].tolist(), bands)


ON_ALL: dict[str, Guessing] = {
    "seasonal naive": _naive,
    "the blend alone": _blend,
    "the engine's choice": _engine,
}
ON_SOME: dict[str, Guessing] = {
    **ON_ALL,
    "the engine, Prophet allowed": _engine_with_prophet,
    "Prophet as installed": _prophet_as_installed,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
