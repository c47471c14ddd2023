"""The parts of object-specific calls: lower case, in a fixed order, a date in three elements."""

from __future__ import annotations

from datetime import date

from lxml import etree

from intacct.wire import element


def legacy_date(tag: str, day: date) -> etree._Element:
    """`<tag><year>2026</year><month>05</month><day>15</day></tag>`."""
    return element(
        tag,
        None,
        element("year", f"{day.year:04d}"),
        element("month", f"{day.month:02d}"),
        element("day", f"{day.day:02d}"),
    )


def optional_date(tag: str, day: date | None) -> list[etree._Element]:
    """The date, or nothing."""
    return [legacy_date(tag, day)] if day else []


def optional(tag: str, text: str) -> list[etree._Element]:
    """The element, or nothing: an empty one would clear what Intacct fills in by itself."""
    return [element(tag, text)] if text else []
