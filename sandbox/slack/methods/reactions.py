"""reactions.*: an emoji on a message."""

from __future__ import annotations

from sandbox.slack.postings import channel_for
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, needed
from sandbox.slack.workspace import BOT_USER, CHANNELS


async def add(slack: Slack, args: Json) -> Json:
    """Puts an emoji on a message."""
    channel, message, name = _found(slack, args)
    reactions = {one["name"]: one["users"] for one in message.get("reactions", [])}
    if BOT_USER in reactions.get(name, []):
        raise Refused("already_reacted")
    reactions[name] = [*reactions.get(name, []), BOT_USER]
    _store(slack, channel, message, reactions)
    return {}


async def remove(slack: Slack, args: Json) -> Json:
    """Takes the bot's emoji off a message."""
    channel, message, name = _found(slack, args)
    reactions = {one["name"]: one["users"] for one in message.get("reactions", [])}
    if BOT_USER not in reactions.get(name, []):
        raise Refused("no_reaction")
    reactions[name] = [user for user in reactions[name] if user != BOT_USER]
    _store(slack, channel, message, reactions)
    return {}


def _found(slack: Slack, args: Json) -> tuple[str, Json, str]:
    needed(args, "name")
    channel = channel_for(args.get("channel"))
    if BOT_USER not in CHANNELS[channel].members:
        raise Refused("not_in_channel")
    message = slack.messages.get(channel, str(args.get("timestamp") or ""))
    if message is None:
        raise Refused("message_not_found")
    return channel, message, str(args["name"]).strip(":")


def _store(slack: Slack, channel: str, message: Json, reactions: dict[str, list[str]]) -> None:
    told = [
        {"name": name, "users": users, "count": len(users)}
        for name, users in reactions.items()
        if users
    ]
    slack.messages.add(channel, {**message, "reactions": told})
    slack.tell(channel)
