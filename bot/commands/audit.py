"""/audit: does the record hold, and what happened to one proposal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.ledger import FiscalCalendar
from bot.approvals.accounted import unaccounted
from bot.audit import AuditRow, Verification, trail, verify
from bot.errors import NotUnderstood
from bot.messages.audit_paper import id_of_record
from bot.messages.audit_rows import SHOWN, rows_as_paragraphs
from bot.messages.figures import count
from bot.messages.message import Bold, Button, Buttons, Message, Paragraph, says
from bot.services import Services

USAGE = "/audit verify, or /audit trail PRP-…"
LISTED = 10  # of what is not on record


@dataclass(frozen=True, slots=True)
class Request:
    """The whole chain, or the trail of one subject; "" means the chain."""

    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the chain holds, the rows about the subject, and what is not in the chain."""

    request: Request
    verification: Verification
    rows: tuple[AuditRow, ...]
    unaccounted: tuple[str, ...] = ()


def parse(words: str, today: date, calendar: FiscalCalendar) -> Request:  # noqa: ARG001
    """`verify`, or `trail` and an id."""
    match words.split():
        case [] | ["verify"]:
            return Request("")
        case ["trail", about]:
            return Request(about.upper())
    raise NotUnderstood(f"I do not understand “{words}”. Type {USAGE}.")


def run(request: Request, services: Services) -> Answer:
    """Prove the chain, then read the rows asked for, or look for what is not in the chain."""
    verification = verify(services.store, services.audit_key)
    rows = trail(services.store, request.about) if request.about else ()
    if request.about and not rows:
        raise NotUnderstood(f"Nothing is on record about “{request.about}”. Check the id.")
    if request.about or not verification.ok:
        return Answer(request, verification, rows)
    return Answer(request, verification, rows, unaccounted(services.store, services.audit_key))


def show(answer: Answer) -> Message:
    """The verdict, then the rows, or what is not on record."""
    about = answer.request.about
    shown = rows_as_paragraphs(answer.rows) if about else ()
    paper = _paper(answer)
    missing = len(answer.rows) - SHOWN
    more = (says(Bold(f"and {count(missing, 'earlier row')}"), ""),) if missing > 0 else ()
    return Message(
        title=f"Audit trail of {about}" if about else _heading(answer),
        result=_verdict(answer),
        parts=(*more, *shown, *_not_on_record(answer.unaccounted), *_buttons(paper)),
        footer="Anyone can repeat this from a terminal: tieout audit verify",
        paper=paper,
    )


def _heading(answer: Answer) -> str:
    """The verdict in three words, for who reads no further."""
    proven = answer.verification.ok and not answer.unaccounted
    return "Audit: the record holds" if proven else "Audit: the record does NOT hold"


def _paper(answer: Answer) -> str:
    """The id of what proves the count; none where the chain does not hold."""
    proof, about = answer.verification, answer.request.about
    proven = proof.ok and proof.rows and "|" not in about  # the sign that parts a button's value
    return id_of_record(proof.rows, about) if proven else ""


def _buttons(paper: str) -> tuple[Buttons, ...]:
    if not paper:
        return ()
    sources = Button("Sources", "paper.sources", f"{paper}||")
    return (Buttons((sources, Button("Export", "paper.export", paper))),)


def _verdict(answer: Answer) -> str:
    proof = answer.verification
    keep = "Keep the database as it is and call your auditor."
    if not proof.ok:
        return f"The chain does NOT hold at row {proof.first_bad}: {proof.why}. {keep}"
    holds = f"The chain holds: {count(proof.rows, 'row')}, head {proof.head[:6]}…{proof.head[-4:]}."
    if answer.unaccounted:
        return f"{holds} But NOT everything is in it. {keep}"
    if answer.request.about:
        return holds
    return f"{holds} Every proposal and every receipt is in it."


def _not_on_record(sentences: tuple[str, ...]) -> tuple[Paragraph, ...]:
    if not sentences:
        return ()
    said = [f"• {sentence}" for sentence in sentences[:LISTED]]
    if len(sentences) > LISTED:
        said.append(f"• and {len(sentences) - LISTED:,} more")
    return (says(Bold("Not on record"), "\n" + "\n".join(said)),)
