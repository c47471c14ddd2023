"""The one door through which documents enter Intacct."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from analytics.ledger import Problem
from intacct.client import Answer, Intacct
from intacct.documents.budget_version import BudgetLine, BudgetVersion, described
from intacct.errors import OutcomeUnknown, Rejected
from intacct.read.budgets import BudgetQuestion, read_budget_head, read_budget_lines
from intacct.wire import text_of

Document = BudgetVersion
MOST_TOLD: Final = 10


@dataclass(frozen=True, slots=True)
class Receipt:
    """The document is in Intacct: the key it was posted or found by, and its record number."""

    key: str
    record_no: str


def post(books: Intacct, document: Document, key: str) -> Receipt:
    """Enter the document once under this key; a key Intacct has seen is DuplicateDocument.

    Rejected, PeriodClosed, DuplicateDocument, NotPermitted and Unreachable mean it was not
    entered; OutcomeUnknown means that `find_posted` has to look first.
    """
    if problems := document.problems():
        raise Rejected(_told(problems))
    answer = books.write(document.wire(), key=key)
    return Receipt(key, _record_no(answer))


def find_posted(books: Intacct, document: Document) -> Receipt | None:
    """What Intacct holds under the document's own id, which is the receipt's key; or None."""
    head = read_budget_head(books, document.budget_id)
    return Receipt(document.budget_id, head.record_no) if head else None


def read_back(books: Intacct, document: Document) -> tuple[Problem, ...]:
    """Where Intacct's budget differs from the document, to the cent; empty where they are equal.

    A line of 0.00 and no line at all are the same: neither holds anything.
    """
    about = document.budget_id
    head = read_budget_head(books, about)
    if head is None:
        return (Problem(about, f"Intacct has no budget {about}; it was not posted, or deleted."),)
    held = read_budget_lines(books, BudgetQuestion(about))
    return (*_head_differences(document, head.description), *_differences(document, held))


def _told(problems: tuple[Problem, ...]) -> str:
    sentences = [f"{p.about}: {p.sentence}" for p in problems[:MOST_TOLD]]
    more = len(problems) - len(sentences)
    return " ".join([*sentences, *([f"And {more} more."] if more else [])])


def _record_no(answer: Answer) -> str:
    data = answer.result.find("data")
    made = data[0] if data is not None and len(data) else None
    record_no = text_of(made, "RECORDNO") if made is not None else ""
    if not record_no:
        raise OutcomeUnknown("Intacct accepted the document and did not say its number")
    return record_no


def _head_differences(document: Document, description: str) -> Iterator[Problem]:
    if description != document.description:
        sentence = f"Intacct describes it as “{description}”, not as “{document.description}”."
        yield Problem(document.budget_id, sentence)


def _differences(document: Document, held: tuple[BudgetLine, ...]) -> Iterator[Problem]:
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
