"""A message as Block Kit, inside Slack's limits whatever is said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    LineChart,
    Mention,
    Message,
    Modal,
    Paragraph,
    Part,
    Span,
    Table,
    says,
)

Block = dict[str, Any]  # Slack's payloads are open by nature

SECTION, HEADER, CONTEXT, NOTIFICATION = 2900, 150, 1900, 3500
CELLS, ROWS, LABEL, BUTTON, CONFIRM, CHART_TITLE, CHART_LABEL = 6000, 99, 75, 75, 300, 50, 20
BLOCKS = 48


def blocks_of(message: Message) -> list[Block]:
    """Heading, result, parts and footer; never more than Slack takes."""
    drawn = [_header(message.title), *_paragraph(_result(message))]
    for part in message.parts:
        drawn += _part(part)
    drawn = drawn[:BLOCKS]
    return [*drawn, _context(message.footer)] if message.footer else drawn


def text_of(message: Message) -> str:
    """What a notification and a screen reader say: the heading and the result."""
    words = "".join(_spoken(span) for span in _result(message).spans)
    return cut(f"{inert(message.title)}: {words}", NOTIFICATION)


def plain_blocks_of(message: Message) -> list[Block]:
    """The same without anything Slack might not take yet: tables as text, charts left out."""
    drawn = [_header(message.title), *_paragraph(_result(message))]
    for part in message.parts:
        if isinstance(part, Table):
            drawn += _sections("\n".join(" · ".join(row) for row in part.rows[:20]))
        elif not isinstance(part, LineChart):
            drawn += _part(part)
    drawn = drawn[:BLOCKS]
    return [*drawn, _context(message.footer)] if message.footer else drawn


def view_of(modal: Modal) -> Block:
    """A modal as the view Slack opens."""
    drawn: list[Block] = []
    for part in modal.parts:
        drawn += _part(part, wide=False)
    for field in modal.fields:
        drawn.append(
            {
                "type": "input",
                "block_id": field.name,
                "optional": not field.required,
                "label": _plain(field.label, 2000),
                "element": {
                    "type": "plain_text_input",
                    "action_id": field.name,
                    "multiline": True,
                    "max_length": 1000,
                },
            }
            | ({"hint": _plain(field.hint, 2000)} if field.hint else {})
        )
    if modal.footer:
        drawn.append(_context(modal.footer))
    view: Block = {
        "type": "modal",
        "callback_id": modal.name,
        "private_metadata": modal.about,
        "title": _plain(modal.title, 24),
        "close": _plain(modal.close, 24),
        "blocks": drawn[:95],
    }
    return view | ({"submit": _plain(modal.submit, 24)} if modal.submit else {})


def inert(text: str) -> str:
    """Text that Slack shows and does nothing with: no mentions, links, controls, hidden letters."""
    shown = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"})
    for sign, spelled in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        shown = shown.replace(sign, spelled)
    return shown


def cut(text: str, most: int) -> str:
    """At most so many characters, the last one an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _part(part: Part, *, wide: bool = True) -> list[Block]:
    match part:
        case Paragraph():
            return _paragraph(part)
        case Table():
            return [_table(part)] if wide else _lined(part)
        case LineChart():
            return [_chart(part)]
        case Buttons():
            return [{"type": "actions", "elements": [_button(b) for b in part.buttons[:25]]}]


def _result(message: Message) -> Paragraph:
    return message.result if isinstance(message.result, Paragraph) else says(message.result)


def _paragraph(part: Paragraph) -> list[Block]:
    text = "".join(_span(span) for span in part.spans)
    return [_section(piece) for piece in _pieces(text)]


def _span(span: Span) -> str:
    match span:
        case Bold():
            words = _unmarked(inert(span.text))
            bold = words.strip()
            return words.replace(bold, f"*{bold}*", 1) if bold else ""
        case Mention():
            return f"<@{inert(span.user)}>"
        case str():
            return _unmarked(inert(span))


