"""An account: its number is text, and its side tells which way is up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NewType

AccountNo = NewType("AccountNo", str)  # leading zeros and dashes matter


class Side(Enum):
    """Where the account's balance normally stands."""

    DEBIT = "debit"
    CREDIT = "credit"


class Statement(Enum):
    """Which statement the account belongs to; statistical accounts count things, not money."""

    INCOME = "income statement"
    BALANCE = "balance sheet"
    STATISTICAL = "statistical"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the chart."""

    number: AccountNo
    title: str
    side: Side
    statement: Statement
    category: str = ""
    active: bool = True

    @property
    def natural_sign(self) -> int:
        """+1 where debits are shown positive, −1 where credits are (revenue, liabilities)."""
        return 1 if self.side is Side.DEBIT else -1
