"""The copy ties out: counts and sums in Intacct equal ours, or what differs is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, Row, func, select

from analytics.ledger import Currency, from_minor
from bot.staged import lines
from bot.staged.changes import record_row
from bot.staged.lines import line_row
from bot.staged.marks import Mark, marks, put_mark
from bot.staged.objects import BY_NAME, LINES, OBJECTS
from bot.staged.run import Reading
from bot.staged.writing import chunks, lines_where, records_of, write_lines, write_records
from bot.store.engine import reading
from bot.store.tables import staged_line
from intacct.condition import one_of
from intacct.read.extract import Extract, Total, read_extracts, read_totals, read_totals_by
from intacct.wire import date_from, date_text

TRIES: Final = 3  # somebody may post between the reading and the adding up
UNTIED: Final = "the ledger does not tie, so the copy answers nothing"

Sums = tuple[int, Decimal, Decimal]
NOTHING: Final[Sums] = (0, Decimal(0), Decimal(0))


def tie(run: Reading) -> bool:
    """Whether the ledger's lines tie now; days that differ are read again whole.

    Only a ledger that ties is up to date; one that does not stays behind, and the run says so.
    Open documents that differ are read again whole as well.
    """
    for _ in range(TRIES):
        held = marks(run.services.store)
        mark = held[LINES]
        ledger, *documents = _totals(run, held)
        _documents_again(run, held, documents)
        if _sums(ledger) == _staged(run, mark):
            with run.services.store.begin() as tx:
                done = replace(mark, read_at=run.at, run_id=run.run_id, behind=False)
                put_mark(tx, done, mark)
            return True
        _days_again(run, mark)
    run.notes.append(UNTIED)
    return False


def _totals(run: Reading, held: Mapping[str, Mark]) -> tuple[Total, ...]:
    """What Intacct counts and sums: the ledger's lines, then each kind of open document."""
    first = held[LINES].first
    where = lines.from_day(first) if first else None
    documents = [(Extract(name, (), BY_NAME[name].kept), _summed(name)) for name in _counted(held)]
    return read_totals(run.books, [(Extract(LINES, (), where), lines.SUMS), *documents])


def _counted(held: Mapping[str, Mark]) -> list[str]:
    return [one.name for one in OBJECTS if one.how == "changes" and one.name in held]


def _summed(name: str) -> tuple[str, ...]:
    return (BY_NAME[name].open_by,) if BY_NAME[name].open_by else ()


def _documents_again(run: Reading, held: Mapping[str, Mark], totals: Sequence[Total]) -> None:
    """Documents whose count or sum differs from ours, read whole."""
    for name, total in zip(_counted(held), totals, strict=True):
        with reading(run.services.store) as tx:
            rows = records_of(tx, name)
        texts = [json.loads(str(row["fields"])) for row in rows.values()]
        sums = tuple(sum((Decimal(t[f]) for t in texts), Decimal(0)) for f in _summed(name))
        if (total.count, total.sums) != (len(rows), sums):
            _whole_again(run, name)


def _whole_again(run: Reading, name: str) -> None:
    staged = BY_NAME[name]
    (records,) = read_extracts(run.books, [Extract(name, staged.asked, staged.kept)])
    now = {record.number: record_row(staged, record) for record in records}
    with run.services.store.begin() as tx:
        written = write_records(tx, name, records_of(tx, name), now, run.stamp)
    run.wrote(f"{name} again", len(records), written)


def _days_again(run: Reading, mark: Mark) -> None:
    """The days whose lines count or sum up differently, read whole."""
    where = lines.from_day(mark.first) if mark.first else None
    asked = Extract(LINES, (), where)
    live = {
        date_from(total.key[0]).isoformat(): _sums(total)
        for total in read_totals_by(run.books, asked, ("ENTRY_DATE",), lines.SUMS)
    }
    ours = _staged_by_day(run, mark)
    days = sorted(day for day in {*live, *ours} if live.get(day) != ours.get(day))
    for some in chunks(days):
        texts = [date_text(date.fromisoformat(day)) for day in some]
        again = Extract(LINES, lines.FIELDS, one_of("ENTRY_DATE", texts))
        (records,) = read_extracts(run.books, [again])
        now = {record.number: line_row(record, run.base) for record in records}
        with run.services.store.begin() as tx:
            held = lines_where(tx, staged_line.c.entry_date.in_(some))
            written = write_lines(tx, held, now, run.stamp)
        run.wrote(f"{LINES} of {len(some):,} days again", len(records), written)


def _sums(total: Total) -> Sums:
    debit, credit = total.sums
    return total.count, debit, credit


def _staged(run: Reading, mark: Mark) -> Sums:
    return _added(_rows(run, mark, staged_line.c.currency))


def _staged_by_day(run: Reading, mark: Mark) -> dict[str, Sums]:
    days: dict[str, list[Row[*tuple[object, ...]]]] = {}
    for row in _rows(run, mark, staged_line.c.currency, staged_line.c.entry_date):
        days.setdefault(row.entry_date, []).append(row)
    return {day: _added(rows) for day, rows in days.items()}


def _rows(run: Reading, mark: Mark, *by: ColumnElement[str]) -> Sequence[Row[*tuple[object, ...]]]:
    line = staged_line.c
    query = (
        select(
            *by,
            func.count().label("lines"),
            func.sum(line.debit).label("debits"),
            func.sum(line.debit - line.amount).label("credits"),
        )
        .where(line.entry_date >= (mark.first.isoformat() if mark.first else ""))
        .group_by(*by)
    )
    with reading(run.services.store) as tx:
        return tx.execute(query).all()


def _added(rows: Iterable[Row[*tuple[object, ...]]]) -> Sums:
    """Sums of several currencies in one figure, which is good for nothing but comparing."""
    count, debit, credit = NOTHING
    for row in rows:
        currency = Currency(row.currency)
        count += row.lines
        debit += from_minor(int(row.debits), currency)
        credit += from_minor(int(row.credits), currency)
    return count, debit, credit
