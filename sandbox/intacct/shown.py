"""How a kept value is written on the wire."""

from __future__ import annotations

from enum import Enum

from sandbox.company.shape import Field, Kind
from sandbox.company.values import Stored

LETTERS = ("STATISTICAL",)  # this flag is shown as T and F, every other as true and false


class Dialect(Enum):
    """`query` speaks in labels, `readByQuery` in one-letter codes."""

    LABELS = "query"
    CODES = "readByQuery"


def shown(field: Field, kept: Stored, dialect: Dialect = Dialect.LABELS) -> str:
    """The value as text; nothing is the empty text."""
    if kept is None:
        return ""
    match field.kind:
        case Kind.CURRENCY:
            return money(int(kept))
        case Kind.DATE:
            return american(str(kept))
        case Kind.TIMESTAMP:
            return american(str(kept)[:10]) + str(kept)[10:]
        case Kind.BOOLEAN:
            words = ("F", "T") if field.name in LETTERS else ("false", "true")
            return words[int(kept)]
        case Kind.ENUM if field.name == "ACCESSMODE" and dialect is Dialect.LABELS:
            return field.labels[str(kept)]
        case _:
            return str(kept)


def money(kept: int) -> str:
    """So many hundredths with two decimals: -1234 is -12.34."""
    whole, part = divmod(abs(kept), 100)
    return f"{'-' if kept < 0 else ''}{whole}.{part:02d}"


def american(day: str) -> str:
    """2026-01-31 as 01/31/2026."""
    year, month, of_month = day.split("-")
    return f"{month}/{of_month}/{year}"


def speaks_codes(field: Field, dialect: Dialect) -> bool:
    """Whether filter values of this field are codes; the trail's access mode is the other way."""
    if field.name == "ACCESSMODE":
        return dialect is Dialect.LABELS
    return dialect is Dialect.CODES
