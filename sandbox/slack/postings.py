"""What the bot says: checked, posted, changed, or shown to one person."""

from __future__ import annotations

import json

from sandbox.slack import hearing
from sandbox.slack.accepting import accepted_blocks
from sandbox.slack.messages import Ephemeral
from sandbox.slack.state import Slack
from sandbox.slack.tickets import ResponseUrl
from sandbox.slack.wire import Json, Refused, flag, invalid_arguments
from sandbox.slack.workspace import (
    APP,
    BOT,
    BOT_NAME,
    BOT_USER,
    PEOPLE,
    SLACKBOT,
    TEAM,
    UPDATED,
    picture,
)

MOST_TEXT = 40_000
MOST_MARKDOWN = 12_000
MOST_METADATA_BYTES = 8_000


def content(slack: Slack, args: Json) -> Json:
    """The text, blocks and attachments of a message, checked; refused when there is nothing."""
    text, blocks = args.get("text"), args.get("blocks")
    markdown = args.get("markdown_text")
    if markdown:
        if text or blocks:
            raise Refused("markdown_text_conflict")
        if not isinstance(markdown, str):
            raise invalid_arguments("must provide a string [json-pointer:/markdown_text]")
        if len(markdown) > MOST_MARKDOWN:
            raise Refused("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    if not text and not blocks and not args.get("attachments"):
        raise Refused("no_text")
    told: Json = {"text": str(text or "")[:MOST_TEXT]}
    if blocks:
        told["blocks"] = accepted_blocks(slack, blocks)
    if args.get("attachments"):
        if not isinstance(args["attachments"], list):
            raise Refused("invalid_attachments")
        told["attachments"] = [_attachment(slack, n, a) for n, a in enumerate(args["attachments"])]
    return told


def _attachment(slack: Slack, index: int, sent: Json) -> Json:
    if not isinstance(sent, dict):
        raise Refused("invalid_attachments")
    told = {"id": index + 1, **sent}
    if "blocks" in sent:
        told["blocks"] = accepted_blocks(slack, sent["blocks"])
    return told


def metadata_of(args: Json) -> Json:
    """The metadata of a message, as a part of it."""
    metadata = args.get("metadata")
    if not metadata:
        return {}
    shaped = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not shaped or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > MOST_METADATA_BYTES:
        raise Refused("metadata_too_large")
    return {"metadata": metadata}


def bot_message(slack: Slack, told: Json) -> Json:
    """A message by the bot with a new id."""
    return {
        "type": "message",
        "user": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "team": TEAM,
        "ts": slack.stamps.next(),
        "bot_profile": {
            "id": BOT,
            "app_id": APP,
            "user_id": BOT_USER,
            "name": BOT_NAME,
            "icons": {f"image_{size}": picture(BOT, size) for size in (36, 48, 72)},
            "deleted": False,
            "updated": UPDATED,
            "team_id": TEAM,
        },
        **told,
    }


def channel_for(slack: Slack, wanted: object) -> str:
    """The id of a channel given by id, by name, or by the person to write to."""
    name = str(wanted or "").removeprefix("#")
    if name in slack.channels:
        return name
    if name in PEOPLE and PEOPLE[name].dm in slack.channels:
        return PEOPLE[name].dm
    for channel in slack.channels.values():
        if channel.kind == "channel" and channel.name == name:
            return channel.id
    raise Refused("channel_not_found")


def where_bot_may_write(slack: Slack, wanted: object) -> str:
    """The channel's id, when the bot is in it."""
    channel = slack.channels[channel_for(slack, wanted)]
    inside = BOT_USER in channel.members
    if channel.private and not inside:
        raise Refused("channel_not_found")
    if channel.archived:
        raise Refused("is_archived")
    if channel.sort == "im" and not slack.manifest.messages_tab:
        raise Refused("messages_tab_disabled")
    public = "chat:write.public" in (slack.manifest.scopes or ())
    if not inside and not public:
        raise Refused("not_in_channel")
    return channel.id


def thread_of(slack: Slack, channel: str, args: Json) -> Json:
    """The thread a message goes to, as a part of it; only a parent has one."""
    ts = args.get("thread_ts")
    if ts in (None, ""):
        return {}
    if not isinstance(ts, str):
        raise Refused("invalid_thread_ts")
    parent = slack.messages.get(channel, ts)
    if parent is None or parent.get("thread_ts", ts) != ts:
        raise Refused("thread_not_found")
    replied: Json = {"thread_ts": ts, "parent_user_id": parent["user"]}
    if flag(args, "reply_broadcast"):
        root = {"ts": ts, "user": parent["user"], "text": parent["text"]}
        replied |= {"subtype": "thread_broadcast", "root": root}
    return replied


def post(slack: Slack, channel: str, told: Json) -> Json:
    """Posts a message by the bot."""
    message = bot_message(slack, told)
    slack.messages.add(channel, message)
    slack.tell(channel)
    clear_status(slack, channel, message)
    hearing.posted(slack, channel, message)
    return message


def clear_status(slack: Slack, channel: str, message: Json) -> None:
    """A message by the app takes its status in that thread away."""
    for thread in ((channel, str(message.get("thread_ts") or "")), (channel, message["ts"])):
        if slack.assistant.has_status(thread):
            slack.assistant.set_status(thread, "", ())
            tell_assistant(slack, thread)


def tell_assistant(slack: Slack, thread: tuple[str, str]) -> None:
    """What stands around a conversation has changed."""
    told = {"type": "assistant", "channel": thread[0], "thread_ts": thread[1]}
    slack.listeners.tell(slack.channels[thread[0]].members, told)


def change(slack: Slack, channel: str, old: Json, told: Json) -> Json:
    """Puts new content into a message; without blocks it loses the old ones and shows "edited"."""
    kept = {k: v for k, v in old.items() if k not in ("text", "blocks", "attachments", "edited")}
    message = {**kept, **told}
    if "blocks" not in told:
        message["edited"] = {"user": BOT_USER, "ts": slack.stamps.next()}
    slack.messages.add(channel, message)
    slack.tell(channel)
    hearing.changed(slack, channel, message, old)
    return message


def remove(slack: Slack, channel: str, message: Json) -> None:
    """Takes a message away."""
    slack.messages.remove(channel, message["ts"])
    slack.tell(channel)
    hearing.deleted(slack, channel, message)


def show_to(slack: Slack, channel: str, person: str, told: Json) -> Json:
    """Shows a message by the bot to one person."""
    message = {**bot_message(slack, told), "is_ephemeral": True}
    slack.messages.add_ephemeral(Ephemeral(channel, person, message))
    slack.listeners.tell([person], {"type": "message", "channel": channel})
    return message


def slackbot_says(slack: Slack, channel: str, person: str, text: str, thread: str = "") -> None:
    """What Slack itself tells one person, in the channel or in a thread."""
    ts = slack.stamps.next()
    message = {"type": "message", "user": SLACKBOT, "text": text, "ts": ts, "is_ephemeral": True}
    message |= {"thread_ts": thread} if thread else {}
    slack.messages.add_ephemeral(Ephemeral(channel, person, message))
    slack.listeners.tell([person], {"type": "message", "channel": channel})


def respond(slack: Slack, to: ResponseUrl, body: Json) -> None:
    """What an answer to a command or a click does: show, post, replace or delete."""
    original = to.original
    if flag(body, "delete_original") and original:
        _delete_original(slack, to, original)
        return
    told = content(slack, body)
    if flag(body, "replace_original") and original:
        _replace_original(slack, to, original, told)
        return
    told |= thread_of(slack, to.channel, body)
    if body.get("response_type") == "in_channel":
        post(slack, to.channel, told)
    else:
        show_to(slack, to.channel, to.person, told)


def _delete_original(slack: Slack, to: ResponseUrl, original: str) -> None:
    if slack.messages.get_ephemeral(original, to.person):
        slack.messages.remove_ephemeral(original)
        slack.listeners.tell([to.person], {"type": "message", "channel": to.channel})
    elif posted := slack.messages.get(to.channel, original):
        remove(slack, to.channel, posted)


def _replace_original(slack: Slack, to: ResponseUrl, original: str, told: Json) -> None:
    shown = slack.messages.get_ephemeral(original, to.person)
    posted = slack.messages.get(to.channel, original)
    if shown:
        kept = {k: v for k, v in shown.message.items() if k not in ("blocks", "attachments")}
        shown.message = {**kept, **told}
        slack.listeners.tell([to.person], {"type": "message", "channel": to.channel})
    elif posted:
        change(slack, to.channel, posted, told)
    else:
        raise Refused("message_not_found")
