"""chat.*: post, change, delete, show to one person, link."""

from __future__ import annotations

from sandbox.slack.postings import (
    change,
    channel_for,
    content,
    metadata_of,
    post,
    remove,
    show_to,
    thread_of,
    where_bot_may_write,
)
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, needed
from sandbox.slack.workspace import BOT_USER, PEOPLE, TEAM_DOMAIN

MOST_UPDATED_TEXT = 4_000


async def post_message(slack: Slack, args: Json) -> Json:
    """Posts to a channel, a thread or a person."""
    channel = where_bot_may_write(slack, args.get("channel"))
    told = content(slack, args) | metadata_of(args) | thread_of(slack, channel, args)
    message = post(slack, channel, told)
    return {"channel": channel, "ts": message["ts"], "message": message}


async def update(slack: Slack, args: Json) -> Json:
    """Puts new content into a message of the bot; a real channel id is needed."""
    channel, old = _own_message(args, slack, "cant_update_message")
    if slack.streams.is_open(channel, old["ts"]):
        raise Refused("streaming_state_conflict")
    told = content(slack, args)
    if len(str(args.get("text") or "")) > MOST_UPDATED_TEXT:
        raise Refused("msg_too_long")
    if "metadata" in args:
        old = {name: value for name, value in old.items() if name != "metadata"}
    message = change(slack, channel, old, told | metadata_of(args))
    return {
        "channel": channel,
        "ts": message["ts"],
        "text": message["text"],
        "message": slack.messages.with_counters(channel, message),
    }


async def delete(slack: Slack, args: Json) -> Json:
    """Takes a message of the bot away."""
    channel, old = _own_message(args, slack, "cant_delete_message")
    remove(slack, channel, old)
    return {"channel": channel, "ts": old["ts"]}


async def post_ephemeral(slack: Slack, args: Json) -> Json:
    """Shows a message to one person in a channel."""
    needed(args, "user")
    channel = where_bot_may_write(slack, args.get("channel"))
    person = str(args["user"])
    if person not in PEOPLE or person not in slack.channels[channel].members:
        raise Refused("user_not_in_channel")
    told = content(slack, args) | thread_of(slack, channel, args)
    return {"message_ts": show_to(slack, channel, person, told)["ts"]}


async def get_permalink(slack: Slack, args: Json) -> Json:
    """The address of a message."""
    needed(args, "channel", "message_ts")
    channel = channel_for(slack, args["channel"])
    message = slack.messages.get(channel, str(args["message_ts"]))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel}/p{message['ts'].replace('.', '')}"
    thread = message.get("thread_ts", message["ts"])
    if thread != message["ts"]:
        link += f"?thread_ts={thread}&cid={channel}"
    return {"channel": channel, "permalink": link}


def _own_message(args: Json, slack: Slack, otherwise: str) -> tuple[str, Json]:
    channel = args.get("channel")
    if str(channel) not in slack.channels:
        raise Refused("channel_not_found")
    message = slack.messages.get(str(channel), str(args.get("ts") or ""))
    if message is None:
        raise Refused("message_not_found")
    if message["user"] != BOT_USER:
        raise Refused(otherwise)
    return str(channel), message
