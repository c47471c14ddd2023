"""How a value written on the wire is read: by its field's kind, or refused."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sandbox.company.shape import Field, Kind
from sandbox.company.values import INSTANT, Stored, stored

DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
LONGEST_NUMBER = 18  # digits; the store keeps no larger whole number
FLAGS = {"true": True, "t": True, "false": False, "f": False}


def received(field: Field, text: str) -> Stored:
    """The text as the store keeps it; a ValueError says what is wrong with it."""
    if field.kind in (Kind.TEXT, Kind.ENUM):
        return text
    if field.kind is Kind.DATE:
        return date_of(text)
    if field.kind is Kind.TIMESTAMP:
        return instant_of(text)
    if field.kind is Kind.BOOLEAN:
        return flag_of(text)
    return stored(field, number_of(text))


def number_of(text: str) -> Decimal:
    """An exact number in plain digits; neither thousands separators nor exponents are read."""
    if not PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"'{text}' is not a number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"'{text}' is not a number") from error


def record_number(text: str) -> int:
    """The record number a text is; 0, which no record has, where it is none."""
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else 0


def flag_of(text: str) -> int:
    """True or false in any spelling clients send."""
    if text.lower() not in FLAGS:
        raise ValueError(f"'{text}' is neither true nor false")
    return int(FLAGS[text.lower()])


def date_of(text: str) -> str:
    """A day written mm/dd/yyyy; a time of day behind it does not matter."""
    day = text.split(" ")[0]
    if not DATE.fullmatch(day):
        raise ValueError(f"'{text}' is not a date of the form mm/dd/yyyy")
    return _parsed(day, "%m/%d/%Y", text).strftime("%Y-%m-%d")


def instant_of(text: str) -> str:
    """An instant in UTC written mm/dd/yyyy hh:mm:ss; a day alone is its midnight."""
    pattern = "%m/%d/%Y" if DATE.fullmatch(text) else "%m/%d/%Y %H:%M:%S"
    return _parsed(text, pattern, text).strftime(INSTANT)


def _parsed(text: str, pattern: str, whole: str) -> datetime:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - the wire carries no zone, it is UTC
    except ValueError as error:
        raise ValueError(f"'{whole}' is not a date of the form mm/dd/yyyy") from error
