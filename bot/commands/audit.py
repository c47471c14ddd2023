"""/audit: does the record hold, and what happened to one proposal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.ledger import FiscalCalendar
from bot.audit import AuditRow, Verification, trail, verify
from bot.errors import NotUnderstood
from bot.messages.audit_rows import SHOWN, rows_as_paragraphs
from bot.messages.figures import count
from bot.messages.message import Bold, Message, says
from bot.services import Services

USAGE = "/audit verify, or /audit trail PRP-…"


@dataclass(frozen=True, slots=True)
class Request:
    """The whole chain, or the trail of one subject; "" means the chain."""

    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the chain holds, and the rows about the subject."""

    request: Request
    verification: Verification
    rows: tuple[AuditRow, ...]


def parse(words: str, today: date, calendar: FiscalCalendar) -> Request:  # noqa: ARG001
    """`verify`, or `trail` and an id."""
    match words.split():
        case [] | ["verify"]:
            return Request("")
        case ["trail", about]:
            return Request(about.upper())
    raise NotUnderstood(f"I do not understand “{words}”. Type {USAGE}.")


def run(request: Request, services: Services) -> Answer:
    """Prove the chain, then read the rows asked for."""
    verification = verify(services.store, services.audit_key)
    rows = trail(services.store, request.about) if request.about else ()
    if request.about and not rows:
        raise NotUnderstood(f"Nothing is on record about “{request.about}”. Check the id.")
    return Answer(request, verification, rows)


def show(answer: Answer) -> Message:
    """The verdict, then the rows."""
    proof, about = answer.verification, answer.request.about
    verdict = (
        f"The chain holds: {count(proof.rows, 'row')}, head {proof.head[:6]}…{proof.head[-4:]}."
        if proof.ok
        else f"The chain does NOT hold at row {proof.first_bad}: {proof.why}. Keep the database as "
        "it is and call your auditor."
    )
    shown = rows_as_paragraphs(answer.rows) if about else ()
    missing = len(answer.rows) - SHOWN
    more = (says(Bold(f"and {count(missing, 'earlier row')}"), ""),) if missing > 0 else ()
    return Message(
        title=f"Audit trail of {about}" if about else "Audit",
        result=verdict,
        parts=(*more, *shown),
        footer="Anyone can repeat this with `tieout audit verify`",
    )
