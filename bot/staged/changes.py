"""What changed or was deleted since the copy was read, brought into it: a handful of requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.staged import lines
from bot.staged.lines import Row, line_row, moment
from bot.staged.marks import Mark, put_mark
from bot.staged.objects import BY_NAME, CHANGED, ENTRIES, LINES, OBJECTS, Staged
from bot.staged.run import Reading
from bot.staged.vanished import gone_since
from bot.staged.writing import lines_in, records_of, write_lines, write_records
from bot.store.canonical import canonical
from intacct.condition import MOST_VALUES, all_of, from_on, one_of
from intacct.read.extract import Extract, Record, read_extracts
from intacct.read.query import PAGE
from intacct.wire import instant_from

OVERLAP: Final = timedelta(minutes=5)  # what was being written when we last looked


@dataclass(frozen=True, slots=True)
class Found:
    """What the books answered: the records of each object, and the entries whose lines moved."""

    records: Mapping[str, tuple[Record, ...]]
    entries: frozenset[int]
    through: datetime | None


def catch_up(run: Reading, held: Mapping[str, Mark]) -> None:
    """Every object of the copy brought up to now, each in a transaction of its own.

    The lines come last, and stay behind until they are found to tie.
    """
    found = _changes(run, held)
    gone = gone_since(run, held)
    for name, records in found.records.items():
        _bring_in(run, held[name], records, gone.get(name, frozenset()))
    _bring_in_lines(run, held[LINES], found, gone.get(ENTRIES, frozenset()))


def record_row(staged: Staged, record: Record) -> Row:
    """A record as a row of `staged_record`."""
    kept = {field: record.fields[field] for field in staged.fields}
    return {
        "object": staged.name,
        "record_no": record.number,
        "business_id": kept[staged.key],
        "fields": canonical(kept),
        "modified": moment(record.fields.get(CHANGED, "")),
    }


def is_kept(staged: Staged, record: Record) -> bool:
    """Whether it is open still, or never closes."""
    due = record.fields.get(staged.open_by, "") if staged.open_by else "1"
    return bool(due) and Decimal(due) != 0


def reached(run: Reading, *instants: datetime | None) -> datetime | None:
    """How far changes are seen: up to the latest of these instants, None where there is none.

    Never beyond our own clock: a record may carry a time to come, and what is changed until then
    must not be passed over.
    """
    latest = max((one for one in instants if one), default=None)
    return min(latest, run.at) if latest else None


def read_lines_of(run: Reading, entries: Sequence[int], mark: Mark) -> dict[int, Row]:
    """All lines of these entries within the days the copy holds, as the books have them now."""
    if mark.first is None or not entries:
        return {}
    extracts = [
        Extract(
            LINES,
            lines.FIELDS,
            all_of(
                one_of("BATCHKEY", [str(key) for key in entries[at : at + MOST_VALUES]]),
                lines.from_day(mark.first),
            ),
        )
        for at in range(0, len(entries), MOST_VALUES)
    ]
    found = read_extracts(run.books, extracts)
    return {one.number: line_row(one, run.base) for records in found for one in records}


def _changes(run: Reading, held: Mapping[str, Mark]) -> Found:
    names = [one.name for one in OBJECTS if one.name in held]
    mark = held[LINES]
    since = from_on(CHANGED, mark.changed_through - OVERLAP) if mark.changed_through else None
    within = [lines.from_day(mark.first)] if mark.first else []
    extracts = [
        *(_extract(BY_NAME[name], held[name]) for name in names),
        Extract(ENTRIES, (CHANGED,), since),
        Extract(LINES, ("BATCHKEY", CHANGED), all_of(*within, *([since] if since else []))),
    ]
    *records, entries, moved = read_extracts(run.books, extracts)
    return Found(
        records=dict(zip(names, records, strict=True)),
        entries=frozenset(
            {one.number for one in entries} | {int(one.fields["BATCHKEY"]) for one in moved}
        ),
        through=reached(run, mark.changed_through, _through(entries), _through(moved)),
    )


def _extract(staged: Staged, mark: Mark) -> Extract:
    """What is asked for again: everything, or what changed, settled documents included."""
    if staged.how == "whole":
        return Extract(staged.name, staged.asked)
    if mark.changed_through is None:
        return Extract(staged.name, staged.asked, staged.kept)
    return Extract(staged.name, staged.asked, from_on(CHANGED, mark.changed_through - OVERLAP))


def _through(records: Sequence[Record]) -> datetime | None:
    """The latest change on the first page: whatever comes later, it was not there yet."""
    stamps = (record.fields[CHANGED] for record in records[:PAGE])
    return max((instant_from(stamp) for stamp in stamps if stamp), default=None)


def _bring_in(run: Reading, mark: Mark, records: Sequence[Record], gone: frozenset[int]) -> None:
    staged = BY_NAME[mark.object]
    now = {one.number: record_row(staged, one) for one in records if is_kept(staged, one)}
    touched = None if staged.how == "whole" else sorted(gone | {one.number for one in records})
    through = reached(run, mark.changed_through, _through(records)) if touched is not None else None
    now_at = replace(mark, changed_through=through, read_at=run.at, run_id=run.run_id, behind=False)
    with run.services.store.begin() as tx:
        held = records_of(tx, mark.object, touched)
        written = write_records(tx, mark.object, held, now, run.stamp)
        put_mark(tx, now_at, mark)
    run.wrote(mark.object, len(records), written)


def _bring_in_lines(run: Reading, mark: Mark, found: Found, gone: frozenset[int]) -> None:
    entries = sorted(found.entries | gone)
    now = read_lines_of(run, entries, mark)
    now_at = replace(mark, changed_through=found.through, run_id=run.run_id, behind=True)
    with run.services.store.begin() as tx:
        written = write_lines(tx, lines_in(tx, entries), now, run.stamp)
        put_mark(tx, now_at, mark)
    run.wrote(LINES, len(now), written)
