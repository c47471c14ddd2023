"""All rows of an object that meet a condition, each once, however many pages they fill.

Intacct has no cursor for `query`; `paging` says why nothing is lost or doubled between pages.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, Literal

from lxml import etree

from intacct.client import Answer, Intacct
from intacct.condition import Condition, above, all_of, condition_element
from intacct.errors import Garbled
from intacct.read.paging import Page, Row, pages_in_order
from intacct.wire import count_from, element, required_text

PAGE: Final = 2000
AHEAD: Final = 2  # pages under way at a time, what a company of the default tier may have
NUMBER: Final = "RECORDNO"
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is read; the number is among the fields. A page is `size` rows, `ahead` on their way."""

    name: str
    fields: tuple[str, ...]
    where: Condition | None
    size: int
    ahead: int


def rows(
    books: Intacct,
    name: str,
    fields: Sequence[str],
    where: Condition | None = None,
    *,
    page: int = PAGE,
    ahead: int = AHEAD,
) -> Generator[etree._Element, None, None]:
    """The records in the order of their numbers, each with the fields and its number.

    Top-level sessions also see what belongs to entities. Up to `ahead` pages are asked for while
    one is being used, none when the first page holds all; 0 asks only for what is wanted now.
    """
    asked = _Question(name, _with_number(fields), where, page, ahead)
    with closing(_pages(books, asked, _records)) as pages:
        for records in pages:
            yield from records


def tuples(
    books: Intacct,
    name: str,
    fields: Sequence[str],
    where: Condition | None = None,
    *,
    page: int = PAGE,
    ahead: int = AHEAD,
) -> Generator[Texts, None, None]:
    """The same as `rows`, each record as the texts of the fields, "" for nothing.

    The texts are as Intacct wrote them and in the order asked for; name RECORDNO among the fields
    to have it. This is the fastest way from the wire to values.
    """
    with closing(tuple_pages(books, name, fields, where, page=page, ahead=ahead)) as pages:
        for texts in pages:
            yield from texts


def tuple_pages(
    books: Intacct,
    name: str,
    fields: Sequence[str],
    where: Condition | None = None,
    *,
    page: int = PAGE,
    ahead: int = AHEAD,
) -> Generator[Sequence[Texts], None, None]:
    """What `tuples` gives, page by page, so that a page can be made into a table at once."""
    asked = _Question(name, _with_number(fields), where, page, ahead)
    first = 0 if NUMBER in fields else 1

    def made(answer: Answer, asked: _Question) -> tuple[Sequence[int], Sequence[Texts]]:
        found = texts_of(answer.whole, asked.fields)
        at = asked.fields.index(NUMBER)
        numbers = list(map(count_from, map(itemgetter(at), found)))
        return numbers, ([texts[first:] for texts in found] if first else found)

    return _pages(books, asked, made)


def texts_of(data: etree._Element, fields: Sequence[str]) -> list[Texts]:
    """The records of a data element as the texts of these fields, "" where one is missing.

    One routine writes all records of an answer: the first tells whether the fields come as asked
    for, and every record is held against it by how many it has and by one of them in turn.
    """
    tags, width, found = list(fields), len(fields), list[Texts]()
    as_asked = len(data) > 0 and [child.tag for child in data[0]] == tags
    for number, record in enumerate(data):
        texts = tuple([child.text or "" for child in record])
        at = number % width
        if not as_asked or len(texts) != width or record[at].tag != tags[at]:
            texts = tuple([record.findtext(tag) or "" for tag in tags])
        found.append(texts)
    return found


def query_call(
    name: str,
    fields: Sequence[str],
    where: Condition | None,
    page: int,
    *,
    direction: Literal["ascending", "descending"] = "ascending",
) -> etree._Element:
    """The call for a page of at most so many records in the order of their numbers."""
    order = element("order", None, element("field", NUMBER), element(direction))
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


_Made = Callable[[Answer, _Question], tuple[Sequence[int], Sequence[Row]]]


def _pages(
    books: Intacct, asked: _Question, made: _Made[Row]
) -> Generator[Sequence[Row], None, None]:
    def ask(behind: int, offset: int) -> Page[Row]:
        (answer,) = books.ask(_query(asked, _behind(behind, asked.where), offset))
        numbers, found = made(answer, asked)
        if list(numbers) != sorted(set(numbers)) or (numbers and numbers[0] <= behind):
            raise Garbled(f"{asked.name} does not come in the order of its numbers")
        return Page(numbers, found, answer.count("numremaining"))

    def highest() -> int:
        (answer,) = books.ask(_last(asked))
        return max(_records(answer, asked)[0], default=0)

    return pages_in_order(ask, highest, size=asked.size, ahead=asked.ahead)


def _records(answer: Answer, _: _Question) -> tuple[Sequence[int], Sequence[etree._Element]]:
    records = answer.records
    return [count_from(required_text(record, NUMBER)) for record in records], records


def _with_number(fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(fields) if NUMBER in fields else (NUMBER, *fields)


def _behind(number: int, where: Condition | None) -> Condition | None:
    if number == 0:
        return where
    behind = above(NUMBER, str(number))
    return behind if where is None else all_of(behind, where)


def _query(asked: _Question, where: Condition | None, offset: int) -> etree._Element:
    made = query_call(asked.name, asked.fields, where, asked.size)
    if offset:
        made.append(element("offset", str(offset)))
    return made


def _last(asked: _Question) -> etree._Element:
    """The row with the highest number alone."""
    return query_call(asked.name, (NUMBER,), asked.where, 1, direction="descending")
