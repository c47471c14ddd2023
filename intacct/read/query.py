"""All rows of an object that meet a condition, each once, however many pages they fill.

Intacct has no cursor for `query`: every page is a new question, and rows that come or go between
two pages shift what follows. So each page begins behind the last record number seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from intacct.client import Intacct
from intacct.condition import Condition, above, all_of, condition_element
from intacct.errors import Garbled
from intacct.wire import count_from, element, required_text

PAGE: Final = 2000
NUMBER: Final = "RECORDNO"


def rows(
    books: Intacct,
    name: str,
    fields: Sequence[str],
    where: Condition | None = None,
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


def _behind(number: int, where: Condition | None) -> Condition | None:
    if number == 0:
        return where
    behind = above(NUMBER, str(number))
    return behind if where is None else all_of(behind, where)


def _query(name: str, fields: Sequence[str], where: Condition | None, page: int) -> etree._Element:
    order = element("order", None, element("field", NUMBER), element("ascending"))
    return element(
        "query",
        None,
        element("object", name),
        element("select", None, *(element("field", field) for field in fields)),
        *([element("filter", None, condition_element(where))] if where is not None else []),
        element("orderby", None, order),
        element("options", None, element("showprivate", "true")),
        element("pagesize", str(page)),
    )
