"""All rows of an object that meet a condition, each once, however many pages they fill.

Intacct has no cursor for `query`: every page is a new question, and rows that come or go between
two pages shift what follows. So each page begins behind the last record number seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.wire import count_from, element, required_text

PAGE: Final = 2000
MOST_VALUES: Final = 1000  # in one `in`
NUMBER: Final = "RECORDNO"


def rows(
    books: Intacct,
    name: str,
    fields: Sequence[str],
    where: etree._Element | None = None,
    *,
    page: int = PAGE,
) -> Iterator[etree._Element]:
    """The records in the order of their numbers, each with the fields and its number.

    Top-level sessions also see what belongs to entities.
    """
    behind = 0
    while True:
        call = _query(name, (NUMBER, *fields), _behind(behind, where), page)
        (answer,) = books.ask(call)
        for record in answer.records:
            number = count_from(required_text(record, NUMBER))
            if number <= behind:
                raise Garbled(f"{name} comes out of order at record {number}")
            behind = number
            yield record
        if answer.count("numremaining") == 0:
            return
        if not answer.records:
            raise Garbled(f"{name} says more remains, and sends nothing")


def equal(field: str, value: str) -> etree._Element:
    """The condition that a field has this value."""
    return element("equalto", None, element("field", field), element("value", value))


def one_of(field: str, values: Sequence[str]) -> etree._Element:
    """The condition that a field has one of these values, however many they are."""
    parts = [values[i : i + MOST_VALUES] for i in range(0, len(values), MOST_VALUES)]
    sets = [
        element("in", None, element("field", field), *(element("value", v) for v in part))
        for part in parts
    ]
    return sets[0] if len(sets) == 1 else element("or", None, *sets)


def both(first: etree._Element, second: etree._Element) -> etree._Element:
    """The condition that both hold."""
    return element("and", None, first, second)


def _behind(number: int, where: etree._Element | None) -> etree._Element | None:
    if number == 0:
        return where
    behind = element("greaterthan", None, element("field", NUMBER), element("value", str(number)))
    if where is None:
        return behind
    return both(behind, where)


def _query(
    name: str, fields: Sequence[str], where: etree._Element | None, page: int
) -> etree._Element:
    order = element("order", None, element("field", NUMBER), element("ascending"))
    return element(
        "query",
        None,
        element("object", name),
        element("select", None, *(element("field", field) for field in fields)),
        *([element("filter", None, deepcopy(where))] if where is not None else []),
        element("orderby", None, order),
        element("options", None, element("showprivate", "true")),
        element("pagesize", str(page)),
    )
