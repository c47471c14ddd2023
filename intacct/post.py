"""The one door through which documents enter Intacct."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import Problem
from intacct.client import Answer, Intacct
from intacct.condition import equal
from intacct.difference import MOST_TOLD, held_record, read_back
from intacct.documents.customer_note import CustomerNote
from intacct.documents.held import Document
from intacct.errors import DuplicateDocument, OutcomeUnknown, Rejected
from intacct.read.query import rows
from intacct.wire import required_text, text_of

__all__ = ["Receipt", "find_posted", "post", "read_back"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The document is in Intacct: the key it was posted or found by, and its record number."""

    key: str
    record_no: str


def post(books: Intacct, document: Document, key: str) -> Receipt:
    """Enter the document once under this key; a key Intacct has seen is DuplicateDocument.

    Rejected, PeriodClosed, DuplicateDocument, NotPermitted and Unreachable mean it was not
    entered; OutcomeUnknown means that `find_posted` has to look first. Under another key Intacct
    refuses a second document only where it keeps the number unique: look before posting.
    """
    if problems := document.problems():
        raise Rejected(_told(problems))
    if isinstance(document, CustomerNote):
        _refuse_stale(books, document)
    answer = books.write(document.wire(), key=key, entity=document.entity)
    return Receipt(key, _record_no(answer))


def find_posted(books: Intacct, document: Document) -> Receipt | None:
    """What Intacct holds under the document's own key, which is the receipt's key; or None.

    DuplicateDocument where it holds several under that key.
    """
    record = held_record(books, document)
    if record is None:
        return None
    return Receipt(document.key, required_text(record, document.held().number))


def _refuse_stale(books: Intacct, note: CustomerNote) -> None:
    """The comments are written as a whole: what somebody wrote since would be lost."""
    where = equal("CUSTOMERID", note.customer)
    for customer in rows(books, "CUSTOMER", ["COMMENTS"], where):
        comments = text_of(customer, "COMMENTS")
        if note.mark in comments:
            raise DuplicateDocument(f"{note.customer} has a note {note.reference} already.")
        if comments != note.before:
            words = f"The comments of {note.customer} changed since they were read"
            raise Rejected(f"{words}; read them again.")


def _told(problems: tuple[Problem, ...]) -> str:
    sentences = [f"{p.about}: {p.sentence}" for p in problems[:MOST_TOLD]]
    more = len(problems) - len(sentences)
    return " ".join([*sentences, *([f"And {more} more."] if more else [])])


def _record_no(answer: Answer) -> str:
    """The number of the record that was made: generic calls say RECORDNO, legacy calls a key."""
    data = answer.result.find("data")
    made = data[0] if data is not None and len(data) else None
    record_no = text_of(made, "RECORDNO") if made is not None else text_of(answer.result, "key")
    if not record_no:
        raise OutcomeUnknown("Intacct accepted the document and did not say its number")
    return record_no
