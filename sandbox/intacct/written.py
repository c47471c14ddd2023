"""Records on the wire: as elements, or as csv or json without an envelope."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from lxml import etree

from sandbox.company.values import Stored
from sandbox.intacct.listing import Shown
from sandbox.intacct.reply import Raw, child

Records = list[list[tuple[str, str]]]


def record(tag: str, fields: Iterable[tuple[str, str]]) -> etree._Element:
    """One record; empty values are empty elements."""
    made = etree.Element(tag)
    for name, text in fields:
        child(made, name, text)
    return made


def texts_of(fields: Sequence[Shown], rows: Iterable[Sequence[Stored]]) -> Records:
    """Each row as names and texts."""
    return [
        [(one.name, one.text(value)) for one, value in zip(fields, row, strict=True)]
        for row in rows
    ]


def formatted(records: Records, names: Sequence[str], kind: str) -> Raw:
    """All records as csv with a head line, or as a json list of objects."""
    if kind == "json":
        return Raw("application/json", json.dumps([dict(one) for one in records]).encode())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([value for _, value in one] for one in records)
    return Raw("text/csv", text.getvalue().encode())
