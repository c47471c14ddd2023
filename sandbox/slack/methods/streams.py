"""chat.startStream, appendStream, stopStream: a message that grows while it is written."""

from __future__ import annotations

from sandbox.slack import hearing
from sandbox.slack.accepting import accepted_blocks
from sandbox.slack.postings import metadata_of, post, thread_of, where_bot_may_write
from sandbox.slack.state import Slack
from sandbox.slack.streams import MOST_TEXT, Stream, grown
from sandbox.slack.wire import Json, Refused, needed, refused_for
from sandbox.slack.workspace import BOT_USER, PEOPLE

MODES = ("timeline", "plan")
STATUSES = ("pending", "in_progress", "complete", "error")
TEXTS = {"markdown_text": ("text",), "plan_update": ("title",), "task_update": ("id", "title")}


async def start(slack: Slack, args: Json) -> Json:
    """Begins a message that grows; in a channel, for one person there."""
    channel = where_bot_may_write(slack, args.get("channel"))
    if slack.channels[channel].sort != "im":
        _recipient(slack, channel, args)
    mode = str(args.get("task_display_mode") or "timeline")
    if mode not in MODES:
        raise Refused("invalid_arguments")
    thread = thread_of(slack, channel, args)
    chunks = _chunks(slack, args)
    told: Json = {"text": "", "streaming_state": "in_progress", "blocks": []}
    message = post(slack, channel, {**told, **thread})
    stream = slack.streams.begin(channel, message["ts"], plan=mode == "plan")
    _grow(slack, stream, chunks)
    return {"channel": channel, "ts": message["ts"]}


async def append(slack: Slack, args: Json) -> Json:
    """Adds to a message that grows."""
    stream = _stream(slack, args)
    chunks = _chunks(slack, args)
    if not chunks:
        raise Refused("no_text")
    _grow(slack, stream, chunks)
    return {"channel": stream.channel, "ts": stream.ts}


async def stop(slack: Slack, args: Json) -> Json:
    """Finishes a message, with what is left and blocks under it."""
    stream = _stream(slack, args)
    chunks = _chunks(slack, args)
    blocks = accepted_blocks(slack, args["blocks"]) if args.get("blocks") else []
    metadata = metadata_of(args)
    _grow(slack, stream, chunks)
    message = slack.messages.get(stream.channel, stream.ts) or {}
    told = {**message, "blocks": [*message["blocks"], *blocks], **metadata}
    finished = finish(slack, stream, told, "completed")
    return {"channel": stream.channel, "ts": stream.ts, "message": finished}


def finish(slack: Slack, stream: Stream, message: Json, state: str) -> Json:
    """The message grows no more."""
    told = {**message, "streaming_state": state}
    slack.messages.add(stream.channel, told)
    slack.streams.end(stream)
    slack.tell(stream.channel)
    hearing.changed(slack, stream.channel, told, message)
    return told


def _recipient(slack: Slack, channel: str, args: Json) -> None:
    for name in ("recipient_user_id", "recipient_team_id"):
        if not args.get(name):
            raise Refused(f"missing_{name}")
    person = PEOPLE.get(str(args["recipient_user_id"]))
    if person is None or person.team != args["recipient_team_id"]:
        raise Refused("user_not_found")
    if person.id not in slack.channels[channel].members:
        raise Refused("user_not_in_channel")


def _stream(slack: Slack, args: Json) -> Stream:
    needed(args, "ts")
    channel, ts = str(args.get("channel") or ""), str(args["ts"])
    if channel not in slack.channels:
        raise Refused("channel_not_found")
    message = slack.messages.get(channel, ts)
    if message is None:
        raise Refused("message_not_found")
    if message["user"] != BOT_USER:
        raise Refused("message_not_owned_by_app")
    return slack.streams.get(channel, ts)


def _chunks(slack: Slack, args: Json) -> list[Json]:
    """What is added, each piece checked."""
    sent = args.get("chunks") or []
    if not isinstance(sent, list):
        raise Refused("invalid_chunks")
    text = args.get("markdown_text")
    first = [{"type": "markdown_text", "text": str(text)}] if text else []
    return [*first, *(_chunk(slack, n, chunk) for n, chunk in enumerate(sent))]


def _chunk(slack: Slack, index: int, chunk: object) -> Json:
    place = f"[json-pointer:/chunks/{index}]"
    if not isinstance(chunk, dict):
        raise refused_for("invalid_chunks", [f"[ERROR] must provide an object {place}"])
    if chunk.get("type") == "blocks":
        return {**chunk, "blocks": accepted_blocks(slack, chunk.get("blocks"))}
    names = TEXTS.get(str(chunk.get("type")))
    if names is None:
        line = f"[ERROR] unsupported type: {chunk.get('type')} {place}"
        raise refused_for("invalid_chunks", [line])
    missing = [name for name in names if not isinstance(chunk.get(name), str)]
    if missing:
        lines = [f"[ERROR] missing required field: {name} {place}" for name in missing]
        raise refused_for("invalid_chunks", lines)
    texts = [chunk.get(name) or "" for name in ("details", "output")]
    if not all(isinstance(text, str) for text in texts) or not _sources(chunk.get("sources")):
        line = f"[ERROR] must provide strings, and sources with a url each {place}"
        raise refused_for("invalid_chunks", [line])
    if chunk.get("status", "pending") not in STATUSES:
        line = f"[ERROR] must be a valid enum value ({', '.join(STATUSES)}) {place}"
        raise refused_for("invalid_chunks", [line])
    return chunk


def _sources(told: object) -> bool:
    """Whether a task's sources, if there are any, are links."""
    return not told or (
        isinstance(told, list)
        and all(isinstance(one, dict) and isinstance(one.get("url"), str) for one in told)
    )


def _grow(slack: Slack, stream: Stream, chunks: list[Json]) -> None:
    """Adds the chunks; refused when it grows too long, and then nothing is added."""
    texts = [chunk["text"] for chunk in chunks if chunk["type"] == "markdown_text"]
    length = sum(map(len, texts))
    if length > MOST_TEXT or stream.length + length > MOST_TEXT:
        raise Refused("msg_too_long")
    message = slack.messages.get(stream.channel, stream.ts)
    if message is None:
        raise Refused("message_not_found")
    blocks = message["blocks"]
    for chunk in chunks:
        blocks = grown(blocks, chunk, plan=stream.plan)
    stream.length += length
    slack.streams.keep(stream)
    told = {**message, "blocks": blocks, "text": message["text"] + "".join(texts)}
    slack.messages.add(stream.channel, told)
    slack.tell(stream.channel)
