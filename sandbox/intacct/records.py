"""Records fetched by their keys or a condition, as texts, with owned lines where asked."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Object
from sandbox.company.values import Stored
from sandbox.intacct.conditions import Sql, joined
from sandbox.intacct.counts import NUMBER
from sandbox.intacct.listing import Shown, shown_as
from sandbox.intacct.reply import child
from sandbox.intacct.shown import Dialect
from sandbox.intacct.visible import visible
from sandbox.intacct.work import Work
from sandbox.intacct.written import record, texts_of

Row = tuple[tuple[str, str], ...]


class UnknownFields(Exception):
    """Fields were asked for that the object does not have."""


def wanted_fields(one: Object, words: str) -> list[str]:
    """The fields of a comma list; `*` or nothing is every one, owned lines are not fields."""
    names = [name.strip().upper() for name in words.split(",") if name.strip()]
    if not names or names == ["*"]:
        return list(one.fields)
    wrappers = [lines.wrapper for lines in one.lines]
    if unknown := [name for name in names if name not in one.fields and name not in wrappers]:
        raise UnknownFields(f"{one.name} has no field {', '.join(unknown)}")
    return [name for name in names if name in one.fields]


def fetch(work: Work, one: Object, fields: Sequence[str], conditions: Sequence[Sql]) -> list[Row]:
    """The visible rows that satisfy every condition, by record number, as texts."""
    statement = selection(work, one, fields, conditions)
    return [
        tuple(row)
        for row in texts_of(
            shown_fields(one, fields), work.books.rows(statement.text, statement.values)
        )
    ]


def selection(work: Work, one: Object, fields: Sequence[str], conditions: Sequence[Sql]) -> Sql:
    """The statement for the visible rows that satisfy every condition, by record number."""
    seen = visible(one, work.caller, private=bool(work.caller.entity))
    where = joined("AND", [*seen, *conditions, Sql("TRUE")])
    columns = ", ".join(f't0."{name}"' for name in fields)
    text = f'SELECT {columns} FROM "{one.name}" t0 WHERE {where.text} ORDER BY {NUMBER}'  # noqa: S608 - schema names
    return Sql(text, where.values)


def shown_fields(one: Object, fields: Sequence[str]) -> tuple[Shown, ...]:
    """How the fields' values are written in a record: labels everywhere, words for modes."""
    return tuple(shown_as(one.fields[name], name, Dialect.CODES) for name in fields)


def with_lines(
    work: Work, one: Object, tag: str, row: Row, number: Stored, *, lines: bool
) -> etree._Element:
    """One record; with its lines nested in their wrapper where they were asked for."""
    made = record(tag, row)
    for owned in one.lines if lines else ():
        wrapper = child(made, owned.wrapper)
        line = OBJECTS[owned.object]
        condition = Sql(f't0."{owned.parent}" = ?', (number,))
        for inner in fetch(work, line, list(line.fields), [condition]):
            wrapper.append(record(line.name.lower(), inner))
    return made
