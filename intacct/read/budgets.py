"""Which budgets are in the books, and what their lines say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analytics.ledger import AccountNo


@dataclass(frozen=True, slots=True)
class BudgetHead:
    """A budget without its lines."""

    record_no: str
    budget_id: str
    description: str
    default: bool
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class BudgetQuestion:
    """The lines of one budget; no accounts named means all of them."""

    budget_id: str
    accounts: tuple[AccountNo, ...] = ()
