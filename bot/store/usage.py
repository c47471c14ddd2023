"""What Sage counts against the company's monthly allowance: so far, and at this pace."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.clock import store_now
from bot.store.engine import reading
from bot.store.tables import api_use

WARNINGS: Final = (100, 80)  # percent of the allowance, each told once a month
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Usage:
    """A month of a company: what was billed so far, the allowance, and the month's end.

    `projected` goes on at the pace so far; the first day is taken to be over.
    """

    month: str
    billed: int
    allowance: int
    projected: int

    @property
    def percent(self) -> int:
        """How much of the allowance is used, rounded down."""
        return self.billed * 100 // self.allowance

    @property
    def sentence(self) -> str:
        """The three figures as a person reads them."""
        return (
            f"Intacct transactions in {self.month}: {self.billed:,} of {self.allowance:,}"
            f" ({self.percent} %); at this pace {self.projected:,} by the end of the month."
        )


def usage(store: Engine, company: str, allowance: int) -> Usage:
    """This month's use of the company, by the store's clock in UTC."""
    with reading(store) as tx:
        now = store_now(tx)
        here = (api_use.c.company == company, api_use.c.month == _month(now))
        billed = tx.execute(select(api_use.c.billed).where(*here)).scalar_one_or_none() or 0
    return Usage(_month(now), billed, allowance, projected(billed, now))


def count_use(tx: Connection, company: str, billed: int, allowance: int) -> str | None:
    """Add to this month's count; a sentence where it passes a limit nobody was warned of yet."""
    now = store_now(tx)
    month = _month(now)
    add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    row = {"company": company, "month": month, "billed": billed, "warned_percent": 0}
    counted = (
        add(api_use)
        .values(row)
        .on_conflict_do_update(
            index_elements=["company", "month"], set_={"billed": api_use.c.billed + billed}
        )
        .returning(api_use.c.billed, api_use.c.warned_percent)
    )
    total, warned = tx.execute(counted).one()
    found = Usage(month, total, allowance, projected(total, now))
    limit = next((percent for percent in WARNINGS if found.percent >= percent), 0)
    if limit <= warned:
        return None
    here = (api_use.c.company == company, api_use.c.month == month)
    tx.execute(update(api_use).where(*here).values(warned_percent=limit))
    return f"{limit} % of the allowance is used. {found.sentence}"


def projected(billed: int, now: datetime) -> int:
    """The month's end at the pace so far, rounded down."""
    began = datetime(now.year, now.month, 1, tzinfo=UTC)
    whole = timedelta(days=monthrange(now.year, now.month)[1])
    return (
        billed * (whole // timedelta(seconds=1)) // (max(now - began, DAY) // timedelta(seconds=1))
    )


def _month(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m}"
