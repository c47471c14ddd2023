"""When a document is due, and what is taken off for paying early."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """What may be taken off until so many days later; `percent` tells a share from an amount."""

    days: int
    counted_from: str
    amount: Decimal
    percent: bool
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """Payment terms by their name; `counted_from` is Intacct's label, like “from invoice date”."""

    record_no: str
    name: str
    description: str
    due_days: int | None
    counted_from: str
    discount: Discount | None
    active: bool = True
