"""A process that works on jobs until it is told to stop, or killed; started by the tests.

Beside the store there is a folder that stands for the world outside: `posted` is what another
system has under each key, `log` a line for each thing that was done, however often.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, select

from bot.audit import AuditEntry, record
from bot.jobs.engine import Pace, start
from bot.jobs.work import Work
from bot.settings import Secret
from bot.store.canonical import JSON
from bot.store.engine import open_store
from bot.store.tables import snapshot
from intacct.errors import Unreachable

KEY = Secret("a key for tests")
PACE = Pace(
    at_once=4,
    look=timedelta(milliseconds=50),
    sweep=timedelta(milliseconds=200),
    lease=timedelta(seconds=2),
    goodbye=timedelta(seconds=2),
)


def main(url: str, folder: Path) -> None:
    """Work until SIGTERM."""
    store = open_store(url)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())

    def failed(key: str, _args: Mapping[str, JSON], error: Exception) -> None:
        log(folder, f"failed {key} {error}")

    jobs = start(
        store,
        url,
        {
            "commit": lambda work: commit(store, folder, work),
            "stick": lambda work: stick(folder, work),
            "kill": lambda _work: os.kill(os.getpid(), signal.SIGKILL),
        },
        failed=failed,
        may_retry=lambda _key, _number, error: 0.1 if isinstance(error, Unreachable) else None,
        pace=PACE,
    )
    print("ready", flush=True)  # noqa: T201  the test waits for it
    while not stop.wait(0.2):
        pass
    jobs.stop()


def log(folder: Path, line: str) -> None:
    """One line, in one write, so that many processes may."""
    with (folder / "log").open("ab", buffering=0) as file:
        file.write(f"{line}\n".encode())


def stick(folder: Path, work: Work) -> None:
    """Stands still after the first step, inside the second, until somebody says go."""

    def second() -> None:
        log(folder, "second")
        until_told(folder)

    work.step("first", lambda: log(folder, "first"))
    work.step("second", second)
    work.step("third", lambda: log(folder, "third"))


def until_told(folder: Path) -> None:
    while not (folder / "go").exists():
        time.sleep(0.02)


def commit(store: Engine, folder: Path, work: Work) -> None:
    """Read, post once by key, keep a receipt with its audit row; now and then nobody answers."""
    work.step("read", lambda: moment(folder, f"read {work.key}"))
    work.check_still_mine()
    work.step("post", lambda: post(folder, work.key))
    work.step("keep", lambda: keep(store, work.key))


def moment(folder: Path, line: str) -> str:
    if random.random() < 0.1:
        raise Unreachable("not now")
    time.sleep(random.uniform(0.01, 0.1))
    log(folder, line)
    return line


def post(folder: Path, key: str) -> None:
    """What the other system does with a key it holds already: nothing."""
    with closing(sqlite3.connect(folder / "posted", isolation_level=None, timeout=30)) as books:
        books.execute("BEGIN IMMEDIATE")
        books.execute("CREATE TABLE IF NOT EXISTS posted (key TEXT)")
        log(folder, f"post {key}")
        if not books.execute("SELECT 1 FROM posted WHERE key = ?", (key,)).fetchone():
            books.execute("INSERT INTO posted VALUES (?)", (key,))
        books.execute("COMMIT")
    time.sleep(random.uniform(0.01, 0.1))


def keep(store: Engine, key: str) -> None:
    with store.begin() as tx:
        if tx.execute(select(snapshot.c.id).where(snapshot.c.id == key)).first() is None:
            now = datetime.now(UTC)
            tx.execute(insert(snapshot), {"id": key, "at": now.isoformat(), "body": "{}"})
            record(tx, KEY, AuditEntry(now, "bot", "posted", key, {}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
