"""What a question is answered from: the copy where it is fresh, the books themselves elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import pandas as pd
from sqlalchemy import Engine

from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    Account,
    Currency,
    DimensionName,
    DimensionValue,
)
from bot.services import Services
from bot.staged import masters
from bot.staged.balances import staged_balances
from bot.staged.marks import Mark, last_runs, marks, oldest, want_from
from bot.staged.objects import LINES
from bot.staged.refresh import refresh
from bot.staged.tied import UNTIED
from intacct.client import Intacct
from intacct.read.accounts import read_accounts
from intacct.read.balances import BalancesQuestion, read_balances
from intacct.read.dimensions import (
    Entity,
    read_departments,
    read_entities,
    read_locations,
    read_projects,
)
from intacct.read.setup import read_setup

_READERS = {DEPARTMENT: read_departments, LOCATION: read_locations, PROJECT: read_projects}


class Ledger(Protocol):
    """Questions to the ledger; the same answers from the books and from a copy that ties."""

    @property
    def read_at(self) -> datetime:
        """The moment its figures are at least as of."""
        ...

    @property
    def copied(self) -> bool:
        """Whether it is the copy that answers."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, active or not, by number."""
        ...

    def entities(self) -> tuple[Entity, ...]:
        """The entities by id, active or not; none where the company is a single one."""
        ...

    def base_currency(self) -> Currency:
        """The company's own currency; "" where entities have their own."""
        ...

    def values(self, dimension: DimensionName) -> tuple[DimensionValue, ...]:
        """The values of a dimension by id, active or not."""
        ...

    def balances(self, question: BalancesQuestion) -> pd.DataFrame:
        """Movements by month, in minor units, debits positive."""
        ...


@dataclass(frozen=True, slots=True)
class Books:
    """Intacct itself: every question is a call."""

    books: Intacct
    read_at: datetime
    copied: bool = False

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, active or not, by number."""
        return read_accounts(self.books)

    def entities(self) -> tuple[Entity, ...]:
        """The entities by id, active or not; none where the company is a single one."""
        return read_entities(self.books)

    def base_currency(self) -> Currency:
        """The company's own currency; "" where entities have their own."""
        return read_setup(self.books).base_currency

    def values(self, dimension: DimensionName) -> tuple[DimensionValue, ...]:
        """The values of a dimension by id, active or not."""
        return _READERS[dimension](self.books)

    def balances(self, question: BalancesQuestion) -> pd.DataFrame:
        """Movements by month, in minor units, debits positive."""
        return read_balances(self.books, question)


@dataclass(frozen=True, slots=True)
class Copy:
    """What was read before: no question is a call."""

    store: Engine
    read_at: datetime
    copied: bool = True

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, active or not, by number."""
        return masters.accounts(self.store)

    def entities(self) -> tuple[Entity, ...]:
        """The entities by id, active or not; none where the company is a single one."""
        return masters.entities(self.store)

    def base_currency(self) -> Currency:
        """The company's own currency; "" where entities have their own."""
        return masters.base_currency(self.store)

    def values(self, dimension: DimensionName) -> tuple[DimensionValue, ...]:
        """The values of a dimension by id, active or not."""
        return masters.values(self.store, dimension)

    def balances(self, question: BalancesQuestion) -> pd.DataFrame:
        """Movements by month, in minor units, debits positive."""
        return staged_balances(self.store, question)


def ledger_from(services: Services, first: date, *, fresh: bool = False) -> Ledger:
    """The ledger that answers questions from this day on.

    The copy where it is younger than the policy's freshness; an older one, or one that is known
    to be behind, is brought up to date first, and so is any where somebody insists on `fresh`.
    Where there is none yet, or it does not go back so far or does not tie, the books themselves
    answer, and the next round reads what was missing.
    """
    asked = services.clock()
    live = Books(services.books, asked)
    held = marks(services.store) if services.policy.freshness else {}
    if LINES not in held:
        return live
    if not _reaches(held[LINES], first):
        want_from(services.store, first)
        return live
    if not fresh and _untied_lately(services):
        return live
    if fresh or not _is_fresh(services, held):
        services.progress("Looking up what changed in Sage Intacct…")
        refresh(services, enough=lambda now: _newer(services, now, asked if fresh else None))
        held = marks(services.store)
    if not _is_fresh(services, held) or not _reaches(held[LINES], first):
        return live
    return Copy(services.store, oldest(held))


def _reaches(mark: Mark, first: date) -> bool:
    return mark.first is not None and mark.first <= first


def _is_fresh(services: Services, held: Mapping[str, Mark]) -> bool:
    if LINES not in held or any(mark.behind for mark in held.values()):
        return False
    return services.clock() - oldest(held) <= services.policy.freshness


def _untied_lately(services: Services) -> bool:
    """Whether the last reading did not tie: another one so soon would only cost calls."""
    (run,) = last_runs(services.store, 1)
    return UNTIED in run.outcome and services.clock() - run.started <= services.policy.freshness


def _newer(services: Services, held: Mapping[str, Mark], asked: datetime | None) -> bool:
    """Whether another's run, waited for, left a copy that will do."""
    return _is_fresh(services, held) and (asked is None or oldest(held) > asked)
