"""What a person types: a slash command, or a message that the bot may hear."""

from __future__ import annotations

import json
import re

from sandbox.slack.delivery import deliver, deliver_event
from sandbox.slack.desk.who import channel_of, failed, failure_of, person_of
from sandbox.slack.payloads import event, slash_command
from sandbox.slack.postings import respond, slackbot_says, thread_of
from sandbox.slack.stamps import made_up_id
from sandbox.slack.state import Slack
from sandbox.slack.tickets import ResponseUrl
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import BOT_USER, CHANNELS, PEOPLE, TEAM, Channel

MENTION = re.compile(r"(<@[UW][A-Z0-9]+>|<#C[A-Z0-9]+>)")
NOT_A_COMMAND = (
    "{} is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands.\n\nIf you are trying to send a message and not run a command, try "
    "preceding the “/” with an empty space."
)


async def type_text(slack: Slack, told: Json) -> Json:
    """Sends what was typed: to the bot when it is a command, else to the channel."""
    person = person_of(told)
    channel = channel_of(told, person)
    text = str(told.get("text") or "").strip("\n")
    if not text.strip():
        raise Refused("no_text")
    if text.startswith("/"):
        return await _command(slack, person, channel, text, str(told.get("thread_ts") or ""))
    return await _message(slack, person, channel, text, thread_of(slack, channel.id, told))


async def _command(slack: Slack, person: str, channel: Channel, text: str, thread: str) -> Json:
    command, *rest = text.split(maxsplit=1)
    words = rest[0] if rest else ""
    if not slack.manifest.knows(command):
        slackbot_says(slack, channel.id, person, NOT_A_COMMAND.format(command), thread)
        return {"ok": False, "error": "not_a_command"}
    if thread:
        sorry = f"{command} is not supported in threads. Sorry!"
        slackbot_says(slack, channel.id, person, sorry, thread)
        return {"ok": False, "error": "not_supported_in_threads"}
    if slack.manifest.escapes(command):
        words = _escaped(words)
    body = slash_command(slack, person, channel.id, command, words.strip())
    reply = await deliver(slack, "slash_command", body)
    if not reply.ok:
        words = f'{command} failed with the error "{failure_of(reply)}"'
        slackbot_says(slack, channel.id, person, words)
        return failed(slack, person, reply, words)
    return _show_immediate(slack, person, channel.id, reply.body)


def _show_immediate(slack: Slack, person: str, channel: str, body: bytes) -> Json:
    """Shows what came with the acknowledgement: plain text or a message."""
    text = body.decode(errors="replace").strip()
    if not text:
        return {"ok": True}
    told: Json = {"text": text}
    if text.startswith("{"):
        told = _parsed(text)
    try:
        respond(slack, ResponseUrl(person, channel, slack.clock(), None), told)
    except Refused as refused:
        slackbot_says(slack, channel, person, f"The answer was refused: {refused.error}")
        return {**refused.answer(), "ok": False}
    return {"ok": True}


def _parsed(text: str) -> Json:
    try:
        told = json.loads(text)
    except ValueError:
        return {"text": text}
    return told if isinstance(told, dict) else {"text": text}


async def _message(slack: Slack, person: str, channel: Channel, text: str, thread: Json) -> Json:
    text = with_mentions(text)
    message = {
        "type": "message",
        "user": person,
        "text": text,
        "ts": slack.stamps.next(),
        "client_msg_id": made_up_id("").lower(),
        "team": TEAM,
        "blocks": [_as_rich_text(text)],
        **thread,
    }
    slack.messages.add(channel.id, message)
    slack.tell(channel.id)
    for inner in _events(slack, channel, message):
        await deliver_event(slack, event(slack, inner))
    return {"ok": True, "ts": message["ts"]}


def _events(slack: Slack, channel: Channel, message: Json) -> list[Json]:
    """What the bot hears of a message: its own channels, its own mentions, its subscriptions."""
    if BOT_USER not in channel.members:
        return []
    told = {**message, "channel": channel.id, "event_ts": message["ts"]}
    heard = []
    kind = "im" if channel.kind == "im" else "channel"
    if slack.manifest.hears("message.im" if kind == "im" else "message.channels"):
        heard.append({**told, "channel_type": kind})
    mentioned = f"<@{BOT_USER}>" in message["text"] and kind == "channel"
    if mentioned and slack.manifest.hears("app_mention"):
        heard.append({**told, "type": "app_mention"})
    return heard


def with_mentions(text: str) -> str:
    """Typed text as Slack stores it: names become ids, and &, <, > are escaped."""
    for user, name in [(BOT_USER, "tieout"), *((p.id, p.name) for p in PEOPLE.values())]:
        text = re.sub(rf"(?<![\w<])@{name}\b", f"<@{user}>", text, flags=re.IGNORECASE)
    pieces = MENTION.split(text)
    return "".join(piece if MENTION.fullmatch(piece) else _plain(piece) for piece in pieces)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped(words: str) -> str:
    """A command's words with `should_escape`: people and channels with id and name."""
    for person in PEOPLE.values():
        words = re.sub(rf"(?<![\w<])@{person.name}\b", f"<@{person.id}|{person.name}>", words)
    for channel in CHANNELS.values():
        if channel.kind == "channel":
            words = re.sub(rf"#{channel.name}\b", f"<#{channel.id}|{channel.name}>", words)
    return words


def _as_rich_text(text: str) -> Json:
    pieces = []
    for piece in filter(None, MENTION.split(text)):
        if piece.startswith("<@"):
            pieces.append({"type": "user", "user_id": piece[2:-1]})
        elif piece.startswith("<#"):
            pieces.append({"type": "channel", "channel_id": piece[2:-1]})
        else:
            shown = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            pieces.append({"type": "text", "text": shown})
    section = {"type": "rich_text_section", "elements": pieces}
    return {"type": "rich_text", "block_id": made_up_id("b")[:5], "elements": [section]}
