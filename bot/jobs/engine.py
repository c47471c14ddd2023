"""Jobs at work: started once per process, stopped politely, taken over when the process dies.

Our own outbox says what was asked for; the engine keeps how far each job came, on SQLite in a
second file beside the store, on PostgreSQL in a schema of its own.
"""

from __future__ import annotations

import logging
import os
import platform
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from dbos import error as engine_error
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs import workflows
from bot.jobs.alone import be_alone
from bot.jobs.attempt import Attempts, Failed, Job, MayRetry
from bot.jobs.lease import Lease, expired, forget_others, known, take_over, watch
from bot.jobs.outbox import handed_over, waiting

log = logging.getLogger("tieout.jobs")


@dataclass(frozen=True, slots=True)
class Pace:
    """How many jobs run at once, and how long things may take."""

    at_once: int = 32  # most of a job is waiting for Intacct, Slack or the next try
    look: timedelta = timedelta(milliseconds=200)  # between two looks into the queue
    sweep: timedelta = timedelta(seconds=1)  # between two looks into the outbox, unless woken
    lease: timedelta = timedelta(seconds=10)  # a process not heard of for so long is dead
    silence: timedelta = timedelta(minutes=15)  # a job that does nothing for so long stands still
    goodbye: timedelta = timedelta(seconds=10)  # for what is under way when asked to stop


def end_process() -> NoReturn:
    """Leave at once: whatever this process still believes, another one has its jobs."""
    os._exit(75)


def start(
    store: Engine,
    database_url: str,
    jobs: Mapping[str, Job],
    *,
    failed: Failed,
    may_retry: MayRetry,
    pace: Pace | None = None,
    lost: Callable[[], None] = end_process,
    executor_id: str = "",
) -> Jobs:
    """Begin working on what was asked for; once per process, and on SQLite once per database.

    `may_retry` is asked with the key, the number of the try and its error; it gives the seconds to
    wait before the next one, or None where there is no use in one; after twelve there is none.
    `failed` is called when a job ends as failed; after a crash it may be called again, so what it
    does has a key. `lost` is called when this process may no longer work. `executor_id` names it;
    whoever takes over from it gives back its turns at the gate. Raises Misconfigured where another
    process already works on the SQLite file.
    """
    alone = store.dialect.name == "sqlite"
    pace, url = pace or Pace(), workflows.beside(database_url)
    with ExitStack() as undo:
        if alone:
            undo.callback(be_alone(Path(make_url(database_url).database or "")).release)
        lease = Lease(store, executor_id or new_executor_id(), pace.lease)
        undo.callback(lease.give_up)
        attempts = Attempts(store, jobs, failed, may_retry, lease.holds, threading.Event())
        workflow = workflows.open_engine(url, lease.executor_id, attempts.run)
        undo.callback(_close, url, lease.executor_id, attempts, pace)
        if alone:
            _begin_again(store, lease.executor_id)
        workflows.listen(pace.at_once, pace.look)
        return Jobs(attempts, lease, workflow, pace, lost, undo.pop_all())


def new_executor_id() -> str:
    """A name for this process that no other has or had."""
    return f"{platform.node() or 'host'}-{uuid4().hex[:8]}"


