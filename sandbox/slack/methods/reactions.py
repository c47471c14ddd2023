"""reactions.*: an emoji on a message."""

from __future__ import annotations

import re

from sandbox.slack import hearing
from sandbox.slack.messages import without_metadata
from sandbox.slack.postings import channel_for
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, needed
from sandbox.slack.workspace import BOT_USER

NAME = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")


async def add(slack: Slack, args: Json) -> Json:
    """Puts an emoji on a message."""
    channel, message, name = _found(slack, args)
    reactions = {one["name"]: one["users"] for one in message.get("reactions", [])}
    if BOT_USER in reactions.get(name, []):
        raise Refused("already_reacted")
    reactions[name] = [*reactions.get(name, []), BOT_USER]
    _store(slack, channel, message, reactions)
    hearing.reacted(slack, channel, message, BOT_USER, name, "reaction_added")
    return {}


async def get(slack: Slack, args: Json) -> Json:
    """The emojis on a message."""
    channel, message = _message(slack, args)
    return {"type": "message", "channel": channel, "message": without_metadata(message)}


async def remove(slack: Slack, args: Json) -> Json:
    """Takes the bot's emoji off a message."""
    channel, message, name = _found(slack, args)
    reactions = {one["name"]: one["users"] for one in message.get("reactions", [])}
    if BOT_USER not in reactions.get(name, []):
        raise Refused("no_reaction")
    reactions[name] = [user for user in reactions[name] if user != BOT_USER]
    _store(slack, channel, message, reactions)
    hearing.reacted(slack, channel, message, BOT_USER, name, "reaction_removed")
    return {}


def toggle(slack: Slack, channel: str, message: Json, person: str, name: str) -> None:
    """Puts a person's emoji on a message, or takes it off."""
    reactions = {one["name"]: one["users"] for one in message.get("reactions", [])}
    users = reactions.get(name, [])
    on = person not in users
    reactions[name] = [*users, person] if on else [user for user in users if user != person]
    _store(slack, channel, message, reactions)
    kind = "reaction_added" if on else "reaction_removed"
    hearing.reacted(slack, channel, message, person, name, kind)


def _found(slack: Slack, args: Json) -> tuple[str, Json, str]:
    needed(args, "name")
    name = str(args["name"]).strip(":")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name")
    return *_message(slack, args), name


def _message(slack: Slack, args: Json) -> tuple[str, Json]:
    channel = channel_for(slack, args.get("channel"))
    if BOT_USER not in slack.channels[channel].members:
        raise Refused("not_in_channel")
    message = slack.messages.get(channel, str(args.get("timestamp") or ""))
    if message is None:
        raise Refused("message_not_found")
    return channel, message


def _store(slack: Slack, channel: str, message: Json, reactions: dict[str, list[str]]) -> None:
    told = [
        {"name": name, "users": users, "count": len(users)}
        for name, users in reactions.items()
        if users
    ]
    kept = {k: v for k, v in message.items() if k != "reactions"}
    slack.messages.add(channel, kept | ({"reactions": told} if told else {}))
    slack.tell(channel)
