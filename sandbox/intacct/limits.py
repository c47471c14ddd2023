"""How many requests the company takes at once and in a minute, and how many it was sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from threading import Condition

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, others waiting so long, so many in any minute; 0 is without limit."""

    concurrency: int = 0
    queue_seconds: float = 30
    per_minute: int = 0


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the gateway was sent since its limits were last set; in flight is not yet answered."""

    in_flight: int = 0
    most_in_flight: int = 0
    requests: int = 0
    most_in_a_minute: int = 0
    refused: int = 0


class Limits:
    """The gate every request passes, and the count of those who came."""

    def __init__(self, limit: Limit, clock: Callable[[], datetime]) -> None:
        self._limit = limit
        self._clock = clock
        self._changed = Condition()
        self._traffic = Traffic()
        self._running = 0
        self._arrived: deque[datetime] = deque()

    def set(self, limit: Limit) -> None:
        """Other limits from now on, and a fresh count; whoever is inside stays inside."""
        with self._changed:
            self._limit = limit
            inside = self._traffic.in_flight
            self._traffic = Traffic(in_flight=inside, most_in_flight=inside)
            self._arrived.clear()
            self._changed.notify_all()

    def now(self) -> tuple[Limit, Traffic]:
        """The limits and what came under them."""
        with self._changed:
            return self._limit, self._traffic

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether a request may go on; if so it holds its place until it is answered."""
        with self._changed:
            self._count_in()
            mine = self._within_rate() and self._finds_place()
            self._running += mine
            if not mine:
                self._traffic = replace(self._traffic, refused=self._traffic.refused + 1)
        try:
            yield mine
        finally:
            with self._changed:
                self._running -= mine
                self._traffic = replace(self._traffic, in_flight=self._traffic.in_flight - 1)
                self._changed.notify_all()

    def _count_in(self) -> None:
        now, seen = self._clock(), self._traffic
        self._arrived.append(now)
        while self._arrived[0] <= now - MINUTE:
            self._arrived.popleft()
        self._traffic = replace(
            seen,
            in_flight=seen.in_flight + 1,
            most_in_flight=max(seen.most_in_flight, seen.in_flight + 1),
            requests=seen.requests + 1,
            most_in_a_minute=max(seen.most_in_a_minute, len(self._arrived)),
        )

    def _within_rate(self) -> bool:
        return not self._limit.per_minute or len(self._arrived) <= self._limit.per_minute

    def _finds_place(self) -> bool:
        return self._changed.wait_for(self._has_place, self._limit.queue_seconds)

    def _has_place(self) -> bool:
        return not self._limit.concurrency or self._running < self._limit.concurrency


def read_limit(words: Mapping[str, object], now: Limit) -> Limit:
    """The limits a control request asks for; what it leaves out stays as it is."""
    known = asdict(now)
    if unknown := [name for name in words if name not in known]:
        raise ValueError(f"there is no limit {', '.join(unknown)}")
    for name, value in words.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not (whole or (name == "queue_seconds" and isinstance(value, float))):
            raise ValueError(f"{name} must be a number")
        if not 0 <= float(str(value)) <= 1_000_000:
            raise ValueError(f"{name} must not be negative, nor more than a million")
    given = {**known, **words}
    seconds = float(str(given["queue_seconds"]))
    return Limit(int(str(given["concurrency"])), seconds, int(str(given["per_minute"])))
