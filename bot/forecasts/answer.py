"""A forecast as it was answered: kept whole, so that what was shown is what can be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.forecast.engine import Backtest, Estimate, LineForecast
from analytics.ledger import (
    PROJECT,
    Currency,
    Period,
    shifted,
)
from bot.approvals.sources import SourceRow
from bot.forecasts.history import History
from intacct.read.balances import BalancesQuestion
from intacct.read.dimensions import Entity

YEAR = 12


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One account in one place: its history, what comes, and `natural`, which turns its amounts
    into the account's own sign (they are kept in the sign of the whole answer)."""

    title: str
    natural: int
    history: History
    forecast: LineForecast

    @property
    def coming(self) -> int:
        """The sum of the months forecast, minor units."""
        return sum(e.mid for e in self.forecast.estimates)

    @property
    def label(self) -> str:
        """The account and where it is, as one label."""
        places = (self.history.department, self.history.location, self.history.project)
        name = f"{self.history.account} {self.title}"
        return " · ".join(word for word in (name, *places) if word)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the message shows, and what *Save as budget version* and *Sources* need.

    Amounts of lines and totals are the ledger's times `sign`, so that revenue is positive.
    `copied_for` is when it was asked where the copy of the books answered; `read_at` is when the
    figures were read from Intacct in any case.
    """

    id: str
    name: str
    sign: int
    entity: Entity
    question: BalancesQuestion
    read_at: datetime
    lines: tuple[AnswerLine, ...]
    total: tuple[Estimate, ...]
    whole: Estimate
    backtest: Backtest | None
    rows: tuple[SourceRow, ...]
    policy_version: int
    notes: tuple[str, ...] = ()
    copied_for: datetime | None = None

    @property
    def currency(self) -> Currency:
        """The currency of every figure in it."""
        return self.entity.currency

    @property
    def year_before_known(self) -> bool:
        """Whether the books reach back to the months a year before those forecast."""
        begins = min(line.history.line.first for line in self.lines)
        return begins <= shifted(self.first, -YEAR)

    @property
    def first(self) -> Period:
        """The first month forecast."""
        return self.total[0].period

    @property
    def last(self) -> Period:
        """The last month forecast."""
        return self.total[-1].period


def of_projects(question: BalancesQuestion) -> bool:
    """Whether it is split by project or narrowed to one; no budget can hold that."""
    return PROJECT in question.by or any(key.name == PROJECT for key in question.where)


def first_year(lines: Sequence[AnswerLine]) -> tuple[int, int]:
    """What comes in the first twelve months at most, and what was in the same months a year before.

    Minor units. Months further ahead have no year before that is known.
    """
    months = [(line.history, e) for line in lines for e in line.forecast.estimates[:YEAR]]
    return sum(e.mid for _, e in months), sum(history.ago(e.period) for history, e in months)


def in_order(lines: Sequence[AnswerLine]) -> list[AnswerLine]:
    """The lines as they are shown: the largest coming first."""
    return sorted(lines, key=lambda line: (-abs(line.coming), line.history.line.key))
