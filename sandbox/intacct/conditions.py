"""A filter, however it was written, and the SQL condition it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sandbox.company.shape import Kind
from sandbox.company.values import Stored
from sandbox.intacct.columns import Column, Columns
from sandbox.intacct.received import received
from sandbox.intacct.shown import Dialect, speaks_codes

COMPARISONS = {
    "equalto": "=",
    "notequalto": "<>",
    "lessthan": "<",
    "lessthanorequalto": "<=",
    "greaterthan": ">",
    "greaterthanorequalto": ">=",
}
TEXTUAL = (Kind.TEXT, Kind.ENUM)


@dataclass(frozen=True, slots=True)
class Test:
    """One field, one operator, its values as written."""

    __test__ = False

    field: str
    operator: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Several conditions of which all, or one, must hold."""

    word: Literal["AND", "OR"]
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    part: Condition


Condition = Test | Joined | Not


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its marks, in order."""

    text: str
    values: tuple[Stored, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How values are understood: labels or codes, with or without regard to case."""

    dialect: Dialect = Dialect.LABELS
    fold: bool = False


def fields_of(condition: Condition) -> list[str]:
    """Every field a condition mentions."""
    if isinstance(condition, Test):
        return [condition.field]
    parts = condition.parts if isinstance(condition, Joined) else (condition.part,)
    return [name for part in parts for name in fields_of(part)]


def compiled(condition: Condition, columns: Columns, reading: Reading) -> Sql:
    """The condition as SQL; a value that does not fit its field is a ValueError."""
    if isinstance(condition, Test):
        return _test(condition, columns.find(condition.field), reading)
    if isinstance(condition, Not):
        inner = compiled(condition.part, columns, reading)
        return Sql(f"NOT {inner.text}", inner.values)
    return joined(condition.word, [compiled(part, columns, reading) for part in condition.parts])


def joined(word: str, parts: Sequence[Sql]) -> Sql:
    """The parts under one word, halved again and again so that thousands do not nest too deep."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    left, right = joined(word, parts[:half]), joined(word, parts[half:])
    return Sql(f"({left.text} {word} {right.text})", left.values + right.values)


def _test(test: Test, column: Column, reading: Reading) -> Sql:
    if test.operator in ("isnull", "isnotnull"):
        return Sql(f"{column.sql} IS {'NOT ' if test.operator == 'isnotnull' else ''}NULL")
    if test.operator in ("like", "notlike"):
        return _likeness(test, column, reading)
    values = tuple(_value(column, text, reading) for text in test.values)
    left, mark = _sides(column, reading)
    if test.operator == "between":
        return _spanned(column, Sql(f"{left} BETWEEN {mark} AND {mark}", values))
    if test.operator in ("in", "notin"):
        marks = ", ".join(mark for _ in values)
        return Sql(f"{left} {'NOT ' if test.operator == 'notin' else ''}IN ({marks})", values)
    compared = Sql(f"{left} {COMPARISONS[test.operator]} {mark}", values)
    return compared if test.operator in ("equalto", "notequalto") else _spanned(column, compared)


def _spanned(column: Column, span: Sql) -> Sql:
    """A span of days usually holds most rows: sorting what an index finds of them costs more."""
    return Sql(f"LIKELY({span.text})", span.values) if column.field.kind is Kind.DATE else span


def _sides(column: Column, reading: Reading) -> tuple[str, str]:
    if column.field.kind is Kind.DECIMAL:
        return f"{column.sql} COLLATE EXACT", "?"
    if column.field.kind in TEXTUAL and reading.fold:
        return f"FOLD({column.sql})", "FOLD(?)"
    return column.sql, "?"


def _likeness(test: Test, column: Column, reading: Reading) -> Sql:
    if column.field.kind not in TEXTUAL:
        raise ValueError(f"{test.field} is not text, so it cannot be compared with a pattern")
    word = "NOT " if test.operator == "notlike" else ""
    return Sql(f"{word}RESEMBLES(?, {column.sql}, ?)", (test.values[0], int(reading.fold)))


def _value(column: Column, text: str, reading: Reading) -> Stored:
    if column.field.kind is Kind.ENUM and speaks_codes(column.field, reading.dialect):
        return {code: label for label, code in column.field.labels.items()}.get(text)
    return received(column.field, text)
