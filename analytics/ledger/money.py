"""An amount is exact and knows its currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NewType

from analytics.errors import CurrencyMismatch, LedgerError

Currency = NewType("Currency", str)  # ISO 4217, as the books spell it

# Digits after the point where they are not two (ISO 4217).
MINOR_DIGITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def minor_digits(currency: Currency) -> int:
    """How many digits the currency's smallest coin has after the point."""
    return MINOR_DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: Currency) -> int:
    """The amount in whole smallest coins; a fraction of a coin is a ValueError, never rounded."""
    scaled = amount.scaleb(minor_digits(currency))
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has fractions of the smallest {currency} coin")
    return int(scaled)


def from_minor(coins: int, currency: Currency) -> Decimal:
    """The amount that so many smallest coins make, with the currency's digits."""
    return Decimal(coins).scaleb(-minor_digits(currency))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; debits positive, credits negative."""

    amount: Decimal
    currency: Currency

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"Money needs a Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is no amount")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._alike(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._alike(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    @property
    def minor(self) -> int:
        """Whole smallest coins."""
        return to_minor(self.amount, self.currency)

    def rounded(self) -> Money:
        """To the currency's smallest coin, half up."""
        coin = Decimal(1).scaleb(-minor_digits(self.currency))
        return Money(self.amount.quantize(coin, ROUND_HALF_UP), self.currency)

    def split(self, weights: Sequence[Decimal]) -> list[Money]:
        """Rounded shares in proportion; the remainder goes to the largest, the first of equals."""
        whole = sum(weights, Decimal(0))
        if not whole:
            raise LedgerError("weights that add up to nothing share nothing out")
        shares = [Money(self.amount * w / whole, self.currency).rounded() for w in weights]
        largest = max(range(len(weights)), key=lambda i: (abs(shares[i].amount), -i))
        rest = self.rounded().amount - sum((s.amount for s in shares), Decimal(0))
        shares[largest] = Money(shares[largest].amount + rest, self.currency)
        return shares

    def _alike(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add")
        return other.amount
