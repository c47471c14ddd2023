"""One call, or one acknowledgement, by itself: what it says and what it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sandbox.slack.validate.blocks import MESSAGE
from sandbox.slack.validate.elements import AN_AMOUNT
from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.recording import Call, Delivery
from sandbox.slack.validate.surface import blocks_problems, elements_of, view_problems
from sandbox.slack.validate.texts import (
    MRKDWN,
    Said,
    notification_problems,
    private_problems,
    text_problems,
)
from sandbox.slack.wire import Json

SPEAKS = {"chat.postMessage", "chat.update", "chat.postEphemeral", "chat.scheduleMessage"}
STREAMS = {"chat.startStream", "chat.appendStream", "chat.stopStream"}
GONE = {
    "files.upload",
    "dialog.open",
    "rtm.start",
    "oauth.access",
    "chat.command",
    "files.comments.add",
}
GONE_FAMILIES = ("channels.", "groups.", "im.", "mpim.", "stars.")
STAMP = re.compile(r"\d{10}\.\d{6}")
STAMPS = ("ts", "thread_ts", "message_ts", "timestamp", "oldest", "latest")
CHANNEL = re.compile(r"[CDG][A-Z0-9]{2,}")
MOST_METADATA = 8_000


def call_problems(call: Call) -> Iterator[Problem]:
    """Everything wrong with a call, whatever went before it."""
    if call.method in GONE or call.method.startswith(GONE_FAMILIES):
        yield "", "Slack has taken this method back"
    for name in STAMPS:
        yield from _stamp_problems(call, name)
    if call.method in SPEAKS or call.method == "response_url":
        yield from _said_problems(call.args, MESSAGE)
        yield from _metadata_problems(call.args.get("metadata"))
    if call.method in STREAMS and len(str(call.args.get("markdown_text", ""))) > 12_000:
        yield "/markdown_text", "has more than 12,000 characters"
    if call.method.startswith("views."):
        yield from view_problems(call.args.get("view"))
    if call.method == "chat.update" and not CHANNEL.fullmatch(str(call.args.get("channel"))):
        yield "/channel", "is no channel's id, and only those can be updated"
    if call.method.startswith("files."):
        yield from _file_problems(call)
    yield from _everything_said(call.args, "")


def delivery_problems(told: Delivery) -> Iterator[Problem]:
    """Whether it was acknowledged in time, and what the acknowledgement says."""
    if told.status is None:
        yield "", "was not acknowledged"
    elif told.status != 200:
        yield "", f"was answered with {told.status}"
    elif told.ms >= 3000:
        yield "", f"was acknowledged after {told.ms:,} ms; Slack waits 3,000"
    answer = told.answer
    if isinstance(answer, str) and answer:
        yield from text_problems(Said("/answer", answer, MRKDWN))
    if isinstance(answer, dict):
        yield from _answer_problems(answer, told.body)


def _answer_problems(answer: Json, body: Json) -> Iterator[Problem]:
    action = answer.get("response_action")
    if action in {"update", "push"}:
        yield from view_problems(answer.get("view"), "/answer/view")
    elif action == "errors":
        yield from _error_problems(answer.get("errors"), body)
    elif "text" in answer or "blocks" in answer:
        yield from _said_problems(answer, MESSAGE)
    elif action not in {None, "clear"}:
        yield "/answer/response_action", f"{action} is none"


def _error_problems(errors: object, body: Json) -> Iterator[Problem]:
    """An error stands under an input block of the window that was sent."""
    blocks = body.get("view", {}).get("blocks", [])
    inputs = {block.get("block_id") for block in blocks if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors:
        yield "/answer/errors", "names no field"
        return
    for name, words in errors.items():
        if name not in inputs:
            yield f"/answer/errors/{name}", "is no input of this window"
        yield from text_problems(Said(f"/answer/errors/{name}", str(words), MRKDWN))


def _said_problems(said: Json, surface: str) -> Iterator[Problem]:
    if said.get("delete_original"):
        return
    yield from notification_problems(said.get("text"), said.get("blocks"))
    if "blocks" in said:
        yield from blocks_problems(said["blocks"], "/blocks", surface)
    if "attachments" in said:
        yield "/attachments", "are from before blocks"
    for index, block in enumerate(said.get("blocks") or []):
        if isinstance(block, dict):
            for place, element in elements_of(block, f"/blocks/{index}"):
                if element.get("type") == "file_input":
                    yield place, "file_input stands in a modal only"


def _stamp_problems(call: Call, name: str) -> Iterator[Problem]:
    if name in call.args and call.args[name] is not None:
        value = call.args[name]
        exact = STAMP if name not in {"oldest", "latest"} else re.compile(r"[\d.]+|now")
        if not isinstance(value, str) or not exact.fullmatch(value):
            yield f"/{name}", f"{value!r} is no time stamp as Slack writes it"


def _metadata_problems(metadata: object) -> Iterator[Problem]:
    if metadata is None:
        return
    if not isinstance(metadata, dict) or not metadata.get("event_type"):
        yield "/metadata", "has no event_type"
        return
    if not isinstance(metadata.get("event_payload"), dict):
        yield "/metadata/event_payload", "is not an object"
    told = json.dumps(metadata)
    if len(told) > MOST_METADATA:
        yield "/metadata", "is larger than 8 kB"
    if AN_AMOUNT.search(re.sub(r"[{}]", "", told)):
        yield "/metadata", "carries an amount, and other apps may read it"


def _file_problems(call: Call) -> Iterator[Problem]:
    if "alt_txt" in call.args:
        yield "/alt_txt", "has been seen to stop the file from being shared"
    if call.method == "files.getUploadURLExternal":
        if not str(call.args.get("filename", "")).strip():
            yield "/filename", "is missing"
        if int(call.args.get("length") or 0) <= 0:
            yield "/length", "is not above 0"
    if call.method == "files.completeUploadExternal":
        comment = call.args.get("initial_comment")
        if comment is not None:
            yield from text_problems(Said("/initial_comment", str(comment), MRKDWN))
        where = call.args.get("channel_id")
        if where is not None and not CHANNEL.fullmatch(str(where)):
            yield "/channel_id", "is no channel's id"


def _everything_said(value: object, pointer: str) -> Iterator[Problem]:
    """Secrets and addresses in any argument, read by people or not; texts are looked at above."""
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, str) and name not in _LOOKED_AT:
                yield from private_problems(f"{pointer}/{name}", part)
            elif not isinstance(part, str):
                yield from _everything_said(part, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _everything_said(part, f"{pointer}/{index}")


_LOOKED_AT = {"text", "title", "alt_text", "label", "name", "caption"}
