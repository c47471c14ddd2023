"""Messages that grow while they are written: what was streamed, and for how long still."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from sandbox.slack.store import Store
from sandbox.slack.wire import Clock, Json, Refused

LONGEST = timedelta(minutes=5)  # Slack closes even a busy stream about then
MOST_TEXT = 12_000  # per call, and about as much in all


@dataclass(slots=True)
class Stream:
    """One open stream."""

    channel: str
    ts: str
    begun: float  # seconds since 1970
    length: int = 0
    plan: bool = False
    stopped_by_user: bool = False


class Streams:
    """The streams that are open, or that a person stopped."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._open = {key: Stream(**kept) for key, kept, _ in store.all("stream")}

    def begin(self, channel: str, ts: str, *, plan: bool) -> Stream:
        """A message begins to grow."""
        stream = Stream(channel, ts, self._clock().timestamp(), plan=plan)
        self.keep(stream)
        return stream

    def get(self, channel: str, ts: str) -> Stream:
        """An open stream; refused when it is over, or when a person stopped it."""
        stream = self._open.get(f"{channel}/{ts}")
        if stream is None or self._over(stream):
            raise Refused("message_not_in_streaming_state")
        if stream.stopped_by_user:
            raise Refused("stopped_by_user")
        return stream

    def is_open(self, channel: str, ts: str) -> bool:
        """Whether this message is still being written."""
        stream = self._open.get(f"{channel}/{ts}")
        return stream is not None and not stream.stopped_by_user and not self._over(stream)

    def keep(self, stream: Stream) -> None:
        """Remembers what changed about a stream."""
        key = f"{stream.channel}/{stream.ts}"
        self._open[key] = stream
        self._store.put("stream", key, asdict(stream))

    def end(self, stream: Stream) -> None:
        """The message is finished."""
        key = f"{stream.channel}/{stream.ts}"
        self._open.pop(key, None)
        self._store.drop("stream", key)

    def over(self) -> list[Stream]:
        """Streams whose time is up."""
        return [stream for stream in self._open.values() if self._over(stream)]

    def _over(self, stream: Stream) -> bool:
        return self._clock().timestamp() - stream.begun >= LONGEST.total_seconds()


def grown(blocks: list[Json], chunk: Json, *, plan: bool) -> list[Json]:
    """The blocks of a streamed message after one more chunk."""
    if chunk["type"] == "markdown_text":
        return _with_text(blocks, chunk["text"])
    if chunk["type"] == "blocks":
        return [*blocks, *chunk["blocks"]]
    if chunk["type"] == "plan_update":
        return _with_plan(blocks, {"title": chunk["title"]})
    if not plan:
        return _with_task(blocks, _task(chunk))
    tasks: list[Json] = next((block["tasks"] for block in blocks if block["type"] == "plan"), [])
    return _with_plan(blocks, {"tasks": _with_task(tasks, _task(chunk))})


def _with_text(blocks: list[Json], text: str) -> list[Json]:
    if blocks and blocks[-1]["type"] == "markdown":
        return [*blocks[:-1], {**blocks[-1], "text": blocks[-1]["text"] + text}]
    return [*blocks, {"type": "markdown", "text": text}]


def _with_plan(blocks: list[Json], told: Json) -> list[Json]:
    if not any(block["type"] == "plan" for block in blocks):
        blocks = [*blocks, {"type": "plan", "title": "Working on it", "tasks": []}]
    return [{**block, **told} if block["type"] == "plan" else block for block in blocks]


def _with_task(blocks: list[Json], task: Json) -> list[Json]:
    """A task in its place, or at the end; texts of a task that is there grow."""
    for index, block in enumerate(blocks):
        if block.get("task_id") == task["task_id"]:
            return [*blocks[:index], {**block, **task}, *blocks[index + 1 :]]
    return [*blocks, task]


def _task(chunk: Json) -> Json:
    told = {"type": "task_card", "task_id": chunk["id"], "title": chunk["title"]}
    told["status"] = chunk.get("status", "pending")
    for name in ("details", "output"):
        if chunk.get(name):
            told[name] = _rich(chunk[name])
    return told | ({"sources": chunk["sources"]} if chunk.get("sources") else {})


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
