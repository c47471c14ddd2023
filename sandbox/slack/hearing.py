"""What the bot hears: posted, changed and deleted messages, mentions, reactions, who came in."""

from __future__ import annotations

from sandbox.slack.delivery import deliver_event
from sandbox.slack.messages import without_metadata
from sandbox.slack.payloads import event
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json
from sandbox.slack.workspace import BOT_USER, Channel

SORTS = {"im": "im", "channels": "channel", "groups": "group"}


def of_message(slack: Slack, channel: Channel, message: Json) -> list[Json]:
    """The events of a new message: its own, and a mention when the bot is named."""
    told = {**_plain(message), "channel": channel.id, "event_ts": message["ts"]}
    heard = []
    if hears_messages(slack, channel):
        heard.append({**told, "channel_type": SORTS[channel.sort]})
    mentioned = f"<@{BOT_USER}>" in message["text"] and channel.sort != "im"
    if mentioned and _hears(slack, channel, "app_mention"):
        heard.append({**told, "type": "app_mention"})
    return heard


def hears_messages(slack: Slack, channel: Channel) -> bool:
    """Whether the bot is told of messages here: its own channels, its own subscriptions."""
    return _hears(slack, channel, f"message.{channel.sort}")


async def tell_all(slack: Slack, channel: Channel, inner: list[Json]) -> None:
    """Delivers events one after the other."""
    for one in inner:
        await deliver_event(slack, event(slack, one, shared=channel.shared))


def tell_later(slack: Slack, channel: Channel, *inner: Json) -> None:
    """Delivers events while nobody waits for them."""
    if inner and slack.heard:
        slack.later(tell_all(slack, channel, list(inner)))


def posted(slack: Slack, channel_id: str, message: Json) -> None:
    """The bot's own message comes back to it, as everything said in its channels does."""
    channel = slack.channels[channel_id]
    tell_later(slack, channel, *of_message(slack, channel, message))


def changed(slack: Slack, channel_id: str, new: Json, old: Json) -> None:
    """A message has other content now."""
    _hidden(slack, channel_id, "message_changed", {"message": _plain(new)}, old)


def deleted(slack: Slack, channel_id: str, old: Json) -> None:
    """A message is gone."""
    _hidden(slack, channel_id, "message_deleted", {"deleted_ts": old["ts"]}, old)


def reacted(slack: Slack, channel_id: str, message: Json, who: str, name: str, kind: str) -> None:
    """Somebody put an emoji on a message or took it off; `kind` names the event."""
    channel = slack.channels[channel_id]
    if _hears(slack, channel, kind):
        item = {"type": "message", "channel": channel_id, "ts": message["ts"]}
        told = {"type": kind, "user": who, "reaction": name, "item_user": message["user"]}
        tell_later(slack, channel, {**told, "item": item, "event_ts": slack.stamps.next()})


def moved(slack: Slack, channel_id: str, user: str, kind: str, by: str) -> None:
    """Somebody came into a channel or left it; `kind` names the event."""
    channel = slack.channels[channel_id]
    if slack.manifest.hears(kind) and (BOT_USER in channel.members or user == BOT_USER):
        sort = "G" if channel.private else "C"
        told = {"type": kind, "user": user, "channel": channel_id, "channel_type": sort}
        inviter = {} if by == user else {"inviter": by}
        stamp = {"event_ts": slack.stamps.next()}
        tell_later(slack, channel, told | inviter | stamp)


def _hidden(slack: Slack, channel_id: str, subtype: str, told: Json, old: Json) -> None:
    channel = slack.channels[channel_id]
    if hears_messages(slack, channel):
        ts = slack.stamps.next()
        where = {"channel": channel_id, "channel_type": SORTS[channel.sort], "hidden": True}
        inner = {"type": "message", "subtype": subtype, "previous_message": _plain(old)}
        tell_later(slack, channel, {**inner, **told, **where, "ts": ts, "event_ts": ts})


def _hears(slack: Slack, channel: Channel, name: str) -> bool:
    return BOT_USER in channel.members and slack.manifest.hears(name)


def _plain(message: Json) -> Json:
    return without_metadata(message)
