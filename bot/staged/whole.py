"""The whole of the books read anew: there is no copy until all of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert

from bot.staged import lines
from bot.staged.changes import reached, record_row
from bot.staged.lines import Row, line_row
from bot.staged.marks import Mark, forget, put_mark
from bot.staged.objects import BY_NAME, CHANGED, ENTRIES, LINES, OBJECTS, SETUP
from bot.staged.run import Reading, asked_together
from bot.staged.writing import Written, write_records
from bot.store.canonical import canonical
from bot.store.tables import staged_line, staged_record
from intacct.condition import Condition
from intacct.errors import IntacctError
from intacct.read.deletions import TRAIL
from intacct.read.extract import Extract, Record, read_extracts, read_last_changes, stream_extract
from intacct.read.setup import CompanySetup


def build(run: Reading, setup: CompanySetup, first: date) -> None:
    """Read everything, the ledger's lines from the first day on, and keep it as the new copy.

    How far each object's changes go is asked before it is read, so that what is changed while
    it is read is read again by the next run.
    """
    with run.services.store.begin() as tx:
        forget(tx)
        tx.execute(delete(staged_record))
        tx.execute(delete(staged_line))
    changes = [one.name for one in OBJECTS if one.how == "changes"]
    through = asked_together(
        run,
        [ENTRIES, *changes],
        lambda names: read_last_changes(run.books, dict.fromkeys(names, CHANGED)),
    )
    wanted = [one.name for one in OBJECTS if one.how == "whole" or one.name in through]
    for name, records in asked_together(run, wanted, lambda names: _whole(run, names)).items():
        _keep(run, name, records, through.get(name))
    _keep_setup(run, setup)
    _keep_history(run, through[ENTRIES])
    _read_lines(run, lines.from_day(first))
    with run.services.store.begin() as tx:
        mark = Mark(
            LINES, reached(run, through[ENTRIES]), run.at, run.at, run.run_id, first, behind=True
        )
        put_mark(tx, mark, None)


def extend(run: Reading, mark: Mark, first: date) -> Mark:
    """The ledger's lines from an earlier day on; those there are stay as they are."""
    begins = mark.first or first
    with run.services.store.begin() as tx:  # what an interrupted run left
        tx.execute(delete(staged_line).where(staged_line.c.entry_date < begins.isoformat()))
    _read_lines(run, lines.within(first, begins))
    farther = Mark(
        LINES, mark.changed_through, mark.read_at, mark.full_at, run.run_id, first, behind=True
    )
    with run.services.store.begin() as tx:
        put_mark(tx, farther, mark)
    return farther


def _whole(run: Reading, names: Sequence[str]) -> dict[str, tuple[Record, ...]]:
    extracts = [Extract(name, BY_NAME[name].asked, BY_NAME[name].kept) for name in names]
    return dict(zip(names, read_extracts(run.books, extracts), strict=True))


def _keep(run: Reading, name: str, records: Sequence[Record], through: datetime | None) -> None:
    now = {record.number: record_row(BY_NAME[name], record) for record in records}
    with run.services.store.begin() as tx:
        written = write_records(tx, name, {}, now, run.stamp)
        put_mark(tx, Mark(name, reached(run, through), run.at, run.at, run.run_id), None)
    run.wrote(name, len(records), written)


def _keep_setup(run: Reading, setup: CompanySetup) -> None:
    row: Row = {
        "object": SETUP,
        "record_no": 1,
        "business_id": SETUP,
        "fields": canonical({"BASECURRENCY": setup.base_currency}),
        "modified": "",
    }
    with run.services.store.begin() as tx:
        write_records(tx, SETUP, {}, {1: row}, run.stamp)


def _keep_history(run: Reading, entries: datetime | None) -> None:
    """From where on deletions are asked for; no mark where this user may not see the history."""
    try:
        last = read_last_changes(run.books, {TRAIL: "ACCESSTIME"})[TRAIL]
    except IntacctError:
        run.notes.append(f"{TRAIL} cannot be read")
        return
    with run.services.store.begin() as tx:
        mark = Mark(TRAIL, reached(run, last, entries), run.at, run.at, run.run_id)
        put_mark(tx, mark, None)


def _read_lines(run: Reading, where: Condition) -> None:
    """Page by page, so that a ledger of any size fits; they count for nothing without a mark."""
    for page in stream_extract(run.books, Extract(LINES, lines.FIELDS, where)):
        rows = [line_row(record, run.base) for record in page]
        if rows:
            with run.services.store.begin() as tx:
                tx.execute(insert(staged_line), [{**row, **run.stamp} for row in rows])
        run.wrote(LINES, len(rows), Written(len(rows)))
