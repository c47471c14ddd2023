"""Tables as they were shown, written down and read back cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.messages.message import Cell, Column, Message, Ratio, Row, Table
from bot.store.canonical import JSON


def tables_in(message: Message) -> tuple[Table, ...]:
    """The tables of a message in their order; a button names one by its place among them."""
    return tuple(part for part in message.parts if isinstance(part, Table))


def table_as_json(table: Table) -> dict[str, JSON]:
    """The table as plain JSON: amounts and ratios as text, each with what it is."""
    return {
        "name": table.name,
        "columns": [[c.name, c.align, c.wraps, c.adds] for c in table.columns],
        "rows": [_row_as_json(row) for row in table.rows],
        "total": _row_as_json(table.total),
        "rest": _row_as_json(table.rest),
        "shown": table.shown,
    }


def table_from_json(raw: JSON) -> Table:
    """The table that was written; KeyError, TypeError or ValueError where it is none."""
    held = _object(raw)
    return Table(
        name=str(held["name"]),
        columns=tuple(_column(column) for column in _list(held["columns"])),
        rows=tuple(_row(row) for row in _list(held["rows"])),
        total=_row(held["total"]),
        rest=_row(held["rest"]),
        shown=int(str(held["shown"])),
    )


def _row_as_json(row: Row) -> list[JSON]:
    return [_cell_as_json(cell) for cell in row]


def _cell_as_json(cell: Cell) -> JSON:
    match cell:
        case Decimal():
            return {"amount": str(cell)}
        case Ratio():
            value = None if cell.value is None else str(cell.value)
            return {"ratio": value, "digits": cell.digits, "signed": cell.signed}
    return cell


def _column(raw: JSON) -> Column:
    name, align, wraps, adds = _list(raw)
    return Column(str(name), "right" if align == "right" else "left", bool(wraps), bool(adds))


def _row(raw: JSON) -> Row:
    return tuple(_cell(cell) for cell in _list(raw))


def _cell(raw: JSON) -> Cell:
    match raw:
        case {"amount": str(amount)}:
            return Decimal(amount)
        case {"ratio": value, "digits": int(digits), "signed": signed}:
            share = None if value is None else Decimal(str(value))
            return Ratio(share, digits, signed is True)
        case None | str() | int():
            return raw
    raise ValueError(f"no cell of a table: {type(raw).__name__}")


def _list(raw: JSON) -> Sequence[JSON]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise TypeError("a list is expected here")
    return raw


def _object(raw: JSON) -> Mapping[str, JSON]:
    if not isinstance(raw, Mapping):
        raise TypeError("an object is expected here")
    return raw
