"""Rows of the audit trail as people read them: when, who by name, what in words."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from bot.audit import AuditRow
from bot.messages.figures import day
from bot.messages.message import Bold, Mention, Paragraph, Span, says

SHOWN = 40

LABELS = {  # what is on record of a tap, and what the button says
    "forecast.save": "Save as budget version",
    "forecast.sources": "Sources",
    "proposal.approve": "Approve",
    "proposal.reject": "Reject",
    "proposal.review": "Review",
    "proposal.lines": "All lines",
    "proposal.trail": "Audit trail",
    "paper.sources": "Sources",
    "paper.table": "All lines",
    "paper.export": "Export",
    "paper.entries": "Entries",
    "command.again": "Try again",
}
PLAIN = {  # what is on record in one word, said in a sentence after a name
    "own proposal": "was refused: nobody decides what they asked for",
    "not allowed": "was refused: may not decide this",
    "already decided": "was too late: it was decided before",
    "needs review": "was asked to review lines first",
    "out of date": "was stopped: the books had moved",
    "reviewed": "reviewed the marked lines",
    "sent proposal.review": "confirmed the review",
    "posting": "began to write it to Intacct",
    "not posted": "did not write: Intacct was not reached",
    "committed": "committed it: read back from Intacct, equal to the cent",
}


def rows_as_paragraphs(rows: tuple[AuditRow, ...]) -> tuple[Paragraph, ...]:
    """The latest rows, oldest first, a paragraph a day; instants in UTC."""
    days = groupby(rows[-SHOWN:], key=lambda row: row.at[:10])
    return tuple(
        says(
            Bold(day(date.fromisoformat(of))),
            ", times in UTC",
            *(part for row in inside for part in _said(row)),
        )
        for of, inside in days
    )


def _said(row: AuditRow) -> tuple[Span, ...]:
    _, _, user = row.who.partition("/")
    who: Span = Mention(user) if user else "Tieout" if row.who == "bot" else row.who
    return (f"\n{row.at[11:19]} · ", who, f" {in_words(row.did)} · row {row.seq:,}")


def in_words(did: str) -> str:
    """`tapped proposal.approve` as `tapped Approve`, `posting` as what was done; else as it is."""
    if did in PLAIN:
        return PLAIN[did]
    for name, label in LABELS.items():
        did = did.replace(name, label)
    return did
