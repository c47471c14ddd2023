"""How the copy of the books stands, in lines for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, func, inspect, select

from bot.staged.marks import Mark, Run, last_runs, marks
from bot.staged.objects import LINES
from bot.store.engine import reading
from bot.store.tables import staged_line, staged_mark, staged_record


def in_words(store: Engine) -> tuple[str, ...]:
    """One line for each object, then one for each of the last runs; no amounts, no names."""
    if not inspect(store).has_table(staged_mark.name):
        return ("There is no copy: this database is of an older version.",)
    held, counts = marks(store), _counts(store)
    objects = tuple(_object(held[name], counts.get(name, 0)) for name in sorted(held))
    return (*(objects or ("There is no copy.",)), *map(_run, last_runs(store)))


def _counts(store: Engine) -> Mapping[str, int]:
    record = staged_record.c.object
    with reading(store) as tx:
        lines = tx.execute(select(func.count()).select_from(staged_line)).scalar_one()
        rows = tx.execute(select(record, func.count().label("rows")).group_by(record)).all()
    return {LINES: lines, **{row.object: row.rows for row in rows}}


def _object(mark: Mark, rows: int) -> str:
    since = f", from {mark.first} on" if mark.first else ""
    behind = ", behind" if mark.behind else ""
    return f"{mark.object}: {rows:,} rows{since}, as of {mark.read_at:%Y-%m-%d %H:%M:%S}Z{behind}"


def _run(run: Run) -> str:
    return (
        f"run {run.started:%Y-%m-%d %H:%M:%S}Z {run.kind}: {run.calls:,} requests, "
        f"{run.rows_read:,} rows read, {run.rows_changed:,} changed, {run.rows_deleted:,} deleted; "
        f"{run.outcome}"
    )
