"""What is in the copy and no longer in the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.staged import lines
from bot.staged.marks import Mark, put_mark
from bot.staged.objects import BY_NAME, ENTRIES, LINES, OBJECTS
from bot.staged.run import Reading
from bot.store.engine import reading
from bot.store.tables import staged_line, staged_record
from intacct.errors import Garbled, NotAuthorised, NotSignedIn, Refused
from intacct.read.deletions import TRAIL, read_deletions
from intacct.read.extract import Extract, read_extracts

OVERLAP: Final = timedelta(minutes=5)
LONG_AGO: Final = datetime(1990, 1, 1, tzinfo=UTC)
BY_KEYS: Final = f"{TRAIL} could not be read, so keys were compared"


def gone_since(run: Reading, held: Mapping[str, Mark]) -> dict[str, frozenset[int]]:
    """For each object the numbers that were deleted; for entries those whose lines must be looked
    at again.

    The audit history tells it. Where this user may not see that, or Intacct cannot send it, the
    numbers in the books are compared with those in the copy, and the run says so.
    """
    names = [one.name for one in OBJECTS if one.name in held and one.how == "changes"]
    mark = held.get(TRAIL)
    if mark is None:
        return _by_keys(run, names, held[LINES])
    since = mark.changed_through - OVERLAP if mark.changed_through else LONG_AGO
    try:
        deleted = read_deletions(run.books, since, [ENTRIES, *names])
    except (NotSignedIn, NotAuthorised):
        raise
    except (Refused, Garbled):
        return _by_keys(run, names, held[LINES])
    if deleted.problems:
        return _by_keys(run, names, held[LINES])
    through = max((one.at for one in deleted.found), default=mark.changed_through)
    reached = replace(mark, changed_through=through, read_at=run.at, run_id=run.run_id)
    with run.services.store.begin() as tx:
        put_mark(tx, replace(reached, behind=False), mark)
    return {
        name: frozenset(
            int(one.key) for one in deleted.found if one.object == name and one.key.isdecimal()
        )
        for name in [ENTRIES, *names]
    }


def _by_keys(run: Reading, names: list[str], mark: Mark) -> dict[str, frozenset[int]]:
    if BY_KEYS not in run.notes:
        run.notes.append(BY_KEYS)
    extracts = [Extract(name, (), BY_NAME[name].kept) for name in names]
    first = [lines.from_day(mark.first)] if mark.first else []
    *records, found = read_extracts(
        run.books, [*extracts, Extract(LINES, ("BATCHKEY",), first[0] if first else None)]
    )
    gone, line = {}, staged_line.c
    with reading(run.services.store) as tx:
        for name, live in zip(names, records, strict=True):
            mine = select(staged_record.c.record_no).where(staged_record.c.object == name)
            gone[name] = frozenset(tx.execute(mine).scalars()) - {one.number for one in live}
        kept = {
            row.record_no: row.batch_key
            for row in tx.execute(select(line.record_no, line.batch_key))
        }
    there = {one.number: int(one.fields["BATCHKEY"]) for one in found}
    differing = {batch for number, batch in kept.items() if there.get(number) != batch}
    differing |= {batch for number, batch in there.items() if kept.get(number) != batch}
    return {**gone, ENTRIES: frozenset(differing)}
