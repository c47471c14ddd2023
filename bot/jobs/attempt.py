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
from threading import Event, Lock
from typing import TypeAlias

from dbos import DBOS
from dbos import error as engine_error
from sqlalchemy import Engine

from bot.errors import BotError, NotUnderstood
from bot.jobs.failure import expected, kept, recalled
from bot.jobs.outbox import Asked, asked
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
class Signs:
    """When each job under way last showed a sign of life."""

    _seen: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def give(self, key: str) -> None:
        """The job did something now."""
        with self._lock:
            self._seen[key] = time.monotonic()

    def end(self, key: str) -> None:
        """The job is not under way any more."""
        with self._lock:
            self._seen.pop(key, None)

    def longest_silence(self) -> float:
        """For how many seconds the quietest job under way has done nothing."""
        with self._lock:
            return max((time.monotonic() - seen for seen in self._seen.values()), default=0.0)

    def any(self) -> bool:
        """Whether a job is under way."""
        with self._lock:
            return bool(self._seen)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The jobs by name, and what is done when one of them fails."""

    store: Engine
    jobs: Mapping[str, Job]
    failed: Failed
    may_retry: MayRetry
    holds: Callable[[], bool]
    stopping: Event
    signs: Signs = field(default_factory=Signs)
    errors: dict[str, Exception] = field(default_factory=dict)

    def run(self, key: str) -> None:
        """The whole of one job, from wherever it was left; raises GaveUp if it failed for good."""
        try:
            said = self._tried(key, "try", self._work)
            if said["state"] == "done":
                return
            self._tried(key, "tell", lambda key, _kept: self._tell(key, said))
        except engine_error.DBOSWorkflowConflictIDError:
            raise HandedOver from None
        finally:
            self.errors.pop(key, None)
        raise GaveUp(key)

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
        """One try, as a value: an error must come out of a crash as it went in."""
        self._check(key)
        known = DBOS.get_all_events(key)
        began = time.monotonic()
        try:
            _count(known, f"begun {what} {number}")
            do(key, known)
        except engine_error.DBOSWorkflowConflictIDError:
            raise
        except Exception as error:  # the worker's one handler
            if self.stopping.is_set():  # perhaps only because the engine is going away
                raise HandedOver from error
            return self._judged(key, number, error)
        finally:
            self.signs.end(key)
        log.info("job %s: %s %d done in %.3f s", key, what, number, time.monotonic() - began)
        return {"state": "done"}

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
