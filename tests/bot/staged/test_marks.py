from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.errors import Overtaken
from bot.staged.marks import (
    Mark,
    Run,
    fall_behind,
    forget,
    last_runs,
    marks,
    oldest,
    put_mark,
    put_run,
    want_from,
)
from bot.staged.objects import LINES
from intacct.read.deletions import TRAIL

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
LEDGER = Mark(LINES, NINE, NINE, NINE, "run 1", first=date(2025, 1, 1))


def put(store: Engine, mark: Mark, replaces: Mark | None = None) -> None:
    with store.begin() as tx:
        put_mark(tx, mark, replaces)


def test_a_mark_is_kept_as_it_was_put_and_forgotten_whole(store: Engine) -> None:
    put(store, LEDGER)
    kept = marks(store)
    with store.begin() as tx:
        forget(tx)

    assert kept == {LINES: LEDGER}
    assert marks(store) == {}


def test_who_began_with_a_mark_that_has_changed_writes_nothing(store: Engine) -> None:
    put(store, LEDGER)
    faster = replace(LEDGER, run_id="run 2", read_at=NINE + timedelta(minutes=1))
    put(store, faster, LEDGER)

    with pytest.raises(Overtaken):
        put(store, replace(LEDGER, run_id="run 3"), LEDGER)

    assert marks(store)[LINES] == faster


def test_books_that_moved_while_they_were_read_leave_the_copy_behind(store: Engine) -> None:
    put(store, LEDGER)
    fall_behind(store)
    put(store, replace(LEDGER, run_id="run 2"), LEDGER)
    during = marks(store)[LINES]
    put(store, replace(during, run_id="run 3", behind=False), during)

    assert during.behind
    assert not marks(store)[LINES].behind


def test_the_earliest_day_asked_for_is_kept_until_the_copy_goes_back_so_far(store: Engine) -> None:
    put(store, LEDGER)
    for day in (date(2024, 1, 1), date(2023, 1, 1), date(2024, 6, 1)):
        want_from(store, day)
    put(store, replace(LEDGER, run_id="run 2"), LEDGER)
    wanted = marks(store)[LINES]
    put(store, replace(wanted, run_id="run 3", first=date(2023, 1, 1)), wanted)

    assert wanted.wanted == date(2023, 1, 1)
    assert marks(store)[LINES].wanted is None


def test_the_copy_is_as_old_as_its_oldest_object_and_the_trail_is_none(store: Engine) -> None:
    put(store, LEDGER)
    put(store, replace(LEDGER, object="GLACCOUNT", read_at=NINE - timedelta(minutes=3)))
    put(store, replace(LEDGER, object=TRAIL, read_at=NINE - timedelta(days=3)))

    assert oldest(marks(store)) == NINE - timedelta(minutes=3)


def test_the_latest_runs_come_first_each_as_it_stands_now(store: Engine) -> None:
    runs = [
        Run(f"run {n}", "changes", NINE + timedelta(minutes=n), None, n, 0, 0, 0, "under way")
        for n in range(3)
    ]
    for run in runs:
        put_run(store, run)
    done = replace(runs[1], ended=NINE + timedelta(hours=1), outcome="done")
    put_run(store, done)

    assert last_runs(store, 2) == (runs[2], done)
