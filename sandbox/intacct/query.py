"""`query`: selected fields of one object, filtered, ordered, paged, or summed by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Kind
from sandbox.company.values import LARGEST
from sandbox.intacct.books import Books
from sandbox.intacct.columns import Column, Columns, NoSuchField
from sandbox.intacct.conditions import (
    Condition,
    Joined,
    Reading,
    Sql,
    Test,
    compiled,
    fields_of,
    joined,
)
from sandbox.intacct.counts import LOWEST, NUMBER, Rows, count, counted, place
from sandbox.intacct.listing import Shown, listing, shown_as
from sandbox.intacct.query_text import Order, Query, Selected, read_query
from sandbox.intacct.refusal import NOT_ALLOWED_IN, Complaint, Refused, no_object, not_processed
from sandbox.intacct.visible import check_readable, visible
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import formatted, texts_of

BEYOND = "greaterthan"
BY_NUMBER = f"ORDER BY {NUMBER} ASC"
NUMERIC = (Kind.INTEGER, Kind.DECIMAL, Kind.CURRENCY)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A query made into SQL: what is selected, of which rows, grouped how, in which order."""

    selected: tuple[str, ...]
    rows: Rows
    group: str | None
    order: str

    def page(self, books: Books, size: int, offset: int) -> Sql:
        """The rows of one page; in order of record numbers none need passing over."""
        shape = self
        if offset and self.group is None and self.order == BY_NUMBER:
            beyond = place(books, self.rows, offset)
            shape, offset = replace(self, rows=replace(self.rows, beyond=beyond)), 0
        every = shape.every()
        return Sql(f"{every.text} {self.order} LIMIT ? OFFSET ?", (*every.values, size, offset))

    def every(self) -> Sql:
        """All rows, in any order."""
        beyond = (Sql(f"{NUMBER} > ?", (self.rows.beyond,)),) if self.rows.beyond > LOWEST else ()
        where = joined("AND", [*self.rows.conditions, *beyond, Sql("TRUE")])
        text = (
            f"SELECT {', '.join(self.selected)} {self.rows.source} WHERE {where.text} "
            f"{self.group or ''}"
        )
        return Sql(text, where.values)

    def total(self, books: Books) -> int:
        """How many rows there are in all."""
        return count(books, self.rows) if self.group is None else counted(books, self.every())


def query(work: Work, call: etree._Element) -> FunctionAnswer:
    """The records as `<data>`, or as csv or json without an envelope."""
    asked = read_query(call)
    name = asked.object.upper()
    if name not in OBJECTS:
        raise no_object(asked.object)
    check_readable(work, OBJECTS[name], "READ_BY_QUERY")
    columns = Columns(OBJECTS[name])
    _check_fields(asked, columns)
    try:
        shape = _shape(asked, columns, work)
    except ValueError as error:
        raise not_processed(str(error)) from error
    page = shape.page(work.books, asked.page_size, asked.offset)
    rows = work.books.rows(page.text, page.values)
    fields = [_shown(one, columns.find(one.field).field) for one in asked.select]
    if asked.format != "xml":
        return formatted(texts_of(fields, rows), [one.name for one in fields], asked.format)
    total = _total(work.books, asked, shape, len(rows))
    left = max(0, total - asked.offset - len(rows))
    return listing(
        asked.object,
        fields,
        rows,
        {
            "listtype": asked.object,
            "totalcount": total,
            "offset": asked.offset,
            "count": len(rows),
            "numremaining": left,
        },
    )


def _total(books: Books, asked: Query, shape: _Shape, found: int) -> int:
    """How many rows there are: a page that is not full says it without counting."""
    if found < asked.page_size and (found or not asked.offset):
        return asked.offset + found
    return shape.total(books)


def _check_fields(asked: Query, columns: Columns) -> None:
    names = [one.field for one in asked.select] + [one.field for one in asked.order]
    names += fields_of(asked.condition) if asked.condition else []
    unknown = [name for name in dict.fromkeys(names) if not _known(columns, name)]
    if unknown:
        raise Refused(
            Complaint(
                NOT_ALLOWED_IN,
                "There was an error processing the function",
                f"The following fields cannot be queried: {', '.join(unknown)}",
            )
        )


def _known(columns: Columns, name: str) -> bool:
    try:
        columns.find(name)
    except NoSuchField:
        return False
    return True


def _shape(asked: Query, columns: Columns, work: Work) -> _Shape:
    conditions = visible(columns.object, work.caller, private=asked.private)
    beyond, rest = _keyset(asked.condition)
    reading = Reading(fold=asked.fold)
    conditions += [compiled(one, columns, reading) for one in rest]
    selected = tuple(_expression(one, columns.find(one.field)) for one in asked.select)
    summing = any(one.function for one in asked.select)
    keys = [columns.find(one.field).sql for one in asked.select if not one.function]
    grouped = f"GROUP BY {', '.join(keys)}" if keys else ""
    return _Shape(
        selected=tuple(f"{text} AS c{n}" for n, text in enumerate(selected)),
        rows=Rows(columns.source(), tuple(conditions), beyond),
        group=grouped if summing else None,
        order=_order(asked.order, columns),
    )


def _keyset(condition: Condition | None) -> tuple[int, list[Condition]]:
    """The record number a walk through the object has come to, and the other conditions."""
    if condition is None:
        return LOWEST, []
    parts = [condition]
    if isinstance(condition, Joined) and condition.word == "AND":
        parts = list(condition.parts)
    for one in parts:
        if isinstance(one, Test) and one.field.upper() == "RECORDNO" and one.operator == BEYOND:
            number = one.values[0]
            if number.isascii() and number.isdecimal() and int(number) <= LARGEST:
                return int(number), [other for other in parts if other is not one]
    return LOWEST, parts


def _order(order: Sequence[Order], columns: Columns) -> str:
    parts = [
        f"{_exact(columns.find(one.field))} {'DESC' if one.descending else 'ASC'}" for one in order
    ]
    return f"ORDER BY {', '.join(parts)}" if parts else ""


def _exact(column: Column) -> str:
    return column.sql + (" COLLATE EXACT" if column.field.kind is Kind.DECIMAL else "")


def _expression(one: Selected, column: Column) -> str:
    if not one.function:
        return column.sql
    if one.function == "count":
        return f"COUNT({column.sql})"
    if one.function in ("min", "max"):
        return f"{one.function.upper()}({_exact(column)})"
    if column.field.kind not in NUMERIC:
        raise ValueError(f"{one.field} is not a number")
    total = f"EXACTLY({column.sql})"
    return total if one.function == "sum" else f"{total} || '/' || COUNT({column.sql})"


def _shown(one: Selected, field: Field) -> Shown:
    if one.function == "count":
        return Shown(one.name, str, plain=True)
    if one.function == "avg":
        return Shown(one.name, lambda value: _average(field, str(value)), plain=True)
    return shown_as(field, one.name)


def _average(field: Field, fraction: str) -> str:
    total, count = (Decimal(part) for part in fraction.split("/"))
    if field.kind is Kind.CURRENCY:
        total = total.scaleb(-2)
    return format((total / count).quantize(HUNDREDTH, ROUND_HALF_UP), "f")
