"""Where what Intacct holds differs from a document, field by field and line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from lxml import etree

from analytics.ledger import Problem
from intacct.client import Intacct
from intacct.condition import equal
from intacct.documents.budget_version import BudgetLine, BudgetVersion, described
from intacct.documents.held import Beginning, Document, Expected, Held, IfSaid, Lines
from intacct.errors import DuplicateDocument
from intacct.read.budgets import BudgetQuestion, read_budget_lines
from intacct.read.query import NUMBER, rows
from intacct.wire import amount_from, date_from, required_text, text_of, yes_or_no

MOST_TOLD: Final = 10
Values: TypeAlias = tuple[Expected, ...]  # of one line, field by field


def held_record(
    books: Intacct, document: Document, fields: Sequence[str] = ()
) -> etree._Element | None:
    """The one record that proves the document is in the books, with these fields; or None.

    DuplicateDocument where several answer to its key: nobody can say which of them it is.
    """
    held = document.held()
    wanted = [field for field in dict.fromkeys((held.number, *fields)) if field != NUMBER]
    found = list(rows(books, held.object, wanted, held.where))
    if len(found) > 1:
        numbers = ", ".join(required_text(one, NUMBER) for one in found[:MOST_TOLD])
        words = f"Intacct holds {len(found)} records under {document.key}: numbers {numbers}."
        raise DuplicateDocument(f"{words} Look which of them is right, and reverse the others.")
    return found[0] if found else None


def read_back(books: Intacct, document: Document) -> tuple[Problem, ...]:
    """Where Intacct's record differs from the document, to the cent; empty where they are equal.

    Beyond ten, differences are only counted; those of a budget are told place by place, and a
    line of 0.00 and no line at all are the same there: neither holds anything.
    """
    held, about = document.held(), document.key
    owned = [lines.of for lines in held.lines]
    record = held_record(books, document, [*held.head, *owned])
    if record is None:
        words = f"Intacct has no record of {about}; it was not posted, or deleted."
        return (Problem(about, words),)
    if isinstance(document, BudgetVersion):
        return tuple(_budget(books, document, text_of(record, "DESCRIPTION")))
    return _first(about, list(_differences(books, about, held, record)))


def _differences(
    books: Intacct, about: str, held: Held, record: etree._Element
) -> Iterator[Problem]:
    yield from _head(about, held, record)
    for lines in held.lines:
        yield from _lines(books, about, lines, text_of(record, lines.of))


def _budget(books: Intacct, document: BudgetVersion, description: str) -> Iterator[Problem]:
    if description != document.description:
        sentence = f"Intacct describes it as “{description}”, not as “{document.description}”."
        yield Problem(document.budget_id, sentence)
    yield from _places(document, read_budget_lines(books, BudgetQuestion(document.budget_id)))


def _first(about: str, problems: list[Problem]) -> tuple[Problem, ...]:
    more = len(problems) - MOST_TOLD
    rest = [Problem(about, f"And {more} more differences.")] if more > 0 else []
    return (*problems[:MOST_TOLD], *rest)


def _head(about: str, held: Held, record: etree._Element) -> Iterator[Problem]:
    for field, expected in held.head.items():
        text = text_of(record, field)
        if not _fits(text, expected):
            found = _said(_read(text, type(expected))) if text else "nothing"
            wanted = _said(expected) or "nothing"
            yield Problem(about, f"Intacct has {found} as {field}; it should be {wanted}.")


def _fits(text: str, expected: Expected) -> bool:
    if isinstance(expected, Beginning):
        return text.startswith(expected.text)
    if isinstance(expected, IfSaid):
        return text in ("", expected.text)
    return _read(text, type(expected)) == expected


def _lines(books: Intacct, about: str, lines: Lines, parent: str) -> Iterator[Problem]:
    kinds = {field: type(value) for one in lines.each for field, value in one.items()}
    asked = [field for field in kinds if field != NUMBER]
    found = [
        tuple(_read(text_of(row, field), kind) for field, kind in kinds.items())
        for row in rows(books, lines.object, asked, equal(lines.parent, parent))
    ]
    meant = [
        tuple(one.get(field, _read("", kind)) for field, kind in kinds.items())
        for one in lines.each
    ]
    ours, theirs = (Counter(_summed(one) if lines.summed else one) for one in (meant, found))
    for values, times in (ours - theirs).items():
        yield Problem(about, f"Intacct lacks {_times(times)}: {_in_words(kinds, values)}.")
    for values, times in () if lines.others else (theirs - ours).items():
        words = f"Intacct has {_times(times)} too many: {_in_words(kinds, values)}."
        yield Problem(about, words)


def _summed(lines: Iterable[Values]) -> list[Values]:
    """Lines alike in all but their amounts as one; one that comes to nothing is none."""
    sums: dict[Values, list[Decimal]] = {}
    for line in lines:
        bare = tuple(Decimal(0) if isinstance(value, Decimal) else value for value in line)
        amounts = [value for value in line if isinstance(value, Decimal)]
        held = sums.get(bare, [Decimal(0)] * len(amounts))
        sums[bare] = [sum(pair, Decimal(0)) for pair in zip(held, amounts, strict=True)]
    return [_with(bare, amounts) for bare, amounts in sums.items() if any(amounts)]


def _with(bare: Values, amounts: Sequence[Decimal]) -> Values:
    left = iter(amounts)
    return tuple(next(left) if isinstance(value, Decimal) else value for value in bare)


def _read(text: str, kind: type[Expected]) -> Expected:
    """The text as the kind of value that is expected; nothing counts as 0.00 and as no."""
    if kind is Decimal:
        return amount_from(text) if text else Decimal(0)
    if kind is bool:
        return yes_or_no(text)
    if kind is date and text:
        return date_from(text.split(" ")[0])
    return text


def _said(value: Expected) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if value == round(value, 2) else f"{value:,f}"
    if isinstance(value, date):
        return value.isoformat()
    return value.text if isinstance(value, Beginning | IfSaid) else str(value)


def _times(times: int) -> str:
    return "a line" if times == 1 else f"{times} lines"


def _in_words(kinds: Mapping[str, type[Expected]], values: Sequence[Expected]) -> str:
    named = zip(kinds, values, strict=True)
    return ", ".join(f"{field} {_said(value)}" for field, value in named if value != "")


def _places(document: BudgetVersion, held: tuple[BudgetLine, ...]) -> Iterator[Problem]:
    ours = {line.place: line for line in document.lines}
    theirs = {line.place: line for line in held}
    if len(theirs) != len(held):
        yield Problem(document.budget_id, "Intacct holds more than one line for one place.")
    for place in sorted(ours.keys() | theirs.keys()):
        meant, found = ours.get(place), theirs.get(place)
        if found is None and meant is not None and meant.amount:
            words = f"Intacct has no line; it should be {meant.amount:,.2f}."
            yield Problem(described(meant), words)
        elif meant is None and found is not None and found.amount:
            words = f"Intacct has {found.amount:,.2f}; the document has no such line."
            yield Problem(described(found), words)
        elif meant and found and meant.amount != found.amount:
            words = f"Intacct has {found.amount:,.2f}; it should be {meant.amount:,.2f}."
            yield Problem(described(meant), words)
