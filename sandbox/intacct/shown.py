"""How a kept value is written on the wire."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from sandbox.company.shape import Field, Kind
from sandbox.company.values import Stored

LETTERS = ("STATISTICAL",)  # this flag is shown as T and F, every other as true and false
Show = Callable[[str | int], str]


class Dialect(Enum):
    """`query` speaks in labels, `readByQuery` in one-letter codes."""

    LABELS = "query"
    CODES = "readByQuery"


def shown(field: Field, kept: Stored, dialect: Dialect = Dialect.LABELS) -> str:
    """The value as text; nothing is the empty text."""
    return "" if kept is None else way_of_showing(field, dialect)(kept)


def way_of_showing(field: Field, dialect: Dialect = Dialect.LABELS) -> Show:
    """How every value of a field is written; nothing at all is not a value."""
    match field.kind:
        case Kind.CURRENCY:
            return money
        case Kind.DATE:
            return american
        case Kind.TIMESTAMP:
            return _instant
        case Kind.BOOLEAN:
            return _letter if field.name in LETTERS else _word
        case Kind.ENUM if field.name == "ACCESSMODE" and dialect is Dialect.LABELS:
            return lambda kept: field.labels[str(kept)]
        case _:
            return str


def money(kept: str | int) -> str:
    """So many hundredths with two decimals: -1234 is -12.34."""
    digits = str(kept)
    if digits.startswith("-"):
        return f"-{money(digits[1:])}"
    return f"{digits[:-2]}.{digits[-2:]}" if len(digits) > 2 else f"0.{digits:0>2}"


def american(day: str | int) -> str:
    """2026-01-31 as 01/31/2026."""
    year, month, of_month = str(day).split("-")
    return f"{month}/{of_month}/{year}"


def speaks_codes(field: Field, dialect: Dialect) -> bool:
    """Whether filter values of this field are codes; the trail's access mode is the other way."""
    if field.name == "ACCESSMODE":
        return dialect is Dialect.LABELS
    return dialect is Dialect.CODES


def _instant(kept: str | int) -> str:
    day, time = str(kept).split(" ")
    return f"{american(day)} {time}"


def _word(kept: str | int) -> str:
    return "true" if kept else "false"


def _letter(kept: str | int) -> str:
    return "T" if kept else "F"
