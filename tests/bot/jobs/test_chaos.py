from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.audit import verify
from bot.jobs.work import enqueue
from bot.store.engine import reading
from bot.store.tables import audit, session_lease, snapshot
from tests.bot.jobs.waiting import until
from tests.bot.jobs.worker import KEY

DOCUMENTS = 60
CHAOS_SECONDS = 7
PAUSE_SECONDS = 3  # longer than the lease in worker.py


class Workers:
    """Worker processes on one store, and what they did outside of it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self._url = url
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *, wait: bool = True) -> subprocess.Popen[str]:
        """One more worker; with `wait`, one that is ready."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.jobs.worker", self._url, str(self.folder)],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.running.append(worker)
        if wait:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        return worker

    def kill(self, worker: subprocess.Popen[str]) -> None:
        """As a power cut does."""
        self.running.remove(worker)
        worker.kill()
        worker.communicate()

    def done(self) -> list[str]:
        """What was done outside, line by line, in order."""
        log = self.folder / "log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def workers(store: Engine, store_url: str, tmp_path: Path) -> Iterator[Workers]:
    """Workers on the store of this test; none outlives it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    begun = Workers(store_url, folder)
    yield begun
    for worker in list(begun.running):
        begun.kill(worker)


def test_a_step_that_completed_is_not_repeated_after_a_power_cut(
    store: Engine, workers: Workers
) -> None:
    with store.begin() as tx:
        enqueue(tx, "k", "stick", {})
    first = workers.start()
    until(lambda: "second" in workers.done())
    workers.kill(first)
    (workers.folder / "go").touch()

    workers.start()
    until(lambda: "third" in workers.done())

    assert workers.done() == ["first", "second", "second", "third"]


def test_a_polite_stop_ends_the_process_and_hands_its_work_back(
    store: Engine, workers: Workers
) -> None:
    with store.begin() as tx:
        enqueue(tx, "k", "stick", {})
    first = workers.start()
    until(lambda: "second" in workers.done())

    first.terminate()
    time.sleep(0.5)
    (workers.folder / "go").touch()
    assert first.wait(15) == 0
    with reading(store) as tx:
        assert tx.execute(select(session_lease)).all() == []

    workers.start()
    until(lambda: "third" in workers.done())
    assert Counter(workers.done())["first"] == 1


def test_a_job_that_kills_its_process_every_time_is_given_up(
    store: Engine, workers: Workers
) -> None:
    with store.begin() as tx:
        enqueue(tx, "k", "kill", {})

    worker = workers.start(wait=False)
    deaths = 0
    while not any(line.startswith("failed k ") for line in workers.done()):
        if worker.poll() is not None:
            assert (deaths := deaths + 1) < 10, "it goes on killing its process"
            workers.kill(worker)
            worker = workers.start(wait=False)
        time.sleep(0.05)

    assert deaths == 5


def test_killed_and_paused_workers_leave_each_document_once(
    store: Engine, workers: Workers
) -> None:
    """Three workers on PostgreSQL, one that is restarted on SQLite; then count."""
    keys = [f"commit:{number}" for number in range(DOCUMENTS)]
    with store.begin() as tx:
        for key in keys:
            enqueue(tx, key, "commit", {})
    several = store.dialect.name == "postgresql"
    for _ in range(3 if several else 1):
        workers.start(wait=False)

    _chaos(workers, random.Random(20250701))
    until(lambda: _receipts(store) == DOCUMENTS)

    with closing(sqlite3.connect(workers.folder / "posted")) as books:
        posted = [key for (key,) in books.execute("SELECT key FROM posted")]
    assert sorted(posted) == sorted(keys)
    with reading(store) as tx:
        recorded = list(tx.execute(select(audit.c.about)).scalars())
    assert sorted(recorded) == sorted(keys)
    assert verify(store, KEY).ok
    assert not [line for line in workers.done() if line.startswith("failed")]


def _chaos(workers: Workers, chance: random.Random) -> None:
    """Kill one in three times out of four, else let it sleep longer than it is believed in."""
    sleeping: list[tuple[float, subprocess.Popen[str]]] = []
    end = time.monotonic() + CHAOS_SECONDS
    while time.monotonic() < end or sleeping:
        time.sleep(chance.uniform(0.3, 1.2))
        now = time.monotonic()
        for wakes, worker in [one for one in sleeping if one[0] <= now]:
            sleeping.remove((wakes, worker))
            worker.send_signal(signal.SIGCONT)
        for worker in [one for one in workers.running if one.poll() is not None]:
            workers.kill(worker)  # it noticed that it had been taken over, and left
            workers.start(wait=False)
        awake = [w for w in workers.running if w not in [worker for _, worker in sleeping]]
        if not awake or now > end:
            continue
        victim = chance.choice(awake)
        if chance.random() < 0.25:
            victim.send_signal(signal.SIGSTOP)
            sleeping.append((now + PAUSE_SECONDS, victim))
        else:
            workers.kill(victim)
            workers.start(wait=False)


def _receipts(store: Engine) -> int:
    with reading(store) as tx:
        return tx.execute(select(func.count()).select_from(snapshot)).scalar_one()
