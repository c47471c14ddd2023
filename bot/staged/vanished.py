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
from intacct.read.extract import Extract, read_extracts, stream_extract

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
    gone = {}
    for name, live in zip(names, read_extracts(run.books, extracts), strict=True):
        mine = select(staged_record.c.record_no).where(staged_record.c.object == name)
        with reading(run.services.store) as tx:
            gone[name] = frozenset(tx.execute(mine).scalars()) - {one.number for one in live}
    return {**gone, ENTRIES: _differing(run, mark)}


def _differing(run: Reading, mark: Mark) -> frozenset[int]:
    """The entries that have a line in the books or in the copy that the other has not."""
    where = lines.from_day(mark.first) if mark.first else None
    there = {
        one.number: int(one.fields["BATCHKEY"])
        for page in stream_extract(run.books, Extract(LINES, ("BATCHKEY",), where))
        for one in page
    }
    line = staged_line.c
    with reading(run.services.store) as tx:
        rows = tx.execute(select(line.record_no, line.batch_key))
        kept = {row.record_no: row.batch_key for row in rows}
    found = {batch for number, batch in kept.items() if there.get(number) != batch}
    return frozenset(found | {b for number, b in there.items() if kept.get(number) != b})
