"""What the threads of this process are at, and when each job last showed a sign of life."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Signs:
    """When each try under way last showed a sign of life, and which jobs have a thread at all."""

    _seen: dict[str, float] = field(default_factory=dict)
    _threads: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def give(self, key: str) -> None:
        """The job did something now."""
        with self._lock:
            self._seen[key] = time.monotonic()

    def end(self, key: str) -> None:
        """No try of the job is under way any more."""
        with self._lock:
            self._seen.pop(key, None)

    def excuse(self) -> None:
        """Nothing can get on now, for a reason outside: silence counts from here."""
        with self._lock:
            self._seen.update(dict.fromkeys(self._seen, time.monotonic()))

    def longest_silence(self) -> float:
        """For how many seconds the quietest try under way has done nothing."""
        with self._lock:
            return max((time.monotonic() - seen for seen in self._seen.values()), default=0.0)

    def any(self) -> bool:
        """Whether a try is under way."""
        with self._lock:
            return bool(self._seen)

    @contextmanager
    def thread_on(self, key: str) -> Iterator[None]:
        """A thread has the job, tries and the waits between them, for as long as this is open."""
        with self._lock:
            self._threads.append(key)
        try:
            yield
        finally:
            with self._lock:
                self._threads.remove(key)

    def has_thread(self, key: str) -> bool:
        """Whether a thread of this process has the job."""
        with self._lock:
            return key in self._threads
