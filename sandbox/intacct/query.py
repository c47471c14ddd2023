"""`query`: selected fields of one object, filtered, ordered, paged, or summed by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Kind
from sandbox.company.values import Stored
from sandbox.intacct.columns import Column, Columns, NoSuchField
from sandbox.intacct.conditions import Reading, Sql, compiled, fields_of, joined
from sandbox.intacct.query_text import Order, Query, Selected, read_query
from sandbox.intacct.refusal import NOT_ALLOWED_IN, Complaint, Refused, no_object, not_processed
from sandbox.intacct.reply import data
from sandbox.intacct.shown import shown
from sandbox.intacct.visible import visible
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import Records, formatted, record

NUMERIC = (Kind.INTEGER, Kind.DECIMAL, Kind.CURRENCY)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A query made into SQL: what is selected, from where, under which conditions, grouped how."""

    selected: tuple[str, ...]
    source: str
    where: Sql
    group: str
    order: str

    def counting(self) -> Sql:
        inner = f"SELECT {', '.join(self.selected)} {self.source} {self.where.text} {self.group}"
        return Sql(f"SELECT COUNT(*) FROM ({inner})", self.where.values)  # noqa: S608 - own names

    def page(self, size: int, offset: int) -> Sql:
        text = (
            f"SELECT {', '.join(self.selected)} {self.source} {self.where.text} "
            f"{self.group} {self.order} LIMIT ? OFFSET ?"
        )
        return Sql(text, (*self.where.values, size, offset))


def query(work: Work, call: etree._Element) -> FunctionAnswer:
    """The records as `<data>`, or as csv or json without an envelope."""
    asked = read_query(call)
    name = asked.object.upper()
    if name not in OBJECTS:
        raise no_object(asked.object)
    columns = Columns(OBJECTS[name])
    _check_fields(asked, columns)
    try:
        shape = _shape(asked, columns, work)
    except ValueError as error:
        raise not_processed(str(error)) from error
    counting, page = shape.counting(), shape.page(asked.page_size, asked.offset)
    counted = work.books.row(counting.text, counting.values)
    total = counted[0] if counted else 0
    rows = work.books.rows(page.text, page.values)
    records: Records = [
        [
            (one.name, _shown(one, columns.find(one.field).field, value))
            for one, value in zip(asked.select, row, strict=True)
        ]
        for row in rows
    ]
    if asked.format != "xml":
        return formatted(records, [one.name for one in asked.select], asked.format)
    left = max(0, total - asked.offset - len(rows))
    answer = data(asked.object, len(rows), totalcount=total, offset=asked.offset, numremaining=left)
    answer.extend(record(asked.object, one) for one in records)
    return answer


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
    if asked.condition:
        conditions.append(compiled(asked.condition, columns, Reading(fold=asked.fold)))
    selected = tuple(_expression(one, columns.find(one.field)) for one in asked.select)
    summing = any(one.function for one in asked.select)
    keys = [columns.find(one.field).sql for one in asked.select if not one.function]
    where = joined("AND", conditions) if conditions else Sql("TRUE")
    return _Shape(
        selected=tuple(f"{text} AS c{n}" for n, text in enumerate(selected)),
        source=columns.source(),
        where=Sql(f"WHERE {where.text}", where.values),
        group=f"GROUP BY {', '.join(keys)}" if summing and keys else "",
        order=_order(asked.order, columns),
    )


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


def _shown(one: Selected, field: Field, value: Stored) -> str:
    if one.function == "count" or value is None:
        return "" if value is None else str(value)
    if one.function == "avg":
        return _average(field, str(value))
    if one.function == "sum" and field.kind is Kind.CURRENCY:
        return shown(field, int(value))
    return shown(field, value)


def _average(field: Field, fraction: str) -> str:
    total, count = (Decimal(part) for part in fraction.split("/"))
    if field.kind is Kind.CURRENCY:
        total = total.scaleb(-2)
    return format((total / count).quantize(HUNDREDTH, ROUND_HALF_UP), "f")
