"""How Intacct writes numbers, dates, instants and yes or no; the only parser of its text.

Amounts are decimal text, dates `mm/dd/yyyy`, instants `mm/dd/yyyy hh:mm:ss` without a zone (taken
as UTC) or ISO 8601, and an empty element stands for nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from lxml import etree

from analytics.ledger import Currency, minor_digits
from intacct.errors import Garbled

_AMOUNT = re.compile(r"[+-]?(\d{1,60}(\.\d{0,60})?|\.\d{1,60})", re.ASCII)
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_INSTANT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T](\d{1,2}):(\d{2}):(\d{2})", re.ASCII)
MOST_DIGITS = 60  # of a number; Python reads no more than some thousands
_CENT = Decimal("0.01")
Value = str | int | Decimal | date | datetime  # a bool is an int, a datetime a date


def parsed(body: bytes) -> etree._Element:
    """The root of a document; Garbled where it is no XML, is cut, or brings its own DOCTYPE."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Garbled(f"the answer is no readable XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Garbled("the answer brings a DOCTYPE, which Intacct never sends")
    return root


def element(tag: str, text: str | None = None, *children: etree._Element) -> etree._Element:
    """An element with its text and its children; control characters are a ValueError."""
    made = etree.Element(tag)
    made.text = text
    made.extend(children)
    return made


def text_of(record: etree._Element, tag: str) -> str:
    """The text of the child, without blanks around it; "" where it is empty or missing."""
    return (record.findtext(tag) or "").strip()


def required_text(record: etree._Element, tag: str) -> str:
    """The text of the child; Garbled where there is none."""
    if found := text_of(record, tag):
        return found
    raise Garbled(f"{record.tag} comes without {tag}")


def amount_from(text: str) -> Decimal:
    """`-1234.50` as an exact number; Garbled for anything else, exponents included."""
    if not _AMOUNT.fullmatch(text.strip()):
        raise Garbled(f"“{text[:40]}” is no amount")
    return Decimal(text.strip())


def amount_text(amount: Decimal) -> str:
    """The amount as Intacct wants it, two digits after the point; ValueError for smaller parts."""
    exact = amount.quantize(_CENT)
    if exact != amount:
        raise ValueError(f"{amount} has fractions of a hundredth")
    return f"{abs(exact) if exact.is_zero() else exact:f}"


def minor_from(text: str, currency: Currency) -> int:
    """`-1234.50` as whole smallest coins of the currency; Garbled for parts of a coin."""
    if not _AMOUNT.fullmatch(text):
        raise Garbled(f"“{text[:40]}” is no amount")
    whole, _, part = text.partition(".")
    digits = minor_digits(currency)
    if part[digits:].strip("0"):
        raise Garbled(f"{text[:40]} has parts of the smallest {currency} coin")
    return int(whole + part[:digits].ljust(digits, "0") or "0")


def count_from(text: str) -> int:
    """A whole number that is not negative; Garbled for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Garbled(f"“{text[:40]}” is no count")
    return int(text)


def date_from(text: str) -> date:
    """`01/31/2026` as a date; Garbled for anything else."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise Garbled(f"“{text[:40]}” is no date")
    try:
        return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError as error:
        raise Garbled(f"“{text[:40]}” is no date") from error


def date_text(day: date) -> str:
    """The date as Intacct wants it, `01/31/2026`."""
    return f"{day:%m/%d/}{day.year:04d}"


def legacy_date(tag: str, day: date) -> etree._Element:
    """The date in parts, as the object-specific functions want it."""
    parts = {"year": f"{day.year:04d}", "month": f"{day.month:02d}", "day": f"{day.day:02d}"}
    return element(tag, None, *(element(part, text) for part, text in parts.items()))


def instant_from(text: str) -> datetime:
    """`01/31/2026 09:00:00` (UTC) or ISO 8601 as an instant in UTC; Garbled for anything else."""
    found = _INSTANT.fullmatch(text.strip())
    try:
        if found:
            month, day, year, hour, minute, second = map(int, found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # its first and last days are not in every zone
        raise Garbled(f"“{text[:40]}” is no instant") from error


def instant_text(moment: datetime) -> str:
    """The instant as Intacct wants it, in UTC to the second; ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    day = moment.astimezone(UTC)
    return f"{date_text(day)} {day:%H:%M:%S}"


def value_text(value: Value) -> str:
    """Any value as Intacct writes its kind: a flag, an instant, a day, a number or a text."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return instant_text(value)
        case date():
            return date_text(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{value} is no number")
            return f"{value:f}"
        case int():
            return str(value)
    return value


def yes_or_no(text: str) -> bool:
    """`true`, `T`, `active` and their like as True; Garbled where it is neither yes nor no."""
    match text.strip().lower():
        case "true" | "t" | "yes" | "active":
            return True
        case "false" | "f" | "no" | "inactive" | "":
            return False
    raise Garbled(f"“{text[:40]}” is neither yes nor no")
