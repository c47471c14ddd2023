"""How amounts, changes, periods and instants are said to people."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from analytics.ledger import Currency, Period, from_minor
from bot.messages.message import Cell, Ratio


def amount(value: Decimal) -> str:
    """`1,234.50`; a negative amount in parentheses, as accountants read it."""
    text = f"{abs(value):,}"
    return f"({text})" if value < 0 else text


def coins(minor: int, currency: Currency) -> str:
    """Whole minor units said as an amount."""
    return amount(from_minor(minor, currency))


def ratio(value: Decimal | float | None, *, digits: int = 1, signed: bool = False) -> str:
    """`0.061` as `6.1 %`; a ratio to nothing is `n/m`; with a sign where a direction is meant."""
    if value is None:
        return "n/m"
    coarse = Decimal(1).scaleb(-digits)
    percent = (Decimal(str(value)) * 100).quantize(coarse, ROUND_HALF_UP)
    sign = "−" if percent < 0 else "+" if signed and percent > 0 else ""
    return f"{sign}{abs(percent):,} %"


def cell(value: Cell) -> str:
    """A cell in words: `–` for nothing, `1,204` for a count, amounts and ratios as above."""
    match value:
        case None:
            return "–"
        case str():
            return value
        case Decimal():
            return amount(value)
        case Ratio():
            return ratio(value.value, digits=value.digits, signed=value.signed)
        case int():
            return f"{value:,}"


def change(new: int, old: int) -> Decimal | None:
    """The change as a share of the old figure's size, None where there was nothing."""
    return Decimal(new - old) / abs(old) if old else None


def span(first: Period, last: Period) -> str:
    """`Nov 2026 – Oct 2027`, or one month alone."""
    return str(first) if first == last else f"{first} – {last}"


def instant(at: datetime) -> str:
    """`21 Nov 2026 09:02 UTC`: a clock people in different places read alike."""
    return f"{at:%d %b %Y %H:%M} UTC".lstrip("0")


def sourced(read_at: datetime, copied_for: datetime | None) -> str:
    """When the figures were read: `read 21 Nov 2026 09:00 UTC`, or for a question that was
    answered from a copy `as of 21 Nov 2026 09:02 UTC, from the copy of 09:00`."""
    if copied_for is None:
        return f"read {instant(read_at)}"
    same_day = read_at.date() == copied_for.date()
    copy = f"{read_at:%H:%M}" if same_day else instant(read_at)
    return f"as of {instant(copied_for)}, from the copy of {copy}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 line`, `12 lines`, `1,204 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
