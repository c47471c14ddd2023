"""Which movements are asked of the books: accounts, months, and what they are split by."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import AccountNo, DimensionName, Dimensions, Period


@dataclass(frozen=True, slots=True)
class BalancesQuestion:
    """Movements of one entity for each month from the first to the last, both included.

    No accounts named means all accounts of the income statement; `by` names what the amounts are
    split by (department, location, project), `where` what they are limited to.
    """

    entity: str
    first: Period
    last: Period
    accounts: tuple[AccountNo, ...] = ()
    by: tuple[DimensionName, ...] = ()
    where: Dimensions = frozenset()
    statistical: bool = False
