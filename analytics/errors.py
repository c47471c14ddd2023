"""What the books do not allow.

LedgerError
├─ CurrencyMismatch   unlike currencies do not add
├─ UnknownPeriod      words or dates that name no period
└─ NotEnoughHistory   too few closed periods for what was asked
"""

from __future__ import annotations


class LedgerError(Exception):
    """The books do not allow this."""


class CurrencyMismatch(LedgerError):
    """Unlike currencies do not add."""


class UnknownPeriod(LedgerError):
    """These words or this date name no period."""


class NotEnoughHistory(LedgerError):
    """Too few closed periods for what was asked."""
