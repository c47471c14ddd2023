"""Which records were deleted, by the trail Intacct keeps; lines of documents are not in it.

The trail only grows, so that its rows keep their places while it is read. Some of its pages are
known to fail for no reason one could mend: then a hundred rows are left out, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from analytics.ledger import Problem
from intacct.client import Answer, Intacct
from intacct.condition import Condition, all_of, equal, from_on, one_of
from intacct.errors import Refused
from intacct.read.query import PAGE, query_call
from intacct.wire import element, instant_from, required_text, text_of

TRAIL: Final = "AUDITHISTORY"
LEFT_OUT: Final = 100  # rows, where a page fails
_FIELDS: Final = ("RECORDNO", "OBJECTTYPE", "OBJECTKEY", "ACCESSTIME", "USERID")


@dataclass(frozen=True, slots=True)
class Deletion:
    """One record that is gone: its object in capitals, its key, when it went, and by whose hand.

    `trail_no` is the key of the trail's own row.
    """

    trail_no: str
    object: str
    key: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Deletions:
    """What was found, and what could not be read."""

    found: tuple[Deletion, ...]
    problems: tuple[Problem, ...]


def read_deletions(
    books: Intacct, since: datetime, objects: Sequence[str], *, page: int = PAGE
) -> Deletions:
    """The records of these objects (ARINVOICE, CUSTOMER) deleted at the instant or later.

    Refused where nothing of the trail can be read, and NotPermitted without the right to it.
    """
    kinds = one_of("OBJECTTYPE", [name.lower() for name in objects])
    where = all_of(equal("ACCESSMODE", "D"), kinds, from_on("ACCESSTIME", since))
    found, problems, at = list[Deletion](), list[Problem](), 0
    while True:
        answers, failed = _block(books, where, at, page)
        found.extend(_deletion(record) for answer in answers for record in answer.records)
        problems.extend(_left_out(place) for place in failed)
        if answers[-1].count("numremaining") == 0:
            return Deletions(tuple(found), tuple(problems))
        at += page


def _block(books: Intacct, where: Condition, at: int, page: int) -> tuple[list[Answer], list[int]]:
    """A page, or what can be read of it by the hundred, and where hundreds had to be left out."""
    try:
        return [_page(books, where, at, page)], []
    except Refused as error:
        if type(error) is not Refused:  # anything better known is no failing page
            raise
        refused = error
    answers, failed = list[Answer](), list[int]()
    for place in range(at, at + page, LEFT_OUT):
        try:
            answers.append(_page(books, where, place, min(LEFT_OUT, page)))
        except Refused as error:
            if type(error) is not Refused:
                raise
            failed.append(place)
            continue
        if answers[-1].count("numremaining") == 0:
            break
    if not answers:
        raise refused
    return answers, failed


def _page(books: Intacct, where: Condition, at: int, size: int) -> Answer:
    call = query_call(TRAIL, _FIELDS, where, size)
    call.append(element("offset", str(at)))
    (answer,) = books.ask(call)
    return answer


def _deletion(record: etree._Element) -> Deletion:
    return Deletion(
        trail_no=required_text(record, "RECORDNO"),
        object=required_text(record, "OBJECTTYPE").upper(),
        key=required_text(record, "OBJECTKEY"),
        at=instant_from(required_text(record, "ACCESSTIME")),
        by=text_of(record, "USERID"),
    )


def _left_out(place: int) -> Problem:
    return Problem(
        "deletions",
        f"Intacct cannot show up to {LEFT_OUT} rows of its trail from row {place + 1} on;"
        " what was deleted there is not known. Compare the records themselves.",
    )
