"""A table in the best form its place takes, with as many rows as it has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from bot.messages import figures
from bot.messages.lines import lined
from bot.messages.message import Bold, Cell, Row, Table, says
from bot.messages.room import Drawn, Room
from bot.messages.sentences import told
from bot.messages.words import SECTION, Block, cut, inert, section, shown

CELL = 120
CELLS = 9900  # characters in one of Slack's tables
ROWS, COLUMNS = 100, 20
SAFE = 2**53  # below, a number is the same figure for whoever sorts by it

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
    for form in (_as_table, _as_data_table, _as_lines):
        if done := form(table, room.less(above)):
            titled = done.blocks if "caption" in done.blocks[0] else (*above, *done.blocks)
            return Drawn(titled, (*done.missing, *_unseen(table)), done.hidden)
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


def _largest_rest(table: Table) -> Row:
    """As long as any row for the others can be: no part of a sum is above that of all sizes."""
    sizes = [
        _sum([_size(row[at]) for row in table.rows]) if column.adds else None
        for at, column in enumerate(table.columns)
    ]
    return (f"and {len(table.rows):,} more lines", *sizes[1:])


def _size(cell: Cell) -> Decimal | int | None:
    if isinstance(cell, Decimal):
        return -abs(cell)
    return -abs(cell) if isinstance(cell, int) else None


def _sum(cells: Sequence[Cell]) -> Decimal | int | None:
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    counts = [cell for cell in cells if isinstance(cell, int)]
    return sum(amounts, Decimal(sum(counts))) if amounts else sum(counts) if counts else None


def _said(row: Row) -> Words:
    return [figures.cell(value) for value in row]


def _cells(row: Sequence[str]) -> Words:
    """A row as Slack takes it: no column too many, no cell empty or as long as a letter."""
    return [cut(shown(cell[: 4 * CELL]), CELL) or "–" for cell in row[:COLUMNS]]


def _fitting(table: Table, room: int, each: int) -> Seen | None:
    """As many of the first rows as fit beside names, rest and total; None where not even these do.

    `each` is what a row takes beside its cells.
    """

    def cost(row: Sequence[str]) -> int:
        return each + sum(len(inert(cell)) for cell in _cells(row))

    fixed = [[column.name for column in table.columns], _said(table.total), _said(table.rest)]
    left = room - sum(map(cost, fixed)) - cost(_said(_largest_rest(table)))
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
    rows = [
        [_number(value, text) for value, text in zip(row, _cells(words), strict=False)]
        for row, words in zip(table.rows, fits.rows, strict=True)
    ]
    block = {
        "type": "data_table",
        "caption": cut(shown(table.name) or "Table", CELL),
        "page_size": len(rows),
        "rows": [[_cell(name) for name in _cells(fits.names)], *rows],
    }
    return Drawn((block,))


def _as_lines(table: Table, room: Room) -> Drawn | None:
    """Texts, in fixed width as far as a phone shows it."""
    heads = sum(len(inert(head)) + 4 for head in _cells([c.name for c in table.columns]))
    most = min(room.characters, room.blocks * SECTION // 2)
    fits = _fitting(table, most, heads + 2 * room.surface.phone)
    if fits is None:
        return None
    body = [_cells(row) for row in (fits.names, *fits.rows)]
    sums = [_cells(row) for row in (*fits.rest, *fits.total)]
    texts = lined(body, sums, [column.align for column in table.columns], room.surface.phone)
    return Drawn(tuple(map(section, texts)), hidden=fits.hidden)


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def _number(value: Cell, text: str) -> Block:
    """A cell that is sorted by its figure, which is drawn and sorted by, never computed with."""
    amount = Decimal(value) if isinstance(value, Decimal | int) else None
    if amount is not None and amount.is_finite() and abs(amount) < SAFE:
        return {"type": "raw_number", "value": float(amount), "text": text}
    return _cell(text)


def _bold_cell(text: str) -> Block:
    words = {"type": "text", "text": text, "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _named(name: str) -> Block:
    (text,) = told(says(Bold(cut(name, CELL))), SECTION, 1).texts
    return section(text)


def _unseen(table: Table) -> tuple[str, ...]:
    """The columns beyond those Slack draws."""
    return ("column",) * (len(table.columns) - COLUMNS)