class Jobs:
    """The jobs at work; `wake`, `idle` and `stop` may be called from any thread."""

    def __init__(
        self,
        attempts: Attempts,
        lease: Lease,
        workflow: Callable[[str], None],
        pace: Pace,
        lost: Callable[[], None],
        undo: ExitStack,
    ) -> None:
        self._attempts = attempts
        self._lease = lease
        self._workflow = workflow
        self._pace = pace
        self._lost = lost
        self._undo = undo
        self._alone: frozenset[workflows.Held] = frozenset()
        self._awake = attempts.awake
        self._ended = threading.Event()
        self._stopped = threading.Lock()
        self._handing_in = threading.Thread(target=self._hand_in, name="jobs-hand-in", daemon=True)
        self._keeping = threading.Thread(target=self._keep, name="jobs-keep", daemon=True)
        self._handing_in.start()
        self._keeping.start()

    def wake(self) -> None:
        """Hand over what is in the outbox now; returns at once."""
        self._awake.set()

    def idle(self) -> bool:
        """Whether everything asked for is finished, here and in other processes."""
        return not waiting(self._attempts.store) and not workflows.busy()

    def stop(self) -> None:
        """Take nothing new, let what is under way reach its next step, hand the rest back."""
        with self._stopped:
            if self._ended.is_set():
                return
            self._attempts.stopping.set()
            self._awake.set()
            self._handing_in.join()
            self._undo.close()
            self._ended.set()
            self._keeping.join()

    def _hand_in(self) -> None:
        stopping = self._attempts.stopping
        self._awake.set()
        while not stopping.is_set():
            self._awake.wait(self._pace.sweep.total_seconds())
            self._awake.clear()
            try:
                while not stopping.is_set() and self._hand_in_some():
                    pass
            except (SQLAlchemyError, engine_error.DBOSException) as error:
                log.warning("the outbox waits: %s", type(error).__name__)

    def _hand_in_some(self) -> bool:
        keys = waiting(self._attempts.store)
        for key in keys:
            workflows.hand_in(self._workflow, key)
            handed_over(self._attempts.store, key, datetime.now(UTC))
        return bool(keys)

    def _keep(self) -> None:
        """Prove that the working side lives, and take over from those who no longer do."""
        beat = self._pace.lease.total_seconds() / 4
        while not self._ended.wait(beat):
            try:
                if not self._lives() or not self._lease.renew():
                    self._leave()
                elif not self._attempts.stopping.is_set():
                    self._take_over()
            except (SQLAlchemyError, engine_error.DBOSException) as error:
                self._attempts.signs.excuse()
                log.warning("the lease waits: %s", type(error).__name__)

    def _lives(self) -> bool:
        """Whether jobs are taken up and get on; a thread that only renews would prove nothing."""
        if self._attempts.stopping.is_set():
            return True
        silence = self._attempts.signs.longest_silence()
        taken_up = self._handing_in.is_alive() and workflows.listens()
        return taken_up and silence < self._pace.silence.total_seconds()

    def _leave(self) -> None:
        if not self._attempts.stopping.is_set():
            log.error("this process may no longer work: its lease is gone or its work stands still")
            self._attempts.stopping.set()
            self._lost()

    def _take_over(self) -> None:
        store, held = self._attempts.store, workflows.under_way()
        for executor_id in {one.executor_id for one in held} - known(store):
            watch(store, executor_id, self._pace.lease)
        for executor_id in expired(store):
            if take_over(store, executor_id, _run_again):
                log.warning("took over from %s", executor_id)
        self._resume(one for one in held if one.executor_id == self._lease.executor_id)

    def _resume(self, mine: Iterable[workflows.Held]) -> None:
        """Run again what is ours and has no thread; seen so twice, for one may just be beginning.

        An outage of the database leaves such jobs: their thread ended and could not note how.
        """
        alone = frozenset(one for one in mine if not self._attempts.signs.has_thread(one.key))
        stranded, self._alone = alone & self._alone, alone
        for one in stranded:
            log.warning("job %s was left lying; it is run again", one.key)
        workflows.run_again(stranded)


def _run_again(executor_id: str) -> None:
    workflows.run_again(workflows.under_way(executor_id))


def _close(url: str, executor_id: str, attempts: Attempts, pace: Pace) -> None:
    under_way = attempts.signs.any()
    workflows.close_engine(url, executor_id, pace.goodbye if under_way else timedelta(0))


def _begin_again(store: Engine, executor_id: str) -> None:
    """On SQLite, where we are alone, whoever had jobs before is dead: run them again at once."""
    workflows.run_again(one for one in workflows.under_way() if one.executor_id != executor_id)
    forget_others(store, executor_id)
