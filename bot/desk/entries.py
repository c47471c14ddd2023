"""The entries of the ledger under a balance, from the copy of the books, in a window on top."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.ledger import Currency, from_minor
from bot.desk.desk import Desk
from bot.desk.paging import PAGE, page_of, turning
from bot.desk.papers import under
from bot.errors import NotUnderstood
from bot.messages import figures
from bot.messages.message import Bold, Column, Modal, Moment, Paragraph, Part, Row, Table, says
from bot.messages.paper import Paper, amount_of
from bot.staged.balances import Line, lines_under
from bot.staged.marks import marks
from bot.staged.objects import LINES

COLUMNS = (
    Column("Date"),
    Column("Journal"),
    Column("Document", wraps=True),
    Column("Description", wraps=True),
    Column("Amount", "right", adds=True),
)


def entries_window(desk: Desk, paper: Paper, number: int, page: int) -> Modal:
    """The entries that this row of the paper is the sum of, and whether they still are."""
    below = under(desk, paper.id, number)
    if below is None:
        raise NotUnderstood("Under this row lie no entries of the ledger.")
    shown = amount_of(paper.rows[number])
    named = " · ".join(figures.cell(cell) for cell in paper.rows[number][:-1] if cell is not None)
    mark = marks(desk.services.store).get(LINES)
    head = says(Bold(named), f"\n{paper.currency} {figures.amount(shown)}")
    if mark is None or mark.first is None or mark.first > below.cell.period.first:
        words = (
            "I keep no copy of the ledger’s entries of this month, so I cannot go further down. "
            "Sage Intacct shows them in the account’s ledger report."
        )
        return _modal(paper, (head, says(words)))
    lines = lines_under(desk.services.store, below.question, below.cell)
    sign = -1 if shown == -below.amount else 1
    rows = tuple(_row(line, sign, Currency(paper.currency)) for line in reversed(lines))
    total = sum((amount_of(row) for row in rows), Decimal(0))
    page, pages = page_of(page, len(rows))
    table = _page_of_entries(rows[page * PAGE : (page + 1) * PAGE])
    return _modal(
        paper,
        (
            head,
            says(_tied(shown, total, len(rows))),
            *((table,) if rows else ()),
            *turning("paper.entries", paper.id, number, page, pages),
        ),
        says("copied ", Moment(mark.read_at), f" · page {page + 1:,} of {pages:,}"),
    )


def _modal(paper: Paper, parts: tuple[Part, ...], footer: str | Paragraph = "") -> Modal:
    return Modal("paper.entries", "Entries", paper.id, parts, footer=footer, close="Back")


def _page_of_entries(rows: Sequence[Row]) -> Table:
    on_page = sum((amount_of(row) for row in rows), Decimal(0))
    total: Row = ("This page", None, None, None, on_page)
    return Table("Entries", COLUMNS, tuple(rows), total=total, shown=PAGE)


def _row(line: Line, sign: int, currency: Currency) -> Row:
    return (
        line.entry_date.isoformat(),
        line.journal or None,
        line.document or None,
        line.description or None,
        from_minor(sign * line.amount, currency),
    )


def _tied(shown: Decimal, total: Decimal, entries: int) -> str:
    said = f"{figures.count(entries, 'entry', 'entries')} together {figures.amount(total)}"
    if total == shown:
        return f"Ties: {said}."
    return (
        f"Does not tie any more: {said}, {figures.amount(total - shown)} apart. The copy was "
        "brought up to date after this was read; type the command again."
    )
