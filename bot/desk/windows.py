"""The windows people open: sources, lines, review, reason, trail; all from our own store."""

from __future__ import annotations

from decimal import Decimal

from bot.approvals.queue import flagged, get_proposal
from bot.approvals.sources import SourceRow
from bot.audit import trail
from bot.desk.cards import lines_modal, review_modal
from bot.desk.desk import Desk
from bot.errors import NotUnderstood
from bot.forecasts.answer import KeptAnswer, kept
from bot.messages import figures
from bot.messages.audit_rows import rows_as_table
from bot.messages.message import Bold, Button, Buttons, Column, Field, Modal, Table, says

PAGE = 20


def window(desk: Desk, name: str, value: str) -> Modal:
    """The window a button opens; `value` is an id and, where it is paged, a page."""
    about, _, page = value.partition("|")
    number = int(page) if page.isdigit() else 0
    store = desk.services.store
    if name.startswith("forecast.sources"):
        return sources_window(kept(store, about), number)
    if name == "proposal.trail":
        return trail_window(desk, about)
    proposal = get_proposal(store, about)
    if proposal is None:
        raise NotUnderstood("I no longer have this proposal.")
    if name.startswith("proposal.lines"):
        return lines_modal(proposal, proposal.lines, number)
    if name.startswith("proposal.review"):
        return review_modal(proposal, flagged(proposal, desk.services.policy), number)
    return reject_window(about)


def sources_window(answer: KeptAnswer, page: int) -> Modal:
    """The rows under the figures, a page at a time, and their total."""
    pages = max(1, -(-len(answer.rows) // PAGE))
    page = min(page, pages - 1)
    shown = answer.rows[page * PAGE : (page + 1) * PAGE]
    question = answer.question
    total = sum((Decimal(row.value) for row in answer.rows), Decimal(0))
    split = f", by {', '.join(question.by)}" if question.by else ""
    only = "".join(f", {key.name} {key.id} only" for key in sorted(question.where))
    buttons = tuple(
        Button(label, f"forecast.sources.{to}", f"{answer.id}|{to}")
        for label, to in (("Earlier", page - 1), ("More", page + 1))
        if 0 <= to < pages
    )
    return Modal(
        name="forecast.sources",
        title="Sources",
        about=answer.id,
        parts=(
            says(
                Bold(f"{answer.name}, {answer.entity_name} ({answer.entity})"),
                "\nAccount balances from Sage Intacct, "
                f"{figures.span(question.first, question.last)}"
                f"{split}{only}.\n{figures.count(len(question.accounts), 'account')} asked for: "
                f"{', '.join(question.accounts[:20])}{'…' if len(question.accounts) > 20 else ''}.",
            ),
            says(
                f"{figures.count(len(answer.rows), 'row')}, total {answer.currency} "
                f"{figures.amount(total)} (debits positive, credits in "
                "parentheses). No row was hidden by your rights.",
            ),
            _rows_as_table(shown),
            *((Buttons(buttons),) if buttons else ()),
        ),
        footer=(
            f"read {figures.instant(answer.read_at)} · page {page + 1:,} of {pages:,} · "
            f"#{answer.id[:9]}"
        ),
    )


def trail_window(desk: Desk, about: str) -> Modal:
    """Everything on record about a proposal."""
    rows = trail(desk.services.store, about)
    return Modal(
        name="proposal.trail",
        title="Audit trail",
        about=about,
        parts=(
            says(Bold(about), f", {figures.count(len(rows), 'entry', 'entries')}"),
            rows_as_table(rows),
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


def _rows_as_table(rows: tuple[SourceRow, ...]) -> Table:
    on_page = sum((Decimal(row.value) for row in rows), Decimal(0))
    return Table(
        (Column("Account"), Column("Month"), Column("Where"), Column("Amount", "right")),
        (
            *(
                (
                    row.account,
                    row.period[:7],
                    " · ".join(v for v in (row.department, row.location, row.project) if v) or "–",
                    figures.amount(Decimal(row.value)),
                )
                for row in rows
            ),
            ("This page", "–", "–", figures.amount(on_page)),
        ),
    )
