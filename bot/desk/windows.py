"""The windows people open, by the name of their button; all from our own store."""

from __future__ import annotations

from bot.approvals.queue import flagged, get_proposal
from bot.audit import trail
from bot.desk.compared import review_modal
from bot.desk.desk import Desk
from bot.desk.entries import entries_window
from bot.desk.paging import read_value
from bot.desk.paper_windows import export_window, sources_window, table_window
from bot.desk.papers import as_staged, paper
from bot.errors import NotUnderstood
from bot.messages import figures
from bot.messages.audit_rows import rows_as_paragraphs
from bot.messages.message import (
    Bold,
    Field,
    Modal,
    says,
)


def window(desk: Desk, name: str, value: str) -> Modal:
    """The window of this name for what the button, or the choice, carries.

    `forecast.sources` and `proposal.lines` are on messages of older versions.
    """
    about, number, page = read_value(value)
    match name:
        case "forecast.sources":
            return sources_window(paper(desk, about), 0, 0)
        case "proposal.lines":
            return table_window(paper(desk, about), 0, number)
        case "paper.sources":
            return sources_window(paper(desk, about), number, page)
        case "paper.table":
            return table_window(paper(desk, about), number, page)
        case "paper.entries":
            return entries_window(desk, paper(desk, about), number, page)
        case "paper.export":
            return export_window(paper(desk, about))
        case "proposal.trail":
            return trail_window(desk, about)
    return _of_proposal(desk, name, about, number)


def _of_proposal(desk: Desk, name: str, about: str, page: int) -> Modal:
    if name == "proposal.review":
        proposal, _ = as_staged(desk, about)
        return review_modal(proposal, flagged(proposal, desk.services.policy), page)
    if get_proposal(desk.services.store, about) is None:
        raise NotUnderstood("I no longer have this proposal.")
    return reject_window(about)


def trail_window(desk: Desk, about: str) -> Modal:
    """Everything on record about a proposal."""
    rows = trail(desk.services.store, about)
    return Modal(
        name="proposal.trail",
        title="Audit trail",
        about=about,
        parts=(
            says(Bold(about), f", {figures.count(len(rows), 'entry', 'entries')}"),
            *rows_as_paragraphs(rows),
        ),
        footer="/audit verify proves that nothing in it was changed",
    )


def reject_window(about: str) -> Modal:
    """Why not: the person who asked needs to know."""
    return Modal(
        name="proposal.reject",
        title="Reject",
        about=about,
        parts=(says("Nothing will be written. Your reason goes to the person who asked."),),
        fields=(Field("reason", "Reason", "What would have to change?"),),
        submit="Reject",
        close="Go back",
    )
