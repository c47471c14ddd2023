"""A table as Slack draws it, and as lines where Slack draws none or a phone has no room."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from bot.messages import figures
from bot.messages.message import Bold, Cell, Row, Table, says
from bot.messages.room import Drawn, Room
from bot.messages.sentences import told
from bot.messages.words import SECTION, Block, cut, inert, section, shown, unmarked

CELL = 120
CELLS = 9900  # characters in one of Slack's tables
ROWS, COLUMNS = 100, 20
PHONE = 40  # fixed-width characters that a phone shows side by side
REST = 40  # `and 1,204 more lines`, and the blanks around it

Words = list[str]  # a row in words


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of a table, in words: the columns' names, rows, the rest, the total."""

    names: Words
    rows: tuple[Words, ...]
    rest: tuple[Words, ...]
    total: tuple[Words, ...]
    hidden: int

    @property
    def lines(self) -> list[Words]:
        """All of it from the top down."""
        return [self.names, *self.rows, *self.rest, *self.total]


def drawn(table: Table, room: Room) -> Drawn:
    """The table in the best form its place takes, its name above it where there are several."""
    name = shown(table.name) or "Table"
    if not table.columns or not (table.rows or table.total):
        return Drawn((_named(f"{name}: nothing to show."),))
    above = (_named(name),) if room.named else ()
    room = room.less(above)
    for form in (_as_table, _as_data_table, _as_lines):
        if done := form(table, room):
            return Drawn((*above, *done.blocks), (*done.missing, *_unseen(table)), done.hidden)
    return Drawn(missing=(in_words(table),), hidden=len(table.rows))


def in_words(table: Table) -> str:
    """What is named where it finds no room."""
    return f"table “{shown(table.name)}” of {figures.count(len(table.rows), 'line')}"


def words_of(table: Table) -> list[Words]:
    """What is shown of it where there is room, a row a list: names, first rows, rest, total."""
    return seen(table, table.shown).lines


def seen(table: Table, most: int) -> Seen:
    """The first rows, and one row that stands for the others: how many, and what they add up to."""
    hidden = table.rows[most:]
    return Seen(
        names=[column.name for column in table.columns],
        rows=tuple(map(_said, table.rows[:most])),
        rest=(_said(_rest(table, hidden)),) if hidden else (),
        total=(_said(table.total),) if table.total else (),
        hidden=len(hidden),
    )


def _rest(table: Table, hidden: Sequence[Row]) -> Row:
    """The row for those not shown: its own where they are just those, or made from them."""
    if table.rest and len(hidden) == len(table.rows) - table.shown:
        return table.rest
    label = f"and {figures.count(len(hidden), 'more line')}"
    sums: list[Cell] = [
        _sum([row[at] for row in hidden]) if column.adds else None
        for at, column in enumerate(table.columns)
    ]
    return (label, *sums[1:])


def _sum(cells: Sequence[Cell]) -> Decimal | int | None:
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    counts = [cell for cell in cells if isinstance(cell, int)]
    return sum(amounts, Decimal(sum(counts))) if amounts else sum(counts) if counts else None


def _said(row: Row) -> Words:
    return [figures.cell(value) for value in row]


def _cells(row: Sequence[str]) -> Words:
    """A row as Slack takes it: no column too many, no cell empty or as long as a letter."""
    return [cut(shown(cell), CELL) or "–" for cell in row[:COLUMNS]]


def _fitting(table: Table, room: int, each: int) -> Seen | None:
    """As many of the first rows as fit beside names, rest and total; None where not even these do.

    `each` is what a row takes beside its cells.
    """

    def cost(row: Sequence[str]) -> int:
        return each + sum(len(inert(cell)) for cell in _cells(row))

    whole = seen(table, 0)
    adds = [at for at, column in enumerate(table.columns[:COLUMNS]) if column.adds]
    rest = max((cost([_said(row)[at] for at in adds]) for row in table.rows), default=0)
    # A sum has a few more digits than the longest of what it sums.
    left = room - sum(map(cost, (whole.names, *whole.total))) - rest - 10 * len(adds) - REST
    if left < 0:
        return None
    firsts = table.rows[: min(table.shown, ROWS - 3)]
    sizes = accumulate(cost(_said(row)) for row in firsts)
    return seen(table, sum(size <= left for size in sizes))


