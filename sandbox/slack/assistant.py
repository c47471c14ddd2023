"""What an app shows around a conversation: a status while it works, a title, suggested prompts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.slack.store import Store
from sandbox.slack.wire import Clock, Json

STATUS_LIFE = timedelta(minutes=2)
Thread = tuple[str, str]  # the channel, and the thread's `ts` or nothing for the top


@dataclass(frozen=True, slots=True)
class Status:
    """What the app says it is doing."""

    text: str
    loading_messages: tuple[str, ...]
    since: datetime


class Assistant:
    """Statuses, titles and prompts by conversation."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._statuses: dict[Thread, Status] = {}
        self._kept = {key: kept for key, kept, _ in store.all("assistant")}

    def set_status(self, thread: Thread, text: str, loading_messages: tuple[str, ...]) -> None:
        """Shows a status; an empty one takes it away."""
        self._statuses.pop(thread, None)
        if text:
            self._statuses[thread] = Status(text, loading_messages, self._clock())

    def set_title(self, thread: Thread, title: str) -> None:
        """Names the thread."""
        self._keep(thread, {"title": title})

    def set_prompts(self, thread: Thread, title: str, prompts: list[Json]) -> None:
        """Suggests what to ask."""
        self._keep(thread, {"prompts": {"title": title, "prompts": prompts}})

    def told(self, thread: Thread) -> Json:
        """Everything shown around this conversation."""
        status = self._statuses.get(thread)
        kept = self._kept.get("/".join(thread), {})
        return {
            "status": status.text if status else "",
            "loading_messages": list(status.loading_messages) if status else [],
            "title": kept.get("title", ""),
            "prompts": kept.get("prompts", {"title": "", "prompts": []}),
        }

    def over(self) -> list[Thread]:
        """Conversations whose status has stood for two minutes without a message."""
        now = self._clock()
        return [t for t, status in self._statuses.items() if now - status.since >= STATUS_LIFE]

    def has_status(self, thread: Thread) -> bool:
        """Whether the app says it is doing something here."""
        return thread in self._statuses

    def _keep(self, thread: Thread, told: Json) -> None:
        key = "/".join(thread)
        self._kept[key] = {**self._kept.get(key, {}), **told}
        self._store.put("assistant", key, self._kept[key])
