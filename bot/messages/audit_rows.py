"""Rows of the audit trail as people read them: when, who by name, what in words."""

from __future__ import annotations

from itertools import groupby

from bot.audit import AuditRow
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


def rows_as_paragraphs(rows: tuple[AuditRow, ...]) -> tuple[Paragraph, ...]:
    """The latest rows, oldest first, a paragraph a day; instants in UTC."""
    days = groupby(rows[-SHOWN:], key=lambda row: row.at[:10])
    return tuple(says(Bold(day), *(part for row in of for part in _said(row))) for day, of in days)


def _said(row: AuditRow) -> tuple[Span, ...]:
    _, _, user = row.who.partition("/")
    who: Span = Mention(user) if user else row.who
    return (f"\n{row.at[11:19]} · ", who, f" {in_words(row.did)} · row {row.seq:,}")


def in_words(did: str) -> str:
    """`tapped proposal.approve` as `tapped Approve`; anything else as it is on record."""
    for name, label in LABELS.items():
        did = did.replace(name, label)
    return did
