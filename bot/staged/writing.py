"""Rows of the copy written so that only what changed is touched, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select

from bot.staged.lines import Row
from bot.store.tables import staged_line, staged_record

AT_ONCE: Final = 500  # keys in a condition; SQLite and PostgreSQL both take far more
K = TypeVar("K", int, str)
_STAMP: Final = ("read_at", "run_id")


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows came or changed, and how many went."""

    changed: int = 0
    deleted: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.changed + other.changed, self.deleted + other.deleted)


def lines_where(tx: Connection, condition: ColumnElement[bool]) -> dict[int, Row]:
    """The lines held that meet the condition, by number, without their stamps."""
    return _held(tx, staged_line, condition)


def lines_in(tx: Connection, entries: Iterable[int]) -> dict[int, Row]:
    """The lines held of these entries, by number."""
    held: dict[int, Row] = {}
    for some in chunks(sorted(entries)):
        held |= lines_where(tx, staged_line.c.batch_key.in_(some))
    return held


def records_of(tx: Connection, name: str, numbers: Sequence[int] | None = None) -> dict[int, Row]:
    """The records held of an object, all or those with these numbers."""
    of = staged_record.c.object == name
    if numbers is None:
        return _held(tx, staged_record, of)
    held: dict[int, Row] = {}
    for some in chunks(numbers):
        held |= _held(tx, staged_record, of & staged_record.c.record_no.in_(some))
    return held


def write_lines(
    tx: Connection, held: Mapping[int, Row], now: Mapping[int, Row], stamp: Row
) -> Written:
    """The lines in place of those held; what is held and not among them goes."""
    return _written(tx, staged_line, held, now, stamp)


def write_records(
    tx: Connection, name: str, held: Mapping[int, Row], now: Mapping[int, Row], stamp: Row
) -> Written:
    """The records of an object in place of those held; what is held and not among them goes."""
    return _written(tx, staged_record, held, now, {"object": name, **stamp})


def chunks(keys: Sequence[K], size: int = AT_ONCE) -> Iterator[Sequence[K]]:
    """The keys, so many at a time."""
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _held(tx: Connection, table: Table, condition: ColumnElement[bool]) -> dict[int, Row]:
    columns = [column for column in table.c if column.name not in _STAMP]
    found = tx.execute(select(*columns).where(condition)).mappings()
    return {row["record_no"]: dict(row) for row in found}


def _written(
    tx: Connection, table: Table, held: Mapping[int, Row], now: Mapping[int, Row], stamp: Row
) -> Written:
    changed = [number for number, row in now.items() if held.get(number) != row]
    gone = [number for number in held if number not in now]
    if changed or gone:
        _remove(tx, table, [*changed, *gone], stamp)
    if changed:
        tx.execute(insert(table), [{**now[number], **stamp} for number in changed])
    return Written(len(changed), len(gone))


def _remove(tx: Connection, table: Table, numbers: Sequence[int], stamp: Row) -> None:
    """A number may have been given anew, so new rows too make room first."""
    condition = table.c.record_no == bindparam("number")
    if "object" in stamp:
        condition &= table.c.object == stamp["object"]
    tx.execute(delete(table).where(condition), [{"number": number} for number in numbers])
