"""Records of many objects in few requests, as plain text: what a copy of the books is made of.

First pages are asked for together, then whatever remains. As in `rows`, each page begins behind
the last record number seen, so that rows that come or go between two pages shift nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol, TypeAlias

from lxml import etree

from intacct.condition import Condition, above, all_of, condition_element
from intacct.errors import Garbled
from intacct.read.query import NUMBER, PAGE
from intacct.reply import Answer
from intacct.wire import amount_from, count_from, element, instant_from, required_text, text_of

TOGETHER: Final = 12  # functions in a request
TRIES: Final = 3
Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its class no other name


class Asked(Protocol):
    """Whoever asks the books: the client, or something that counts what the client is asked."""

    def ask(self, *functions: Element, entity: str = "") -> tuple[Answer, ...]:
        """One answer per function, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Extract:
    """Which records of an object, and which of their fields."""

    name: str
    fields: tuple[str, ...]
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number, and the text of every field asked for ("" where it is empty)."""

    number: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Total:
    """How many records there are for a key, and the sums of the fields asked for."""

    key: tuple[str, ...]
    count: int
    sums: tuple[Decimal, ...]


def read_extracts(
    books: Asked, extracts: Sequence[Extract], *, page: int = PAGE
) -> tuple[tuple[Record, ...], ...]:
    """For each extract its records, by number."""
    found: list[list[Record]] = [[] for _ in extracts]
    behind = dict.fromkeys(range(len(extracts)), 0)
    while behind:
        places = list(behind)[:TOGETHER]
        calls = [_page_call(extracts[place], behind[place], page) for place in places]
        for place, answer in zip(places, books.ask(*calls), strict=True):
            records = _records(answer, extracts[place], behind.pop(place))
            found[place].extend(records)
            if answer.count("numremaining"):
                if not records:
                    raise Garbled(f"{extracts[place].name} says more remains, and sends nothing")
                behind[place] = records[-1].number
    return tuple(map(tuple, found))


def stream_extract(books: Asked, extract: Extract) -> Iterator[tuple[Record, ...]]:
    """The records page by page, by number; no more than a page is held."""
    behind, more = 0, 1
    while more:
        (answer,) = books.ask(_page_call(extract, behind, PAGE))
        records = _records(answer, extract, behind)
        more = answer.count("numremaining")
        if more and not records:
            raise Garbled(f"{extract.name} says more remains, and sends nothing")
        behind = records[-1].number if records else behind
        yield records


def read_last_changes(books: Asked, fields: Mapping[str, str]) -> dict[str, datetime | None]:
    """For each object the highest instant in its field, None where there is none; one request."""
    calls = [_query(name, [element("max", field)]) for name, field in fields.items()]
    found: dict[str, datetime | None] = {}
    for (name, field), answer in zip(fields.items(), books.ask(*calls), strict=True):
        written = next((_result(one, "MAX", field) for one in answer.records), "")
        found[name] = instant_from(written) if written else None
    return found


def read_totals(books: Asked, asked: Sequence[tuple[Extract, Sequence[str]]]) -> tuple[Total, ...]:
    """For each extract how many records it has, and the sums of these fields; one request."""
    calls = [_totals_call(extract, sums, (), 0) for extract, sums in asked]
    return tuple(
        next(
            (_total(one, sums, ()) for one in answer.records),
            Total((), 0, (Decimal(0),) * len(sums)),
        )
        for (_, sums), answer in zip(asked, books.ask(*calls), strict=True)
    )


def read_totals_by(
    books: Asked, extract: Extract, by: Sequence[str], sums: Sequence[str], *, page: int = PAGE
) -> tuple[Total, ...]:
    """How many records there are for each combination of `by`, and what they add up to.

    Each page begins with the last group of the one before. Where that is not there any more, the
    books moved and all is asked again; Garbled where they move each time.
    """
    for _ in range(TRIES):
        found = _totals_at_one_moment(books, extract, by, sums, max(page, 2))
        if found is not None:
            return found
    raise Garbled(f"the totals of {extract.name} change while they are read")


def as_element(name: str, fields: Mapping[str, str]) -> Element:
    """The record as Intacct would send it, for whoever reads records."""
    return element(name, None, *(element(field, text) for field, text in fields.items()))


def _totals_at_one_moment(
    books: Asked, extract: Extract, by: Sequence[str], sums: Sequence[str], page: int
) -> tuple[Total, ...] | None:
    found: list[Total] = []
    while True:
        shared = 1 if found else 0
        (answer,) = books.ask(_totals_call(extract, sums, by, len(found) - shared, page))
        totals = [_total(one, sums, by) for one in answer.records]
        if found and totals[:1] != found[-1:]:
            return None
        found += totals[shared:]
        if not answer.count("numremaining"):
            return tuple(found)
        if len(totals) <= shared:
            raise Garbled(f"{extract.name} says more remains, and sends nothing")


def _records(answer: Answer, extract: Extract, behind: int) -> tuple[Record, ...]:
    records = []
    for one in answer.records:
        number = count_from(required_text(one, NUMBER))
        if number <= behind:
            raise Garbled(f"{extract.name} comes out of order at record {number}")
        behind = number
        records.append(Record(number, _texts(one, extract.fields)))
    return tuple(records)


def _texts(record: Element, fields: Iterable[str]) -> dict[str, str]:
    said = {child.tag: (child.text or "").strip() for child in record}
    return {field: said.get(field, "") for field in fields}


def _page_call(extract: Extract, behind: int, size: int) -> Element:
    where = extract.where
    if behind:
        where = all_of(above(NUMBER, str(behind)), *([where] if where is not None else []))
    fields = [element("field", field) for field in (NUMBER, *extract.fields)]
    return _query(extract.name, fields, where, (NUMBER,), size)


def _totals_call(
    extract: Extract, sums: Sequence[str], by: Sequence[str], offset: int, page: int = PAGE
) -> Element:
    select = [
        *(element("field", field) for field in by),
        element("count", NUMBER),
        *(element("sum", field) for field in sums),
    ]
    call = _query(extract.name, select, extract.where, by, page)
    call.append(element("offset", str(offset)))
    return call


def _query(
    name: str,
    select: Sequence[Element],
    where: Condition | None = None,
    order: Sequence[str] = (),
    size: int = PAGE,
) -> Element:
    by = [element("order", None, element("field", field), element("ascending")) for field in order]
    return element(
        "query",
        None,
        element("object", name),
        element("select", None, *select),
        *([element("filter", None, condition_element(where))] if where is not None else []),
        *([element("orderby", None, *by)] if by else []),
        element("options", None, element("showprivate", "true")),
        element("pagesize", str(size)),
    )


def _total(record: Element, sums: Sequence[str], by: Sequence[str]) -> Total:
    return Total(
        key=tuple(text_of(record, field) for field in by),
        count=count_from(_result(record, "COUNT", NUMBER) or "0"),
        sums=tuple(amount_from(_result(record, "SUM", field) or "0") for field in sums),
    )


def _result(record: Element, function: str, field: str) -> str:
    """What a function gave: Intacct is seen to name it `SUM.FIELD`, and the bare field too."""
    return text_of(record, f"{function}.{field}") or text_of(record, field)
