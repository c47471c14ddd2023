"""How many requests may be under way to one company, and how many in a minute.

The limits are Intacct's, and they are the company's: every request passes one gate, whoever sends
it. The rate is a generic cell rate algorithm: one instant, the "arrival", moves on by an interval
with every request, and may run ahead of the clock by a burst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from time import monotonic, sleep
from typing import Final, Protocol

from intacct.errors import NoTurn

IN_FLIGHT: Final = 2  # what a company of the default tier may have
LONGEST_HOLD: Final = 60.0  # seconds; whatever Intacct says, we look again after a minute
MINUTE: Final = 60.0
TOO_MANY: Final = "no turn came in time: too many requests are waiting for Intacct"


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many at a time, and so many in any sliding minute (None: no limit to that).

    A minute in which n are let through sees at most n + `in_flight` arrive, since only those under
    way at its start can have been let through before. With a burst of b at once and one interval
    between the others, (`per_minute` - b - `in_flight`) intervals to the minute keep the promise.
    """

    in_flight: int = IN_FLIGHT
    per_minute: int | None = None
    window_seconds: float = MINUTE

    def __post_init__(self) -> None:
        if self.in_flight < 1:
            raise ValueError("at least one request must be let through at a time")
        if self.per_minute is not None and self.per_minute < self.in_flight + 2:
            raise ValueError(
                f"{self.per_minute} a minute is too few where {self.in_flight} go at a time"
            )

    def places(self, *, background: bool) -> int:
        """How many may be under way; what runs in the background leaves one place free."""
        return self.in_flight - 1 if background and self.in_flight > 1 else self.in_flight

    def wait(self, arrival: float, now: float) -> float:
        """Seconds until the next request may leave; 0 where it may leave now."""
        if self.per_minute is None:
            return 0.0
        return max(0.0, self._believed(arrival, now) - (self._burst - 1) * self._interval - now)

    def after(self, arrival: float, now: float) -> float:
        """The arrival once another request has left."""
        if self.per_minute is None:
            return now
        return max(self._believed(arrival, now), now) + self._interval

    def _believed(self, arrival: float, now: float) -> float:
        # It is never more than a burst ahead, unless the clock was put back.
        return min(arrival, now + self._burst * self._interval)

    @property
    def _burst(self) -> int:
        return max(1, ((self.per_minute or 0) - self.in_flight) // 2)

    @property
    def _interval(self) -> float:
        return self.window_seconds / ((self.per_minute or 0) - self._burst - self.in_flight)


@dataclass(slots=True)
class Turn:
    """One request's leave to go; what it cost, as Sage bills, is written here before it ends."""

    billed: int = 0


class Gate(Protocol):
    """What the client asks of a gate."""

    def passing(
        self, *, longest: float, patience: float, background: bool = False
    ) -> AbstractContextManager[Turn]:
        """Wait for a turn, and give it back at the end of the block.

        `longest` is how many seconds the request may take at most, `patience` how many it waits
        for its turn before NoTurn is raised.
        """
        ...

    def hold_off(self, seconds: float) -> None:
        """Let nobody through for so long: Intacct said that it has no room."""
        ...

    def count(self, billed: int) -> None:
        """Count what a request turned out to cost beside what its turn said; may be negative."""
        ...


class Room:
    """The places of one process, so that its threads do not all look for a turn at once."""

    def __init__(self, limits: Limits) -> None:
        self._places = BoundedSemaphore(limits.places(background=False))
        self._behind = BoundedSemaphore(limits.places(background=True))

    @contextmanager
    def entered(self, patience: float, *, background: bool) -> Iterator[None]:
        """One of the places; NoTurn where none is free within so many seconds."""
        kinds = (self._behind, self._places) if background else (self._places,)
        with _all_of(kinds, monotonic() + patience):
            yield


class OwnGate:
    """The gate of one process that has the company to itself."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        now: Callable[[], float] = monotonic,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self.billed = 0
        self._limits = limits or Limits()
        self._room = Room(self._limits)
        self._now = now
        self._wait = wait
        self._lock = Lock()
        self._arrival = self._held_until = now()

    @contextmanager
    def passing(
        self,
        *,
        longest: float,  # noqa: ARG002 - a process that dies takes its places with it
        patience: float,
        background: bool = False,
    ) -> Iterator[Turn]:
        """Wait for a turn, and give it back at the end of the block."""
        until = self._now() + patience
        with self._room.entered(patience, background=background):
            while seconds := self._to_wait():
                if self._now() + seconds > until:
                    raise NoTurn(TOO_MANY, seconds)
                self._wait(seconds)
            turn = Turn()
            try:
                yield turn
            finally:
                self.count(turn.billed)

    def hold_off(self, seconds: float) -> None:
        """Let nobody through for so long."""
        with self._lock:
            until = self._now() + min(seconds, LONGEST_HOLD)
            self._held_until = max(self._held_until, until)

    def count(self, billed: int) -> None:
        """Add to what was billed."""
        with self._lock:
            self.billed += billed

    def _to_wait(self) -> float:
        """0 and the request is counted, or the seconds until it may be asked for again."""
        with self._lock:
            now = self._now()
            seconds = max(self._held_until - now, self._limits.wait(self._arrival, now))
            if seconds <= 0:
                self._arrival = self._limits.after(self._arrival, now)
                return 0.0
            return seconds


@contextmanager
def _all_of(places: tuple[BoundedSemaphore, ...], until: float) -> Iterator[None]:
    if not places:
        yield
        return
    first, *rest = places
    if not first.acquire(timeout=max(0.0, until - monotonic())):
        raise NoTurn(TOO_MANY)
    try:
        with _all_of(tuple(rest), until):
            yield
    finally:
        first.release()
