"""What people do to what is said: change and delete their own, react, mark as read, stop."""

from __future__ import annotations

from sandbox.slack import hearing
from sandbox.slack.desk.who import channel_of, person_of, writable
from sandbox.slack.methods.reactions import NAME, toggle
from sandbox.slack.methods.streams import finish
from sandbox.slack.people_text import as_rich_text, with_mentions
from sandbox.slack.postings import remove
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused
from sandbox.slack.workspace import Channel


async def edit(slack: Slack, told: Json) -> Json:
    """Other words for a message of one's own."""
    person, channel, old = _own(slack, told, "cant_update_message")
    text = with_mentions(str(told.get("text") or ""))
    if not text.strip():
        raise Refused("no_text")
    edited = {"user": person, "ts": slack.stamps.next()}
    new = {**old, "text": text, "blocks": [as_rich_text(text)], "edited": edited}
    slack.messages.add(channel.id, new)
    slack.tell(channel.id)
    hearing.changed(slack, channel.id, new, old)
    return {"ok": True}


async def delete(slack: Slack, told: Json) -> Json:
    """Takes a message of one's own away."""
    _, channel, old = _own(slack, told, "cant_delete_message")
    remove(slack, channel.id, old)
    return {"ok": True}


async def react(slack: Slack, told: Json) -> Json:
    """Puts one's emoji on a message, or takes it off."""
    person = person_of(told)
    channel = writable(slack, channel_of(slack, told, person), person)
    name = str(told.get("name") or "").strip(":")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name")
    toggle(slack, channel.id, _message(slack, channel, told), person, name)
    return {"ok": True}


async def mark(slack: Slack, told: Json) -> Json:
    """The person has read up to a message."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    slack.seen.mark(person, channel.id, str(told.get("ts") or ""))
    slack.listeners.tell([person], {"type": "read", "channel": channel.id})
    return {"ok": True}


async def stop(slack: Slack, told: Json) -> Json:
    """Stops a message that is being written; the bot learns it at its next word."""
    person = person_of(told)
    channel = channel_of(slack, told, person)
    message = _message(slack, channel, told)
    stream = slack.streams.get(channel.id, message["ts"])
    finish(slack, stream, message, "stopped")
    stream.stopped_by_user = True
    slack.streams.keep(stream)
    return {"ok": True}


def _own(slack: Slack, told: Json, otherwise: str) -> tuple[str, Channel, Json]:
    person = person_of(told)
    channel = writable(slack, channel_of(slack, told, person), person)
    message = _message(slack, channel, told)
    if message["user"] != person:
        raise Refused(otherwise)
    return person, channel, message


def _message(slack: Slack, channel: Channel, told: Json) -> Json:
    message = slack.messages.get(channel.id, str(told.get("message_ts") or ""))
    if message is None:
        raise Refused("message_not_found")
    return message
