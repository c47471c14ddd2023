"""Messages that wait for their time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from sandbox.slack.store import Store
from sandbox.slack.wire import Clock, Json, Refused

FURTHEST = timedelta(days=120)
WINDOW = 300  # seconds
MOST_IN_WINDOW = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message, and when it is posted (seconds since 1970)."""

    id: str
    channel: str
    post_at: int
    created: int
    told: Json


class Scheduled:
    """Everything that waits, soonest first."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._waiting = {key: Waiting(**kept) for key, kept, _ in store.all("scheduled")}

    def add(self, waiting: Waiting) -> None:
        """Puts a message aside; refused when too late, too far ahead or too many at once."""
        now = int(self._clock().timestamp())
        if waiting.post_at <= now:
            raise Refused("time_in_past")
        if waiting.post_at > now + FURTHEST.total_seconds():
            raise Refused("time_too_far")
        near = [
            other
            for other in self.of(waiting.channel)
            if other.post_at // WINDOW == waiting.post_at // WINDOW
        ]
        if len(near) >= MOST_IN_WINDOW:
            raise Refused("restricted_too_many")
        self._waiting[waiting.id] = waiting
        self._store.put("scheduled", waiting.id, asdict(waiting))

    def of(self, channel: str | None = None) -> list[Waiting]:
        """What waits, for one channel or all."""
        found = [w for w in self._waiting.values() if channel in (None, w.channel)]
        return sorted(found, key=lambda waiting: (waiting.post_at, waiting.id))

    def take(self, waiting_id: str, channel: str) -> Waiting:
        """Takes one out; refused when it is not there."""
        waiting = self._waiting.get(waiting_id)
        if waiting is None or waiting.channel != channel:
            raise Refused("invalid_scheduled_message_id")
        del self._waiting[waiting_id]
        self._store.drop("scheduled", waiting_id)
        return waiting

    def due(self) -> list[Waiting]:
        """Those whose time has come."""
        now = self._clock().timestamp()
        return [waiting for waiting in self.of() if waiting.post_at <= now]