def _as_table(table: Table, room: Room) -> Drawn | None:
    """Slack's own table; a last row that sums the others is bold."""
    fits = _fitting(table, min(CELLS, room.characters), 0) if room.takes("table") else None
    if fits is None:
        return None
    rows = [[_cell(cell) for cell in _cells(row)] for row in (fits.names, *fits.rows, *fits.rest)]
    rows += [[_bold_cell(cell) for cell in _cells(row)] for row in fits.total]
    settings = [
        {"align": column.align} | ({"is_wrapped": True} if column.wraps else {})
        for column in table.columns[:COLUMNS]
    ]
    return Drawn(
        ({"type": "table", "column_settings": settings, "rows": rows},), hidden=fits.hidden
    )


def _as_data_table(table: Table, room: Room) -> Drawn | None:
    """A table readers sort; only one without a total or a rest, which would be sorted in."""
    if table.total or not room.takes("data_table"):
        return None
    fits = _fitting(table, min(CELLS, room.characters), 0)
    if fits is None or fits.hidden or not fits.rows:
        return None
    rows = [[_cell(cell) for cell in _cells(row)] for row in (fits.names, *fits.rows)]
    caption = cut(shown(table.name) or "Table", CELL)
    block = {"type": "data_table", "caption": caption, "page_size": len(fits.rows), "rows": rows}
    return Drawn((block,))


def _as_lines(table: Table, room: Room) -> Drawn | None:
    """Fixed-width lines, figures to the right; or, too wide for a phone, a few lines a row."""
    heads = sum(len(inert(head)) + 4 for head in _cells([c.name for c in table.columns]))
    fits = _fitting(table, min(room.characters, room.blocks * SECTION // 2), heads + PHONE + 10)
    if fits is None:
        return None
    rows = [_cells(row) for row in fits.lines]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    narrow = sum(widths) + 2 * (len(widths) - 1) <= PHONE
    texts = _lined(table, rows, widths) if narrow else _stacked(rows)
    return Drawn(tuple(map(section, texts)), hidden=fits.hidden)


def _lined(table: Table, rows: Sequence[Words], widths: Sequence[int]) -> list[str]:
    lines = []
    for row in rows:
        cells = [
            _blanks(cell, width) + cell if column.align == "right" else cell + _blanks(cell, width)
            for cell, width, column in zip(row, widths, table.columns, strict=False)
        ]
        lines.append(unmarked(inert("  ".join(cells).rstrip())))
    return [f"```{text}```" for text in _together(lines)]


def _stacked(rows: Sequence[Words]) -> list[str]:
    """Rows too wide for a phone: a name, and below it each figure with its column's name."""
    texts: list[str] = []
    for row in rows[1:]:
        pairs = zip(rows[0][1:], row[1:], strict=True)
        below = " · ".join(f"{head} {cell}" for head, cell in pairs if cell != "–")
        texts += told(says(Bold(row[0]), f"\n{below}"), 10**6, 10**3).texts
    return list(_together(texts))


def _together(texts: Sequence[str]) -> Iterator[str]:
    """Whole lines together, as many as a section holds."""
    piece: list[str] = []
    for text in texts:
        if piece and sum(len(kept) + 1 for kept in piece) + len(text) > SECTION:
            yield "\n".join(piece)
            piece = []
        piece.append(text)
    if piece:
        yield "\n".join(piece)


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def _bold_cell(text: str) -> Block:
    words = {"type": "text", "text": text, "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _named(name: str) -> Block:
    (text,) = told(says(Bold(cut(name, CELL))), SECTION, 1).texts
    return section(text)


def _unseen(table: Table) -> tuple[str, ...]:
    """The columns beyond those Slack draws."""
    return ("column",) * (len(table.columns) - COLUMNS)


def _blanks(text: str, width: int) -> str:
    return " " * (width - _width(text))


def _width(text: str) -> int:
    """How many places of fixed width it takes: Chinese letters and pictures take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
