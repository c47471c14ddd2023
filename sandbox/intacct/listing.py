"""Many records of one kind, written straight as text: a page has fifty thousand values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

from lxml import etree

from sandbox.company.shape import Field, Kind
from sandbox.company.values import Stored
from sandbox.intacct.shown import Dialect, Show, way_of_showing

TEXTUAL = (Kind.TEXT, Kind.ENUM)
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKUP = re.compile("[&<>\r]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A field under the name it comes back as; `plain` values never hold anything to escape."""

    name: str
    show: Show
    plain: bool = False

    def text(self, value: Stored) -> str:
        """One value as text; nothing is the empty text."""
        return "" if value is None else self.show(value)


@dataclass(frozen=True, slots=True)
class Listing:
    """A `data` element of `count` records; each field has its column of texts fit for XML.

    A legacy list has a heading, which stands before `data` in its result.
    """

    tag: str
    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    count: int
    attributes: Mapping[str, str]
    heading: etree._Element | None = None


def shown_as(field: Field, name: str, dialect: Dialect = Dialect.LABELS) -> Shown:
    """A field of an object under a name of its own or another."""
    return Shown(name, way_of_showing(field, dialect), plain=field.kind not in TEXTUAL)


def listing(
    tag: str,
    fields: Sequence[Shown],
    rows: Sequence[Sequence[Stored]],
    attributes: Mapping[str, str | int],
) -> Listing:
    """The rows under the fields' names, each value as its field shows it."""
    held = zip(*rows, strict=True) if rows else [()] * len(fields)
    columns = tuple(_texts(one, column) for one, column in zip(fields, held, strict=True))
    marks = {name: str(value) for name, value in attributes.items()}
    return Listing(tag, tuple(one.name for one in fields), columns, len(rows), marks)


def written_out(one: Listing, *, spread: bool) -> bytes:
    """The `data` element as it stands inside a result, spread over lines or dense."""
    marks = "".join(f' {name}="{escape(text)}"' for name, text in one.attributes.items())
    if not one.count:
        return f"<data{marks}/>".encode()
    outer, inner, end = ("\n        ", "\n          ", "\n      ") if spread else ("", "", "")
    fields = "".join(f"{inner}<{name}>%s</{name}>" for name in one.names)
    record = f"{outer}<{one.tag}>{fields}{outer}</{one.tag}>"
    records = "".join(map(record.__mod__, zip(*one.columns, strict=True)))
    return f"<data{marks}>{records}{end}</data>".encode()


def printable(text: str) -> str:
    """The text without the characters XML cannot carry."""
    return UNPRINTABLE.sub("", text)


def _texts(one: Shown, column: Sequence[Stored]) -> list[str]:
    """Each different value's text, worked out once: most columns hold few different values."""
    show = one.show if one.plain else _fit(one.show)
    different = set(column)
    if None not in different and 2 * len(different) > len(column):
        return list(map(show, cast("Sequence[str | int]", column)))
    texts: dict[Stored, str] = {value: show(value) for value in different if value is not None}
    texts[None] = ""
    return list(map(texts.__getitem__, column))


def _fit(show: Show) -> Show:
    search = MARKUP.search

    def fit(value: str | int) -> str:
        text = show(value)
        return _escaped(text) if search(text) else text

    return fit


def _escaped(text: str) -> str:
    return escape(printable(text), quote=False).replace("\r", "&#13;")