def _spoken(span: Span) -> str:
    """The same without marks, as a notification takes it."""
    return (
        _span(span)
        if isinstance(span, Mention)
        else inert(span if isinstance(span, str) else span.text)
    )


def _unmarked(text: str) -> str:
    """Signs that would turn foreign words bold, struck or into code are shown as their twins.

    A percent sign stays on the line of its figure.
    """
    for sign, twin in (("*", "∗"), ("~", "∼"), ("`", "ˋ"), (" %", "\u00a0%")):
        text = text.replace(sign, twin)
    return text


def _sections(text: str) -> list[Block]:
    return _paragraph(says(text))


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _pieces(text: str) -> Iterable[str]:
    """Long text in several sections, broken at a line or a word."""
    while len(text) > SECTION:
        at = max(text.rfind("\n", 0, SECTION), text.rfind(" ", 0, SECTION))
        at = at if at > SECTION // 2 else SECTION
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text


def _header(title: str) -> Block:
    return {"type": "header", "text": _plain(title, HEADER)}


def _context(text: str) -> Block:
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut(_unmarked(inert(text)), CONTEXT)}],
    }


def _plain(text: str, most: int) -> Block:
    """Slack does not read signs in plain text; only hidden letters have to go."""
    shown = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    return {"type": "plain_text", "text": cut(shown.strip() or "–", most), "emoji": False}


def _button(button: Button) -> Block:
    drawn: Block = {
        "type": "button",
        "text": _plain(button.label, BUTTON),
        "action_id": button.action,
        "value": button.value,
    }
    if button.style:
        drawn["style"] = button.style
    if button.confirm:
        drawn["confirm"] = {
            "title": _plain(button.label, 100),
            "text": _plain(button.confirm, CONFIRM),
            "confirm": _plain(button.label, 30),
            "deny": _plain("Go back", 30),
        }
    return drawn


def _table(table: Table) -> Block:
    rows = _fitting([[column.name for column in table.columns], *table.rows[:ROWS]])
    sum_at = len(table.rows) if table.summed else -1
    return {
        "type": "table",
        "column_settings": [
            {"align": column.align} | ({"is_wrapped": True} if column.wraps else {})
            for column in table.columns
        ],
        "rows": [[_cell(cell, bold=at == sum_at) for cell in row] for at, row in enumerate(rows)],
    }


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
        cells = [cut(_shown(cell), 120) or "–" for cell in row]
        left -= sum(map(len, cells))
        if left < 0:
            break
        kept.append(cells)
    return kept


def _shown(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"}).strip()


def _lined(table: Table) -> list[Block]:
    """A table where Slack has none (modals): fixed-width lines, figures to the right."""
    rows = _fitting([[column.name for column in table.columns], *table.rows])
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(row, widths, table.columns, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return [_section(f"```{piece}```") for piece in _whole_lines(lines)]


def _whole_lines(lines: Sequence[str]) -> Iterable[str]:
    piece: list[str] = []
    for line in (_unmarked(inert(line)) for line in lines):
        if piece and sum(len(kept) + 1 for kept in piece) + len(line) > SECTION - 10:
            yield "\n".join(piece)
            piece = []
        piece.append(cut(line, SECTION - 10))
    if piece:
        yield "\n".join(piece)


def _chart(chart: LineChart) -> Block:
    return {
        "type": "data_visualization",
        "title": cut(_shown(chart.title), CHART_TITLE),
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": cut(_shown(series.name), CHART_LABEL),
                    "data": [
                        {"label": cut(label, CHART_LABEL), "value": float(point)}
                        for label, point in zip(chart.labels, series.points, strict=True)
                    ],
                }
                for series in chart.series
            ],
            "axis_config": {
                "categories": [cut(label, CHART_LABEL) for label in chart.labels],
                "y_label": cut(chart.unit, CHART_TITLE),
            },
        },
    }
