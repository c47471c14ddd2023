"""A line of the books going in, and what is said of its coming months."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.ledger import Period, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One series of the books: consecutive closed months in whole minor units, without gaps."""

    key: str
    first: Period
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One future period in whole minor units; low95 ≤ low80 ≤ mid ≤ high80 ≤ high95."""

    period: Period
    mid: int
    low80: int
    high80: int
    low95: int
    high95: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What would have been said `known` months into a line, beside what then came.

    `step` is the mean change over a year within those months, None where it is nothing.
    """

    last: Period
    actual: tuple[int, ...]
    mid: tuple[int, ...]
    naive: tuple[int, ...]
    low80: tuple[int, ...]
    high80: tuple[int, ...]
    step: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """How the method did at rolling origins, at the horizon of the forecast.

    Shares, 0.1 for 10 %, over all origins and months; None where the actuals are all zero.
    `mase` is in yearly steps of the history at each origin, None for a sum of lines;
    `beats_naive` is None too where the method is repeating last year.
    """

    origins: int
    horizon: int
    wape: float | None
    naive_wape: float | None
    bias: float | None
    coverage80: float | None
    mase: float | None
    beats_naive: bool | None


@dataclass(frozen=True, slots=True)
class LineForecast:
    """The coming months of one line, the method in plain words, and how it did before.

    `considered` lists each candidate with its backtest WAPE, None where it had none;
    Prophet's is its own, without the blend, over the few origins it was fitted at.
    """

    key: str
    method: str
    why: str
    estimates: tuple[Estimate, ...]
    backtest: Backtest | None
    problems: tuple[Problem, ...]
    considered: tuple[tuple[str, float | None], ...]
    held_back: tuple[HeldBack, ...] = field(default=(), repr=False)
