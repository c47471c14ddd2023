"""A table as Slack draws it, and as lines where Slack draws none or a phone has no room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.messages import figures
from bot.messages.message import Row, Table
from bot.messages.words import SECTION, Block, cut, inert, pieces, section, shown, unmarked

CELLS = 6000
PHONE = 44  # fixed-width characters that a phone shows side by side


def native_table(table: Table) -> Block:
    """Slack's own table; a last row that sums the others is bold."""
    rows = _fitting(words_of(table))
    sum_at = len(words_of(table)) - 1 if table.total else -1
    return {
        "type": "table",
        "column_settings": [
            {"align": column.align} | ({"is_wrapped": True} if column.wraps else {})
            for column in table.columns
        ],
        "rows": [[_cell(cell, bold=at == sum_at) for cell in row] for at, row in enumerate(rows)],
    }


def words_of(table: Table) -> list[list[str]]:
    """What is shown of it, a row a list: the columns' names, first rows, rest, total."""
    named = [column.name for column in table.columns]
    rows: list[Row] = list(table.rows)
    if len(rows) > table.shown:
        rows = [*rows[: table.shown], *([table.rest] if table.rest else [])]
    total = [table.total] if table.total else []
    return [named, *([figures.cell(value) for value in row] for row in (*rows, *total))]


def _cell(text: str, *, bold: bool) -> Block:
    if not bold:
        return {"type": "raw_text", "text": text}
    words = {"type": "text", "text": text, "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _fitting(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows whose cells together stay inside Slack's total, no cell empty."""
    kept: list[list[str]] = []
    left = CELLS
    for row in rows:
        cells = [cut(shown(cell), 120) or "–" for cell in row]
        left -= sum(map(len, cells))
        if left < 0:
            break
        kept.append(cells)
    return kept


def lined(table: Table) -> list[Block]:
    """A table where Slack has none (modals): fixed-width lines, figures to the right."""
    rows = _fitting(words_of(table))
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    if sum(widths) + 2 * len(widths) > PHONE:
        return _stacked(rows)
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(row, widths, table.columns, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return [section(f"```{piece}```") for piece in _whole_lines(lines)]


def _stacked(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Rows too wide for a phone: a name, and below it each figure with its column's name."""
    heads = [unmarked(inert(head)) for head in rows[0]]
    told = []
    for row in rows[1:]:
        first, *cells = [unmarked(inert(cell)) for cell in row]
        figures = [f"{head} {cell}" for head, cell in zip(heads[1:], cells, strict=True)]
        told.append(f"*{first}*\n{' · '.join(f for f in figures if not f.endswith(' –'))}".strip())
    return [section(piece) for piece in pieces("\n".join(told))]


def _whole_lines(lines: Sequence[str]) -> Iterable[str]:
    piece: list[str] = []
    for line in (unmarked(inert(line)) for line in lines):
        if piece and sum(len(kept) + 1 for kept in piece) + len(line) > SECTION - 10:
            yield "\n".join(piece)
            piece = []
        piece.append(cut(line, SECTION - 10))
    if piece:
        yield "\n".join(piece)
