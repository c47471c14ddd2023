"""Rows by `readByQuery` and `readMore`: a snapshot, handed out page by page.

Intacct keeps the place in the read, so a page asked for twice is the page after. Every page says
how many rows are left; a page that does not fit the one before it means that one was lost.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Final

from lxml import etree

from intacct.client import Answer, Intacct
from intacct.condition import Condition
from intacct.errors import Garbled
from intacct.read.where_text import where_text
from intacct.wire import element

LARGEST_PAGE: Final = 1000
EVERYTHING: Final = "*"


def rows_by_query(
    books: Intacct,
    name: str,
    fields: Sequence[str] = (),
    where: Condition | str | None = None,
    *,
    page: int = LARGEST_PAGE,
) -> Generator[etree._Element, None, None]:
    """The records as they were when the read began, all fields where none is named.

    A text is sent as it is; values are codes (`STATE = 'A'`), records have lower-case tags and
    show labels. A cursor that Intacct no longer holds is Refused, a lost page Garbled: read again.
    """
    text = where_text(where) if isinstance(where, Condition) else where or ""
    (answer,) = books.ask(read_by_query_call(name, fields, text, page))
    left = answer.count("totalcount")
    while True:
        left = _left(answer, left, name)
        yield from answer.records
        if not left:
            return
        if not answer.records:
            raise Garbled(f"{name} says more remains, and sends nothing")
        cursor = answer.data.get("resultId", "")
        (answer,) = books.ask(element("readMore", None, element("resultId", cursor)))


def read_by_query_call(name: str, fields: Sequence[str], text: str, page: int) -> etree._Element:
    """The call for the first page; ValueError for a page Intacct does not give."""
    if not 1 <= page <= LARGEST_PAGE:
        raise ValueError(f"a page of readByQuery has 1 to {LARGEST_PAGE} rows, not {page}")
    return element(
        "readByQuery",
        None,
        element("object", name),
        element("fields", ",".join(fields) or EVERYTHING),
        element("query", text),
        element("pagesize", str(page)),
    )


def _left(answer: Answer, before: int, name: str) -> int:
    left = answer.count("numremaining")
    if left != before - len(answer.records):
        raise Garbled(f"a page of {name} was lost: {before} rows were left, then {left}")
    return left
