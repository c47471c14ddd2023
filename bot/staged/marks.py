"""How far the copy of each object goes, when it was read, and what each run of reading came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.errors import Overtaken
from bot.staged.objects import LINES
from bot.store.canonical import instant, read_instant
from bot.store.engine import reading
from bot.store.tables import staged_mark, staged_run
from intacct.read.deletions import TRAIL


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the copy of one object goes.

    `changed_through` is the highest change seen, by Intacct's own clock; `read_at` and `full_at`
    are ours. `first` is the first day of the ledger's lines, `wanted` an earlier one somebody
    asked for. A copy that is `behind` must be brought up to date before it answers anything.
    """

    object: str
    changed_through: datetime | None
    read_at: datetime
    full_at: datetime
    run_id: str
    first: date | None = None
    wanted: date | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of the books: what it took and what it found; an `ended` of None is under way."""

    run_id: str
    kind: str
    started: datetime
    ended: datetime | None
    calls: int
    rows_read: int
    rows_changed: int
    rows_deleted: int
    outcome: str


def marks(store: Engine) -> Mapping[str, Mark]:
    """How far the copy of each object goes; empty where there is no copy."""
    with reading(store) as tx:
        rows = tx.execute(select(staged_mark)).all()
    return {
        row.object: Mark(
            object=row.object,
            changed_through=read_instant(row.changed_through) if row.changed_through else None,
            read_at=read_instant(row.read_at),
            full_at=read_instant(row.full_at),
            run_id=row.run_id,
            first=date.fromisoformat(row.first) if row.first else None,
            wanted=date.fromisoformat(row.wanted) if row.wanted else None,
            behind=row.behind,
        )
        for row in rows
    }


def oldest(held: Mapping[str, Mark]) -> datetime:
    """The moment all of the copy is at least as of; the history is asked and not copied."""
    return min(mark.read_at for mark in held.values() if mark.object != TRAIL)


def put_mark(tx: Connection, mark: Mark, replaces: Mark | None) -> None:
    """The new mark in place of the one the reading began with; Overtaken where that has changed.

    It belongs into the transaction that writes what it speaks of. Where the books were found to
    have moved meanwhile, the new one is behind too.
    """
    row = _mark_row(mark)
    mine = staged_mark.c.object == mark.object
    held = tx.execute(select(staged_mark).where(mine).with_for_update()).one_or_none()
    if replaces is not None:
        if held is None or held.run_id != replaces.run_id:
            raise Overtaken("The copy of the books was brought up to date by somebody else.")
        row["behind"] = mark.behind or (held.behind and not replaces.behind)
        there = mark.first is None or held.wanted >= mark.first.isoformat()
        row["wanted"] = "" if there else held.wanted
    tx.execute(delete(staged_mark).where(mine))
    tx.execute(insert(staged_mark).values(row))


def forget(tx: Connection) -> None:
    """No copy any more: from here on the books themselves are asked."""
    tx.execute(delete(staged_mark))


def fall_behind(store: Engine) -> None:
    """The books are known to have moved: the copy answers nothing before it is read again."""
    with store.begin() as tx:
        tx.execute(update(staged_mark).values(behind=True))


def want_from(store: Engine, first: date) -> None:
    """Somebody asked for lines from before the copy begins: the next round reads them."""
    with store.begin() as tx:
        earlier = (staged_mark.c.wanted == "") | (staged_mark.c.wanted > first.isoformat())
        ledger = (staged_mark.c.object == LINES) & earlier
        tx.execute(update(staged_mark).where(ledger).values(wanted=first.isoformat()))


def put_run(store: Engine, run: Run) -> None:
    """The run as it stands, on record."""
    row = asdict(run) | {
        "started": instant(run.started),
        "ended": instant(run.ended) if run.ended else "",
    }
    with store.begin() as tx:
        tx.execute(delete(staged_run).where(staged_run.c.run_id == run.run_id))
        tx.execute(insert(staged_run).values(row))


def last_runs(store: Engine, most: int = 5) -> tuple[Run, ...]:
    """The latest runs, the newest first."""
    query = select(staged_run).order_by(staged_run.c.started.desc()).limit(most)
    with reading(store) as tx:
        rows = tx.execute(query).mappings().all()
    return tuple(
        Run(
            **{
                **row,
                "started": read_instant(row["started"]),
                "ended": read_instant(row["ended"]) if row["ended"] else None,
            }
        )
        for row in rows
    )


def _mark_row(mark: Mark) -> dict[str, str | bool]:
    return {
        "object": mark.object,
        "changed_through": instant(mark.changed_through) if mark.changed_through else "",
        "read_at": instant(mark.read_at),
        "full_at": instant(mark.full_at),
        "first": mark.first.isoformat() if mark.first else "",
        "wanted": mark.wanted.isoformat() if mark.wanted else "",
        "behind": mark.behind,
        "run_id": mark.run_id,
    }
