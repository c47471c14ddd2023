"""conversations.*: channels, their members and their history, in pages."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.slack import hearing
from sandbox.slack.messages import without_metadata
from sandbox.slack.state import Slack, missing_scope
from sandbox.slack.wire import Json, Refused, flag, needed, number
from sandbox.slack.workspace import BOT_USER, PEOPLE, Channel, channel_object

T = TypeVar("T")
MOST_PER_PAGE = 999
SORTS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


async def open_conversation(slack: Slack, args: Json) -> Json:
    """The direct message with one person."""
    if not slack.manifest.allows("im:write"):
        raise missing_scope(slack, "im:write")
    if args.get("channel"):
        return _opened(slack, _visible(slack, args, "read"), args)
    needed(args, "users")
    people = [user for user in str(args["users"]).split(",") if user]
    if BOT_USER in people:
        raise Refused("cannot_dm_bot")
    if any(user not in PEOPLE or PEOPLE[user].stranger for user in people):
        raise Refused("user_not_found")
    if len(people) > 1:
        raise Refused("method_not_supported_for_channel_type")
    return _opened(slack, slack.channels[PEOPLE[people[0]].dm], args)


def _opened(slack: Slack, channel: Channel, args: Json) -> Json:
    """The conversation, and whether it was open: opened before, or written in."""
    again = slack.open_again(channel.id) or bool(slack.messages.top(channel.id))
    told = channel_object(channel) if flag(args, "return_im") else {"id": channel.id}
    return ({"no_op": True, "already_open": True} if again else {}) | {"channel": told}


async def info(slack: Slack, args: Json) -> Json:
    """One channel."""
    return {"channel": channel_object(_visible(slack, args, "read"))}


async def join(slack: Slack, args: Json) -> Json:
    """Brings the bot into a public channel."""
    channel = _channel(slack, args)
    if channel.sort != "channels":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if BOT_USER in channel.members:
        warnings = {"warnings": ["already_in_channel"]}
        return {"channel": channel_object(channel), "warning": "already_in_channel",
                "response_metadata": warnings}  # fmt: skip
    bring(slack, channel.id, BOT_USER, BOT_USER)
    return {"channel": channel_object(slack.channels[channel.id])}


async def leave(slack: Slack, args: Json) -> Json:
    """Takes the bot out of a channel."""
    scopes = {"channels": "channels:manage", "groups": "groups:write"}
    channel = _channel(slack, args)
    if channel.sort not in scopes:
        raise Refused("method_not_supported_for_channel_type")
    if not slack.manifest.allows(scopes[channel.sort]):
        raise missing_scope(slack, scopes[channel.sort])
    if BOT_USER not in channel.members:
        return {"not_in_channel": True}
    take_out(slack, channel.id, BOT_USER, BOT_USER)
    return {}


def bring(slack: Slack, channel: str, user: str, by: str) -> None:
    """Makes somebody a member, and the bot hears of it."""
    slack.bring(channel, user)
    slack.tell(channel)
    hearing.moved(slack, channel, user, "member_joined_channel", by)


def take_out(slack: Slack, channel: str, user: str, by: str) -> None:
    """Takes somebody out, and the bot hears of it."""
    slack.tell(channel)
    slack.take_out(channel, user)
    hearing.moved(slack, channel, user, "member_left_channel", by)


async def list_conversations(slack: Slack, args: Json) -> Json:
    """Channels of the asked-for kinds, in pages."""
    kinds = [SORTS.get(kind, "") for kind in str(args.get("types") or "public_channel").split(",")]
    if not all(kinds):
        raise Refused("invalid_types")
    for sort in kinds:
        if not slack.manifest.allows(f"{sort}:read"):
            raise missing_scope(slack, f"{sort}:read")
    without_archived = flag(args, "exclude_archived")
    wanted = [
        channel_object(channel)
        for channel in slack.channels.values()
        if channel.sort in kinds
        and (channel.sort == "channels" or BOT_USER in channel.members)
        and not (channel.archived and without_archived)
    ]
    channels, cursor = page(wanted, args, 100)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


async def members(slack: Slack, args: Json) -> Json:
    """Who is in a channel, in pages."""
    people, cursor = page(_visible(slack, args, "read").members, args, 100)
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


async def history(slack: Slack, args: Json) -> Json:
    """A channel's messages, newest first, without thread replies."""
    channel = _readable(slack, args)
    newest = list(reversed(_between(slack.messages.top(channel.id), args)))
    return _told(newest, args, 100)


async def replies(slack: Slack, args: Json) -> Json:
    """A thread, its parent first, then replies oldest first."""
    needed(args, "ts")
    channel = _readable(slack, args)
    ts = str(args["ts"])
    message = slack.messages.get(channel.id, ts)
    if message is None:
        raise Refused("thread_not_found")
    thread = slack.messages.thread(channel.id, message.get("thread_ts", ts))
    return _told(_between(thread, args), args, 1000)


def page(everything: Sequence[T], args: Json, usual: int) -> tuple[list[T], str]:
    """One page and the cursor of the next; an empty cursor means there is none."""
    size = min(max(number(args, "limit", usual), 1), MOST_PER_PAGE)
    start = _position(args.get("cursor"))
    end = start + size
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(everything) else ""
    return list(everything[start:end]), cursor


def _position(cursor: object) -> int:
    if not cursor:
        return 0
    try:
        word, _, start = base64.b64decode(str(cursor), validate=True).decode().partition(":")
        if word == "next":
            return int(start)
    except ValueError:
        raise Refused("invalid_cursor") from None
    raise Refused("invalid_cursor")


def _told(messages: list[Json], args: Json, usual: int) -> Json:
    shown, cursor = page(messages, args, usual)
    if not flag(args, "include_all_metadata"):
        shown = [without_metadata(message) for message in shown]
    told: Json = {"messages": shown, "has_more": bool(cursor)}
    return told | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _between(messages: list[Json], args: Json) -> list[Json]:
    """Messages after `oldest` and before `latest`; the ends themselves only when inclusive."""
    oldest, latest = str(args.get("oldest") or ""), str(args.get("latest") or "")
    inclusive = flag(args, "inclusive")

    def inside(ts: str) -> bool:
        if inclusive and ts in (oldest, latest):
            return True
        return (not oldest or _order(ts) > _order(oldest)) and (
            not latest or _order(ts) < _order(latest)
        )

    return [message for message in messages if inside(message["ts"])]


def _order(ts: str) -> tuple[int, int]:
    """A `ts` to compare by; never a float, which would lose digits."""
    seconds, _, micros = ts.partition(".")
    try:
        return int(seconds), int(micros.ljust(6, "0") or 0)
    except ValueError:
        raise Refused("invalid_ts_oldest") from None


def _channel(slack: Slack, args: Json) -> Channel:
    """A channel the bot may know of; a private one it is not in does not exist for it."""
    channel = slack.channels.get(str(args.get("channel")))
    if channel is None or (channel.private and BOT_USER not in channel.members):
        raise Refused("channel_not_found")
    return channel


def _visible(slack: Slack, args: Json, what: str) -> Channel:
    """A channel and the scope of its kind for what is asked: read or history."""
    channel = _channel(slack, args)
    scope = f"{channel.sort}:{what}"
    if not slack.manifest.allows(scope):
        raise missing_scope(slack, scope)
    return channel


def _readable(slack: Slack, args: Json) -> Channel:
    """A channel whose history may be read: the scope of its kind, and membership."""
    channel = _visible(slack, args, "history")
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    return channel
