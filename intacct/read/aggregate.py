"""Sums, counts, averages and extremes by group, worked out by Intacct.

Groups have no numbers, so pages are joined differently from records: each begins with the last
group of its predecessor. If that group is not there any more or says something else, or if there
are more groups or fewer than before, the books moved and all is asked again. What fits one page,
2,000 groups, is of one moment; over several pages a change inside an earlier page goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from lxml import etree

from intacct.client import Answer, Intacct
from intacct.condition import Condition, condition_element
from intacct.errors import Garbled
from intacct.read.query import PAGE, Texts
from intacct.wire import element

TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Sum:
    """The total of a field over the group."""

    field: str
    function: ClassVar[str] = "sum"


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of the group have the field."""

    field: str
    function: ClassVar[str] = "count"


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of a field over the group, to hundredths."""

    field: str
    function: ClassVar[str] = "avg"


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest or earliest value of a field in the group."""

    field: str
    function: ClassVar[str] = "min"


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest or latest value of a field in the group."""

    field: str
    function: ClassVar[str] = "max"


Measure = Sum | Count | Average | Least | Greatest


@dataclass(frozen=True, slots=True)
class Order:
    """One key of the order."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    name: str
    by: tuple[str, ...]
    measures: tuple[Measure, ...]
    where: Condition | None
    order: tuple[Order, ...]
    page: int


def aggregate(
    books: Intacct,
    name: str,
    *,
    by: Sequence[str] = (),
    measures: Sequence[Measure],
    where: Condition | None = None,
    order: Sequence[Order] = (),
    page: int = PAGE,
) -> tuple[Texts, ...]:
    """One tuple per group: its key, then its measures, as texts; "" where there is nothing.

    Groups come in the order asked for, then by their key; only fields of the key can order them.
    Garbled where the books are seen to move each time they are asked.
    """
    if not measures:
        raise ValueError("name at least one measure")
    if strange := [one.field for one in order if one.field not in by]:
        raise ValueError(f"groups cannot be ordered by {strange[0]}, which is not of their key")
    named = {one.field for one in order}
    full = (*order, *(Order(field) for field in by if field not in named))
    question = _Question(name, tuple(by), tuple(measures), where, full, page)
    for _ in range(TRIES):
        found = _at_one_moment(books, question)
        if found is not None:
            return found
    raise Garbled(f"the groups of {name} change while they are read")


def _at_one_moment(books: Intacct, question: _Question) -> tuple[Texts, ...] | None:
    """The groups, None where the books moved between two pages."""
    found, total = list[Texts](), None
    while True:
        shared = 1 if found else 0
        (answer,) = books.ask(_call(question, len(found) - shared))
        groups, counted = _groups(answer, question), answer.count("totalcount")
        if found and (counted != total or groups[:1] != found[-1:]):
            return None
        found.extend(groups[shared:])
        total = counted
        if not answer.count("numremaining"):
            return tuple(found) if len(found) == total else None
        if len(groups) <= shared:
            raise Garbled(f"{question.name} says more groups remain, and sends none")


def _call(question: _Question, offset: int) -> etree._Element:
    select = element("select", None, *(element("field", field) for field in question.by))
    select.extend(element(one.function, one.field) for one in question.measures)
    made = element("query", None, element("object", question.name), select)
    if question.where is not None:
        made.append(element("filter", None, condition_element(question.where)))
    if question.order:
        made.append(element("orderby", None, *map(_order, question.order)))
    made.append(element("options", None, element("showprivate", "true")))
    made.append(element("pagesize", str(max(question.page, 2))))
    if offset:
        made.append(element("offset", str(offset)))
    return made


def _order(one: Order) -> etree._Element:
    direction = element("descending" if one.descending else "ascending")
    return element("order", None, element("field", one.field), direction)


def _groups(answer: Answer, question: _Question) -> list[Texts]:
    return [
        (
            *(record.findtext(field) or "" for field in question.by),
            *(_measured(record, one) for one in question.measures),
        )
        for record in answer.records
    ]


def _measured(record: etree._Element, one: Measure) -> str:
    """Under `SUM.TOTALDUE`; one documented example has the bare name."""
    found = record.find(f"{one.function.upper()}.{one.field}")
    if found is None:
        found = record.find(one.field)
    if found is None:
        raise Garbled(f"{record.tag} comes without its {one.function} of {one.field}")
    return found.text or ""
