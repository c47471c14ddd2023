"""Posting and updating, each message once: a key says which message it is, the store where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import httpx

from bot.errors import NotDelivered
from bot.messages.message import Message
from bot.messages.render import blocks_of, plain_blocks_of, text_of
from bot.messages.words import Block
from bot.messages.workspace import BlocksRefused, Gone, Slack, call
from bot.store.said import Said, about_to_say, now_says, said_under

EVENT = "tieout_message"  # how our own messages are found again in a channel's history


def post(slack: Slack, key: str, channel: str, message: Message, *, about: str = "") -> None:
    """The message under this key, posted if it was not yet; the same key never posts twice."""
    _once(slack, key, channel, message, about, thread=None)


def reply(slack: Slack, key: str, to: str, message: Message) -> None:
    """A message in the thread of the one under the other key, once."""
    if parent := said_under(slack.store, to):
        _once(slack, key, parent.channel, message, "", thread=parent.ts)


def stands(slack: Slack, key: str) -> bool:
    """Whether the message under this key was posted."""
    return said_under(slack.store, key) is not None


def change(slack: Slack, key: str, message: Message) -> None:
    """The message under this key now says this; saying the same again costs no call."""
    said = said_under(slack.store, key)
    if said is None or said.body_hash == _hash(message):
        return
    place = {"channel": said.channel, "ts": said.ts, "text": text_of(message)}
    try:
        call(slack.client.chat_update, **place, blocks=blocks_of(message))
    except BlocksRefused:
        call(slack.client.chat_update, **place, blocks=plain_blocks_of(message))
    except Gone:  # somebody deleted it; there is nothing left to keep true
        return
    now_says(slack.store, key, replace(said, body_hash=_hash(message)))


def whisper(response_url: str, text: str) -> None:
    """A sentence only the person who typed or tapped sees; the message it came from stays."""
    body = {"text": text, "response_type": "ephemeral", "replace_original": False}
    try:
        reply = httpx.post(response_url, json=body, timeout=10)
    except httpx.TransportError as error:
        raise NotDelivered("Slack did not answer") from error
    if reply.is_server_error:
        raise NotDelivered(f"Slack answered {reply.status_code}")


def whisper_in(slack: Slack, channel: str, user: str, text: str) -> None:
    """A sentence only this person sees in the channel, where no response URL came with a window."""
    call(slack.client.chat_postEphemeral, channel=channel, user=user, text=text)


def direct_channel(slack: Slack, user: str) -> str:
    """The direct conversation with a person."""
    return str(call(slack.client.conversations_open, users=user)["channel"]["id"])


def _once(
    slack: Slack, key: str, channel: str, message: Message, about: str, *, thread: str | None
) -> None:
    if said_under(slack.store, key):
        return
    first = about_to_say(slack.store, key, channel, about, slack.clock())
    said = None if first else _in_history(slack, key, channel, thread)
    now_says(slack.store, key, said or _posted(slack, key, channel, message, thread))


def _posted(slack: Slack, key: str, channel: str, message: Message, thread: str | None) -> Said:
    """Posted now; where Slack refuses a block it may not know yet, said again without it."""
    said: dict[str, Any] = {
        "channel": channel,
        "text": text_of(message),
        "metadata": {"event_type": EVENT, "event_payload": {"key": key}},
        "unfurl_links": False,
        "unfurl_media": False,
        "thread_ts": thread,
    }
    try:
        done = call(slack.client.chat_postMessage, **said, blocks=blocks_of(message))
    except BlocksRefused:
        done = call(slack.client.chat_postMessage, **said, blocks=plain_blocks_of(message))
    return Said(str(done["channel"]), str(done["ts"]), _hash(message))


def _in_history(slack: Slack, key: str, channel: str, thread: str | None) -> Said | None:
    """An earlier try may have posted it and died before keeping where; its key is on it."""
    asked: dict[str, Any] = {"channel": channel, "limit": 100, "include_all_metadata": True}
    said = (
        call(slack.client.conversations_replies, **asked, ts=thread)
        if thread
        else call(slack.client.conversations_history, **asked)
    )
    for old in said["messages"]:
        if old.get("metadata", {}).get("event_payload", {}).get("key") == key:
            return Said(channel, str(old["ts"]), "")
    return None


def _hash(message: Message) -> str:
    said: list[Block | str] = [text_of(message), *blocks_of(message)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
