"""The messages of the workspace: channels, threads, and what only one person sees."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.slack.store import Store
from sandbox.slack.wire import Json


@dataclass(slots=True)
class Ephemeral:
    """A message one person sees, outside the history."""

    channel: str
    person: str
    message: Json


class Messages:
    """Everything posted, oldest first per channel."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._posted: dict[str, dict[str, Json]] = {}
        self._replies: dict[tuple[str, str], list[str]] = {}  # by channel and parent
        self._ephemeral: dict[str, Ephemeral] = {}
        for key, message, _ in store.all("message"):
            self._place(key.partition("/")[0], message)

    def add(self, channel: str, message: Json) -> None:
        """Posts, or puts a changed message in its place."""
        self._store.put("message", f"{channel}/{message['ts']}", message)
        self._place(channel, message)

    def _place(self, channel: str, message: Json) -> None:
        ts = str(message["ts"])
        parent = str(message.get("thread_ts") or ts)
        posted = self._posted.setdefault(channel, {})
        if parent != ts and ts not in posted:
            self._replies.setdefault((channel, parent), []).append(ts)
        posted[ts] = message

    def add_ephemeral(self, ephemeral: Ephemeral) -> None:
        """Shows a message to one person, or changes it."""
        self._ephemeral[ephemeral.message["ts"]] = ephemeral

    def get(self, channel: str, ts: str) -> Json | None:
        """The message as it is now."""
        return self._posted.get(channel, {}).get(ts)

    def get_ephemeral(self, ts: str, person: str) -> Ephemeral | None:
        """A message only this person sees."""
        found = self._ephemeral.get(ts)
        return found if found and found.person == person else None

    def remove(self, channel: str, ts: str) -> None:
        """Takes a message away; a parent with replies leaves a tombstone."""
        if self._replies.get((channel, ts)):
            stone = {"type": "message", "subtype": "tombstone", "ts": ts, "thread_ts": ts}
            self.add(channel, {**stone, "user": "USLACKBOT", "text": "This message was deleted."})
        else:
            message = self._posted[channel].pop(ts)
            self._store.drop("message", f"{channel}/{ts}")
            if message.get("thread_ts", ts) != ts:
                self._replies[channel, message["thread_ts"]].remove(ts)

    def remove_ephemeral(self, ts: str) -> None:
        """Takes a message away from the one person who sees it."""
        self._ephemeral.pop(ts, None)

    def forget_ephemerals(self, person: str) -> None:
        """What a reload of the page does."""
        gone = [ts for ts, shown in self._ephemeral.items() if shown.person == person]
        for ts in gone:
            del self._ephemeral[ts]

    def ephemerals(self, channel: str, person: str) -> list[Json]:
        """What only this person sees here."""
        return [
            shown.message
            for shown in self._ephemeral.values()
            if shown.channel == channel and shown.person == person
        ]

    def top(self, channel: str) -> list[Json]:
        """The channel without its thread replies, oldest first."""
        return [
            self.with_counters(channel, message)
            for message in self._posted.get(channel, {}).values()
            if message.get("thread_ts", message["ts"]) == message["ts"]
            or message.get("subtype") == "thread_broadcast"
        ]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A parent and its replies, oldest first."""
        posted = self._posted.get(channel, {})
        parent = [self.with_counters(channel, posted[ts])] if ts in posted else []
        return [*parent, *self._replies_to(channel, ts)]

    def _replies_to(self, channel: str, ts: str) -> list[Json]:
        return [self._posted[channel][reply] for reply in self._replies.get((channel, ts), [])]

    def with_counters(self, channel: str, message: Json) -> Json:
        """A parent with the counters of its thread; anything else as it is."""
        replies = self._replies_to(channel, message["ts"])
        if not replies:
            return message
        people = list(dict.fromkeys(reply["user"] for reply in replies))
        return {
            **message,
            "thread_ts": message["ts"],
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "reply_users": people[:5],
            "latest_reply": replies[-1]["ts"],
            "is_locked": False,
        }


def without_metadata(message: Json) -> Json:
    """A message as it is read when nobody asked for its metadata."""
    return {name: value for name, value in message.items() if name != "metadata"}
