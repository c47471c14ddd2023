"""chat.scheduleMessage and its list: said now, posted later."""

from __future__ import annotations

from sandbox.slack.methods.conversations import page
from sandbox.slack.postings import (
    bot_message,
    content,
    metadata_of,
    thread_of,
    where_bot_may_write,
)
from sandbox.slack.scheduled import Waiting
from sandbox.slack.stamps import made_up_id
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, needed, number


async def schedule(slack: Slack, args: Json) -> Json:
    """Puts a message aside until its time."""
    needed(args, "channel", "post_at")
    channel = where_bot_may_write(slack, args["channel"])
    told = content(slack, args) | metadata_of(args) | thread_of(slack, channel, args)
    created = int(slack.clock().timestamp())
    waiting = Waiting(made_up_id("Q"), channel, _post_at(args), created, told)
    slack.scheduled.add(waiting)
    shown = {k: v for k, v in bot_message(slack, told).items() if k != "ts"}
    return {
        "channel": channel,
        "scheduled_message_id": waiting.id,
        "post_at": waiting.post_at,
        "message": {**shown, "type": "delayed_message"},
    }


async def delete(slack: Slack, args: Json) -> Json:
    """Takes a waiting message back."""
    needed(args, "channel", "scheduled_message_id")
    slack.scheduled.take(str(args["scheduled_message_id"]), str(args["channel"]))
    return {}


async def list_scheduled(slack: Slack, args: Json) -> Json:
    """What waits, soonest first, in pages."""
    channel = str(args.get("channel") or "") or None
    if channel and channel not in slack.channels:
        raise Refused("invalid_channel")
    oldest, latest = number(args, "oldest", 0), number(args, "latest", 10**12)
    waiting = [w for w in slack.scheduled.of(channel) if oldest <= w.post_at <= latest]
    shown, cursor = page(waiting, args, 100)
    return {
        "scheduled_messages": [
            {
                "id": one.id,
                "channel_id": one.channel,
                "post_at": one.post_at,
                "date_created": one.created,
                "text": one.told["text"],
            }
            for one in shown
        ],
        "response_metadata": {"next_cursor": cursor},
    }


def _post_at(args: Json) -> int:
    try:
        return int(str(args["post_at"]))
    except ValueError:
        raise Refused("invalid_time") from None
