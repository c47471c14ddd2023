"""What Intacct would refuse in any document: its wording, amounts, days, places and currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from analytics.ledger import Currency, Dimensions, Problem, minor_digits
from intacct.documents.places import is_dimension

MOST_DIGITS: Final = 16  # before the point and after it; more does not fit Intacct's amounts
MOST_DECIMALS: Final = 2  # Intacct rounds what is finer, and a rounded amount is another amount
MOST_RATE_DIGITS: Final = 9
LONGEST_KEY: Final = 45  # no field that Intacct keeps a key in is shorter
LONGEST_TEXT: Final = 1000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_UNSENDABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wording(about: str, what: str, words: str, longest: int) -> Iterator[Problem]:
    """Words that must be there: not blank, not longer, nothing that is dropped or not sent."""
    if not words.strip():
        yield Problem(about, f"{what} is blank; give it one.")
    yield from optional_wording(about, what, words, longest)


def optional_wording(about: str, what: str, words: str, longest: int) -> Iterator[Problem]:
    """Words that may be missing, and otherwise have to fit and to arrive as they are."""
    if words != words.strip():
        yield Problem(about, f"{what} begins or ends with a blank, which Intacct drops; remove it.")
    if len(words) > longest:
        yield Problem(about, f"{what} has {len(words)} characters; at most {longest} fit.")
    if not sendable(words):
        yield Problem(about, f"{what} has a character that cannot be sent; type it anew.")


def sendable(words: str) -> bool:
    """Whether every character may stand in XML."""
    return not _UNSENDABLE.search(words)


def amount(about: str, value: Decimal, money: Currency | None = None) -> Iterator[Problem]:
    """An amount Intacct holds as it is: finite, small enough, in whole coins of its currency."""
    digits = min(MOST_DECIMALS, minor_digits(money)) if money else MOST_DECIMALS
    if not value.is_finite():
        yield Problem(about, f"{value} is no amount; give a number.")
    elif value and value.adjusted() >= MOST_DIGITS - MOST_DECIMALS:
        yield Problem(about, f"{value:f} is larger than Intacct can hold; check it.")
    elif value != value.quantize(Decimal(1).scaleb(-MOST_DECIMALS)):
        yield Problem(about, f"{value:f} has fractions of a hundredth; round it first.")
    elif value != value.quantize(Decimal(1).scaleb(-digits)):
        yield Problem(about, f"{value:f} has fractions, and {money} has no coins so small.")


def positive(about: str, value: Decimal, money: Currency | None = None) -> Iterator[Problem]:
    """An amount that must be more than nothing."""
    yield from amount(about, value, money)
    if value.is_finite() and value <= 0:
        yield Problem(about, f"{value:f} must be greater than zero.")


def not_below_zero(
    about: str, what: str, value: Decimal, money: Currency | None = None
) -> Iterator[Problem]:
    """An amount that may be nothing, and not less."""
    yield from amount(about, value, money)
    if value.is_finite() and value < 0:
        yield Problem(about, f"{what} is {value:f}; it cannot be below zero.")


def day(about: str, what: str, value: date) -> Iterator[Problem]:
    """A day in years that books are kept for."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield Problem(about, f"{what} is {value.isoformat()}; check the year.")


def currency(about: str, what: str, value: Currency) -> Iterator[Problem]:
    """Three capital letters."""
    if not re.fullmatch(r"[A-Z]{3}", value):
        yield Problem(about, f"{what} must be three capital letters, like USD.")


def rate(about: str, value: Decimal | None) -> Iterator[Problem]:
    """An exchange rate above zero, or none."""
    if value is None:
        return
    if not (value.is_finite() and value > 0):
        yield Problem(about, f"The exchange rate is {value}; it must be above zero.")
    elif not -MOST_RATE_DIGITS <= value.adjusted() <= MOST_RATE_DIGITS:
        yield Problem(about, f"The exchange rate is {value}; check it.")


def record_number(about: str, what: str, value: str) -> Iterator[Problem]:
    """The number Intacct gave a record: digits, as text."""
    if not re.fullmatch(r"[1-9][0-9]{0,17}", value):
        yield Problem(about, f"{what} is “{value}”, which is no record number of Intacct's.")


def places(about: str, where: Dimensions) -> Iterator[Problem]:
    """Dimensions Intacct knows by name, each once, with ids that can be sent."""
    for key in sorted(where):
        if not is_dimension(key.name):
            yield Problem(about, f"Intacct knows no dimension “{key.name}”.")
        if not key.id or key.id != key.id.strip() or not sendable(key.id):
            yield Problem(
                about, f"“{key.id.strip()}” has blanks or characters that cannot be sent."
            )
    if len({key.name for key in where}) != len(where):
        yield Problem(about, "A dimension has two values; a line has one of each.")


def natural_key(about: str, what: str, words: str, longest: int = LONGEST_KEY) -> Iterator[Problem]:
    """A key that Intacct keeps whole and that a condition finds again letter by letter."""
    yield from wording(about, what, words, longest)
    if any(sign in words for sign in "\n\t\r"):
        yield Problem(about, f"{what} has more than one line; a key is one line.")
