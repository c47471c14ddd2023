"""One job, tried until it is done or given up; what it did survives the process that did it.

A try is one step of the engine's workflow, so that a job may look at the books and go another way
when it runs again. What the job keeps itself (`Work.step`) is kept by name, as the workflow's
events; the engine refuses to keep anything for a process that no longer owns the workflow.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import TypeAlias

from dbos import DBOS
from dbos import error as engine_error
from sqlalchemy import Engine

from bot.errors import BotError, NotUnderstood
from bot.jobs.failure import expected, kept, recalled
from bot.jobs.outage import passes, waits
from bot.jobs.outbox import Asked, asked
from bot.jobs.signs import Signs
from bot.jobs.work import HandedOver, Work
from bot.store.canonical import JSON, canonical

TRIES = 12
INTERRUPTIONS = 5  # a try that kills its process this often is not made again

Job: TypeAlias = Callable[[Work], None]
Failed: TypeAlias = Callable[[str, Mapping[str, JSON], Exception], None]
MayRetry: TypeAlias = Callable[[str, int, Exception], float | None]

log = logging.getLogger("tieout.jobs")


class GaveUp(Exception):
    """The job ended as failed; whoever asked has been told why."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """The jobs by name, and what is done when one of them fails."""

    store: Engine
    jobs: Mapping[str, Job]
    failed: Failed
    may_retry: MayRetry
    holds: Callable[[], bool]
    stopping: Event
    awake: Event = field(default_factory=Event)  # set where there may be something to hand over
    signs: Signs = field(default_factory=Signs)
    errors: dict[str, Exception] = field(default_factory=dict)
    counted: set[tuple[str, str]] = field(default_factory=set)

    def run(self, key: str) -> None:
        """The whole of one job, from wherever it was left; raises GaveUp if it failed for good.

        Raises HandedOver where it did not come to an end and has to be run again.
        """
        with self.signs.thread_on(key):
            try:
                self._run(key)
            except engine_error.DBOSWorkflowConflictIDError:
                raise HandedOver from None
            except GaveUp:
                raise
            except Exception as error:
                self._stumbled(key, error)
                raise GaveUp(key) from error
            finally:
                self.errors.pop(key, None)

    def _run(self, key: str) -> None:
        said = self._tried(key, "try", self._work)
        if said["state"] == "done":
            return
        self._tried(key, "tell", lambda key, _kept: self._tell(key, said))
        raise GaveUp(key)

    def _stumbled(self, key: str, error: Exception) -> None:
        """The engine could not keep what was done; nobody may be left without a word for that."""
        if self._goes_by(error):
            log.warning("job %s: the engine is away (%s)", key, type(error).__name__)
            raise HandedOver from error
        log.error("job %s: the engine cannot go on with it", key, exc_info=error)
        try:
            self._tell(key, kept(error))
        except Exception as untold:
            log.error("job %s: nor could that be told", key, exc_info=untold)
            raise (HandedOver if self._goes_by(untold) else GaveUp(key)) from untold

    def _goes_by(self, error: Exception) -> bool:
        return self.stopping.is_set() or passes(error)

    def _tried(
        self, key: str, what: str, do: Callable[[str, Mapping[str, JSON]], None]
    ) -> Mapping[str, JSON]:
        said: Mapping[str, JSON] = {}
        for number in range(1, TRIES + 1):
            said = DBOS.run_step({"name": f"{what} {number}"}, self._once, key, what, number, do)
            if said["state"] != "again":
                break
            self._wait_until(said["at"])
        return said

    def _once(
        self, key: str, what: str, number: int, do: Callable[[str, Mapping[str, JSON]], None]
    ) -> dict[str, JSON]:
        """One try, as a value: an error must come out of a crash as it went in.

        A database that is away is waited for within the try, however long: that it is away cannot
        be kept, and says nothing about the job.
        """
        longer = waits()
        while True:
            try:
                self._begun(key, f"{what} {number}", do)
                said: dict[str, JSON] = {"state": "done"}
            except Exception as error:  # the worker's one handler
                if self.stopping.is_set():  # perhaps only because the engine is going away
                    raise HandedOver from error
                if passes(error):
                    self._wait_for_the_database(key, error, next(longer))
                    continue
                said = self._judged(key, number, error)
            self.counted.discard((key, f"{what} {number}"))
            return said

    def _begun(self, key: str, name: str, do: Callable[[str, Mapping[str, JSON]], None]) -> None:
        began = time.monotonic()
        try:
            self._check(key)
            known = DBOS.get_all_events(key)
            if (key, name) not in self.counted:  # the same process again has not been killed by it
                _count(known, f"begun {name}")
                self.counted.add((key, name))
            do(key, known)
        finally:
            self.signs.end(key)
        log.info("job %s: %s done in %.3f s", key, name, time.monotonic() - began)

    def _wait_for_the_database(self, key: str, error: Exception, seconds: float) -> None:
        said = type(error).__name__
        log.warning("job %s: the database is away (%s); again in %g s", key, said, seconds)
        if self.stopping.wait(seconds):
            raise HandedOver from error

    def _judged(self, key: str, number: int, error: Exception) -> dict[str, JSON]:
        wait = self.may_retry(key, number, error) if number < TRIES else None
        if wait is None:
            trace = None if expected(error) else error
            log.error("job %s failed for good: %s", key, type(error).__name__, exc_info=trace)
            self.errors[key] = error
            return {"state": "failed", **kept(error)}
        log.warning("job %s: %s; again in %g s", key, type(error).__name__, wait)
        return {"state": "again", "at": int((time.time() + wait) * 1000)}

    def _work(self, key: str, known: Mapping[str, JSON]) -> None:
        found = asked(self.store, key)
        if found is None or found.name not in self.jobs:
            raise NotUnderstood(
                "This was asked of another version of the bot, and this one cannot do it;"
                " please ask again."
            )
        self.jobs[found.name](self._handed_out(found, known))
        self.awake.set()  # it may have asked for another job

    def _handed_out(self, found: Asked, known: Mapping[str, JSON]) -> Work:
        def keep(name: str, do: Callable[[], JSON]) -> JSON:
            self._check(found.key)
            event = f"step {name}"
            if event not in steps:
                steps[event] = canonical(do())
                _remember(event, steps[event])
                self.signs.give(found.key)
            done: JSON = json.loads(steps[event])
            return done

        steps = {event: str(held) for event, held in known.items() if event.startswith("step ")}
        return Work(found.key, found.name, found.args(), keep, lambda: self._check(found.key))

    def _tell(self, key: str, said: Mapping[str, JSON]) -> None:
        found = asked(self.store, key)
        try:
            args = found.args() if found else {}
        except NotUnderstood:
            args = {}
        self.failed(key, args, self.errors.get(key) or recalled(said))

    def _check(self, key: str) -> None:
        if self.stopping.is_set() or not self.holds():
            raise HandedOver
        self.signs.give(key)

    def _wait_until(self, at: JSON) -> None:
        """Wait, without a try under way; the moment is on record, so a crash does not move it."""
        if not isinstance(at, int):
            raise TypeError("a moment to wait for is a number of milliseconds")
        if self.stopping.wait(max(0.0, at / 1000 - time.time())):
            raise HandedOver


def _count(known: Mapping[str, JSON], event: str) -> None:
    begun = known.get(event)
    so_far = begun if isinstance(begun, int) else 0
    if so_far >= INTERRUPTIONS:
        raise BotError("This was interrupted again and again and has been given up.")
    _remember(event, so_far + 1)


def _remember(event: str, value: JSON) -> None:
    DBOS.set_event(event, value)
