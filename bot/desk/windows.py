"""The windows people open: sources, lines, review, reason, trail; all from our own store."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.ledger import months_between, shifted
from bot.approvals.queue import flagged, get_proposal
from bot.approvals.sources import SourceRow
from bot.audit import trail
from bot.desk.cards import lines_modal, review_modal
from bot.desk.desk import Desk
from bot.errors import NotUnderstood
from bot.forecasts.answer import KeptAnswer, kept
from bot.messages import figures
from bot.messages.audit_rows import rows_as_paragraphs
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Field,
    Modal,
    Paragraph,
    Table,
    says,
)

PAGE = 20
METHODS = 10


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
    """The query, the years it adds up to, how each line was forecast, and every row, in pages."""
    pages = max(1, -(-len(answer.rows) // PAGE))
    page = min(page, pages - 1)
    newest_first = sorted(answer.rows, key=lambda row: (row.period, row.account), reverse=True)
    buttons = tuple(
        Button(label, f"forecast.sources.{to}", f"{answer.id}|{to}")
        for label, to in (("Newer", page - 1), ("Older", page + 1))
        if 0 <= to < pages
    )
    return Modal(
        name="forecast.sources",
        title="Sources",
        about=answer.id,
        parts=(
            _query(answer),
            _years(answer),
            *(_methods(answer) if page == 0 else ()),
            _rows_as_table(newest_first[page * PAGE : (page + 1) * PAGE]),
            *((Buttons(buttons),) if buttons else ()),
        ),
        footer=(
            f"read {figures.instant(answer.read_at)} · page {page + 1:,} of {pages:,} · "
            f"#{answer.id[:9]}"
        ),
    )


def _query(answer: KeptAnswer) -> Paragraph:
    question = answer.question
    split = f", by {', '.join(question.by)}" if question.by else ""
    only = "".join(f", {key.name} {key.id} only" for key in sorted(question.where))
    listed = ", ".join(question.accounts[:20]) + ("…" if len(question.accounts) > 20 else "")
    return says(
        Bold(f"{answer.name}, {answer.entity_label}"),
        "\nAccount balances from Sage Intacct, "
        f"{figures.span(question.first, question.last)}{split}{only}.\n"
        f"{figures.count(len(question.accounts), 'account')} asked for: {listed}.\n"
        f"{figures.count(len(answer.rows), 'row')}, the first of "
        f"{min(row.period for row in answer.rows)[:7]}; "
        "none was hidden by your rights. Debits are positive, credits in parentheses.",
    )


def _years(answer: KeptAnswer) -> Table:
    """The months a year before those forecast, then twelve at a time: what the message shows."""
    last = answer.question.last
    months = min(12, max(len(line.months) for line in answer.lines))
    spans = [(shifted(last, -11), shifted(last, months - 12))] if months < 12 else []
    spans += [
        (shifted(last, -back - 11), shifted(last, -back))
        for back in range(0, months_between(answer.question.first, last) + 1, 12)
    ]
    rows = []
    for first, final in spans:
        inside = [
            row
            for row in answer.rows
            if first.first.isoformat() <= row.period <= final.first.isoformat()
        ]
        if inside:
            total = answer.sign * sum((Decimal(row.value) for row in inside), Decimal(0))
            rows.append((figures.span(first, final), len(inside), total))
    return Table(
        "Years",
        (Column("Months"), Column("Rows", "right"), Column(f"Total {answer.currency}", "right")),
        tuple(rows),
    )


def _methods(answer: KeptAnswer) -> tuple[Paragraph, ...]:
    """Why each line was forecast the way it was."""
    said = [
        f"• {line.account} {line.title}{f' · {line.department}' if line.department else ''}: "
        f"{line.method}. {line.why}"
        for line in answer.lines[:METHODS]
    ]
    if len(answer.lines) > METHODS:
        said.append(f"• and {figures.count(len(answer.lines) - METHODS, 'more line')}")
    return (says(Bold("How each line was forecast"), "\n" + "\n".join(said)),)


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


def _rows_as_table(rows: Sequence[SourceRow]) -> Table:
    on_page = sum((Decimal(row.value) for row in rows), Decimal(0))
    return Table(
        "Source rows",
        (Column("Account"), Column("Month"), Column("Where"), Column("Amount", "right")),
        tuple(
            (
                row.account,
                row.period[:7],
                " · ".join(v for v in (row.department, row.location, row.project) if v) or None,
                Decimal(row.value),
            )
            for row in rows
        ),
        total=("This page", None, None, on_page),
        shown=PAGE,
    )
