"""Many records of one kind, written straight as text: a page has fifty thousand values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from sandbox.company.values import Stored

UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKUP = re.compile("[&<>\r]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Shown = Callable[[Stored], str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A `data` element of `count` records; each field has its column of texts fit for XML."""

    tag: str
    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    count: int
    attributes: Mapping[str, str]


def listing(
    tag: str,
    fields: Iterable[tuple[str, Shown]],
    rows: Sequence[Sequence[Stored]],
    attributes: Mapping[str, str | int],
) -> Listing:
    """The rows under the fields' names, each value as its field shows it."""
    names, shown = zip(*fields, strict=True)
    columns = tuple(
        list(map(_Texts(show).__getitem__, column))
        for show, column in zip(shown, zip(*rows, strict=True), strict=bool(rows))
    )
    marks = {name: str(value) for name, value in attributes.items()}
    return Listing(tag, names, columns, len(rows), marks)


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


class _Texts(dict[Stored, str]):
    """Each value's text, worked out once: most columns hold few different values."""

    def __init__(self, show: Shown) -> None:
        super().__init__()
        self._show = show

    def __missing__(self, value: Stored) -> str:
        text = self._show(value)
        if MARKUP.search(text):
            text = escape(printable(text), quote=False).replace("\r", "&#13;")
        self[value] = text
        return text
