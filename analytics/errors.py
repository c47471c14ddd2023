"""What the books do not allow.

LedgerError
├─ CurrencyMismatch   unlike currencies do not add
├─ UnknownPeriod      words or dates that name no period
├─ NotEnoughHistory   too few closed periods for what was asked
├─ HorizonOutOfRange  so many months ahead are not forecast
└─ MalformedRows      a file's rows that cannot be understood, by line number
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


class HorizonOutOfRange(LedgerError):
    """So many months ahead are not forecast."""


class MalformedRows(LedgerError):
    """A file's rows that cannot be understood, each by its line number."""
