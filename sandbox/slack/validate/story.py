"""What calls and deliveries are to each other: threads, updates, windows, triggers, repeats."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sandbox.slack.validate.calls import SPEAKS
from sandbox.slack.validate.finding import Finding
from sandbox.slack.validate.recording import Call, Delivery, Line
from sandbox.slack.wire import Json

LIVES = timedelta(seconds=3)
POSTS, AT_ONCE = timedelta(seconds=1), 10
PER_MINUTE = {"chat.update": 50, "chat.startStream": 20, "conversations.open": 50} | {
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
    "chat.postEphemeral": 100,
    "conversations.history": 50,
}
OURS_TO_AVOID = {
    "invalid_arguments",
    "invalid_blocks_format",
    "invalid_auth",
    "not_authed",
    "not_allowed_token_type",
    "missing_scope",
    "unknown_method",
    "no_text",
    "msg_too_long",
    "msg_blocks_too_long",
    "expired_trigger_id",
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "push_limit_reached",
    "view_too_large",
    "duplicate_external_id",
    "channel_not_found",
    "file_not_found",
    "used_url",
    "expired_url",
    "user_not_in_channel",
}


def story_findings(lines: Sequence[Line]) -> Iterator[Finding]:
    """Every rule that takes more than one line to see."""
    calls = [line for line in lines if isinstance(line, Call)]
    deliveries = [line for line in lines if isinstance(line, Delivery)]
    yield from _threads(lines)
    yield from _updates(calls)
    yield from _repeats(calls)
    yield from _windows(lines)
    yield from _triggers(calls, deliveries)
    yield from _refusals(calls)
    yield from _rates(calls)


def _found(call: Call, pointer: str, words: str) -> Finding:
    return Finding(call.line, call.method, pointer, words)


def posted(call: Call) -> str:
    """The time stamp of the message this call posted; "" where it posted none."""
    if call.method in {"chat.postMessage", "chat.startStream"} and call.ok:
        return str(call.response.get("ts", ""))
    return ""


def _threads(lines: Sequence[Line]) -> Iterator[Finding]:
    """A reply names the first message of its thread, and one that is there."""
    parents: set[str] = set()
    replies: set[str] = set()
    for line in lines:
        if isinstance(line, Delivery):
            for message in (line.body.get("event", {}), line.body.get("message", {})):
                _place(message, parents, replies)
            continue
        thread = line.args.get("thread_ts")
        if thread and line.method in SPEAKS | {"files.completeUploadExternal"}:
            if thread in replies:
                yield _found(line, "/thread_ts", "is a reply itself; name the thread's first")
            elif thread not in parents:
                yield _found(line, "/thread_ts", "is no message of this recording")
        if ts := posted(line):
            (replies if thread else parents).add(ts)


def _place(message: Json, parents: set[str], replies: set[str]) -> None:
    ts, thread = str(message.get("ts", "")), str(message.get("thread_ts", ""))
    if thread and thread != ts:
        replies.add(ts)
        parents.add(thread)
    elif ts and ts not in replies:
        parents.add(ts)


def _updates(calls: Sequence[Call]) -> Iterator[Finding]:
    """Only what the bot posted itself can be changed, and nothing only one person sees."""
    own = {(call.response.get("channel"), ts) for call in calls if (ts := posted(call))}
    for call in calls:
        named = (call.args.get("channel"), call.args.get("ts"))
        if call.method in {"chat.update", "chat.delete"} and named not in own:
            yield _found(call, "/ts", "is no message the bot posted in this channel")


def _repeats(calls: Sequence[Call]) -> Iterator[Finding]:
    """A message carries its key, and one key is posted once."""
    keys = Counter[str]()
    for call in calls:
        metadata = call.args.get("metadata")
        payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
        if posted(call) and isinstance(payload, dict) and "key" in payload:
            keys[str(payload["key"])] += 1
            if keys[str(payload["key"])] == 2:
                yield _found(call, "/metadata", "posts a second time what was posted under its key")


def _windows(lines: Sequence[Line]) -> Iterator[Finding]:
    """A window that is changed is named, and is one that was opened."""
    known: set[str] = set()
    for line in lines:
        if isinstance(line, Delivery):
            known.add(str(line.body.get("view", {}).get("id")))
            continue
        if line.method == "views.update":
            named = line.args.keys() & {"view_id", "external_id"}
            if len(named) != 1:
                yield _found(line, "/view_id", "names the window by not exactly one id")
            elif "view_id" in named and line.args["view_id"] not in known:
                yield _found(line, "/view_id", "is no window of this recording")
        if line.method.startswith("views.") and line.ok:
            known.add(str(line.response.get("view", {}).get("id")))


def _triggers(calls: Sequence[Call], deliveries: Sequence[Delivery]) -> Iterator[Finding]:
    """A trigger is used once, within three seconds of the tap it came with."""
    given: dict[str, datetime] = {}
    for told in deliveries:
        if trigger := told.body.get("trigger_id"):
            given.setdefault(str(trigger), told.at - timedelta(milliseconds=told.ms))
    used: set[str] = set()
    for call in calls:
        trigger = call.args.get("trigger_id")
        if call.method not in {"views.open", "views.push"}:
            continue
        if trigger not in given:
            yield _found(call, "/trigger_id", "came with no delivery of this recording")
        elif call.at - given[str(trigger)] > LIVES:
            late = (call.at - given[str(trigger)]).total_seconds()
            yield _found(call, "/trigger_id", f"is {late:.1f} seconds old; it lives for 3")
        if trigger in used:
            yield _found(call, "/trigger_id", "was used before")
        if call.ok:
            used.add(str(trigger))


def _refusals(calls: Sequence[Call]) -> Iterator[Finding]:
    """What Slack refused for our own fault; and what it did not take and was never said again."""
    for at, call in enumerate(calls):
        error = str(call.response.get("error", ""))
        if error in OURS_TO_AVOID:
            yield _found(call, "", f"was refused: {error} {_messages(call)}".strip())
        elif _unsaid(call) and not any(_says_again(call, later) for later in calls[at + 1 :]):
            why = error or call.response.get("status")
            yield _found(call, "", f"was not taken ({why}) and was never said again")


def _unsaid(call: Call) -> bool:
    return not call.ok and call.method in {"chat.postMessage", "chat.update"}


def _says_again(call: Call, later: Call) -> bool:
    if not later.ok or later.args.get("channel") != call.args.get("channel"):
        return False
    if call.method == "chat.update":
        same = later.args.get("ts") == call.args.get("ts")
        return same and later.method in {"chat.update", "chat.delete"}
    return later.method == call.method and (
        later.args.get("metadata") == call.args.get("metadata")
        if call.args.get("metadata")
        else later.args.get("text") == call.args.get("text")
    )


def _messages(call: Call) -> str:
    return " ".join(call.response.get("response_metadata", {}).get("messages", []))


def _rates(calls: Sequence[Call]) -> Iterator[Finding]:
    """About a message a second and channel, short bursts apart; and each method's own tier."""
    left: dict[str, tuple[float, datetime]] = {}
    minute: dict[str, deque[datetime]] = defaultdict(deque)
    for call in calls:
        if call.method == "chat.postMessage":
            channel = str(call.args.get("channel"))
            had, since = left.get(channel, (float(AT_ONCE), call.at))
            now = min(float(AT_ONCE), had + (call.at - since) / POSTS) - 1
            if now < 0:
                yield _found(call, "/channel", "gets more than a message a second")
            left[channel] = max(now, 0.0), call.at
        if most := PER_MINUTE.get(call.method):
            recent = minute[call.method]
            recent.append(call.at)
            while call.at - recent[0] > timedelta(minutes=1):
                recent.popleft()
            if len(recent) == most + 1:
                yield _found(call, "", f"is called more than {most} times a minute")
