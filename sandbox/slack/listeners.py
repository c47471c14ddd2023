"""Open pages: each is told what to fetch again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from sandbox.slack.wire import Json


class Listeners:
    """One queue per open page."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[Json | None]]] = {}

    def join(self, person: str) -> asyncio.Queue[Json | None]:
        """A queue of what changes for this person; None means the workspace closes."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._queues.setdefault(person, set()).add(queue)
        return queue

    def leave(self, person: str, queue: asyncio.Queue[Json | None]) -> None:
        """The page was closed."""
        self._queues[person].discard(queue)

    def tell(self, people: Iterable[str], event: Json) -> None:
        """Something changed for these people."""
        for person in people:
            for queue in self._queues.get(person, ()):
                queue.put_nowait(event)

    def close(self) -> None:
        """Lets every open page go."""
        for queues in self._queues.values():
            for queue in queues:
                queue.put_nowait(None)
