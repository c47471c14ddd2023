"""Saying something in Slack: noted first, under a key that says which message it is, then sent.

What is noted is sent once, however often it is asked for and whatever goes wrong on the way. Where
Slack does not take it now it waits in its lane (see `deliver.py`), and whoever asked goes on.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta

import httpx

from bot.errors import NotDelivered
from bot.messages.deliver import deliver
from bot.messages.drawn import body_of, hash_of
from bot.messages.message import Message, Paragraph
from bot.messages.pictures import arrived, fetch, known_files
from bot.messages.render import pictures_of
from bot.messages.sentences import in_line
from bot.messages.workspace import Slack, call
from bot.store import said
from bot.store.said import (
    OTHERS,
    Body,
    Place,
    changed_since,
    lane_of,
    place_of,
    refused_at,
    says,
    want_changed,
    want_posted,
)

PICTURES = 2.0  # seconds a message waits for its pictures; later they are added to it


def post(
    slack: Slack, key: str, channel: str, message: Message, *, about: str = "", soon: bool = False
) -> None:
    """The message under this key in a channel or to a person; the same key never posts twice.

    `soon` leaves it to the next round, and to what it is to say by then. Raises NotDelivered
    where Slack refuses it for good; what passes is no concern of the caller's.
    """
    _post(slack, key, Place(channel, about=about), message, soon=soon)


def reply(slack: Slack, key: str, to: str, message: Message) -> None:
    """A message in the thread of the one under the other key, once, and after that one.

    Where somebody deleted that one it stands by itself.
    """
    if above := place_of(slack.store, to):
        _post(slack, key, Place(above.channel, above.parent or to), message, soon=False)
    elif gone := said.said_under(slack.store, to):
        _post(slack, key, Place(gone.channel), message, soon=False)


def answer(slack: Slack, key: str, channel: str, ts: str, message: Message) -> None:
    """A message in the thread of one that somebody else wrote, once."""
    _post(slack, key, Place(channel, f"{OTHERS}{ts}"), message, soon=False)


def change(slack: Slack, key: str, message: Message, *, soon: bool = False) -> None:
    """The message under this key is to say this; the latest counts, and the same costs no call.

    `soon` leaves it to the next round: of many words of progress few are sent. Without it, what
    Slack refused before is posted once more; raises NotDelivered where it still does not take it.
    """
    if not soon and (place := refused_at(slack.store, key)):
        _post(slack, key, place, message, soon=False)
        return
    if says(slack.store, key, hash_of(message, known_files(slack, pictures_of(message)))):
        return
    coming = None if soon else _coming(slack, message)
    body = _body(slack, message, coming)
    if want_changed(slack.store, key, body, slack.clock()) and not soon:
        push(slack, key)
    _add_pictures(slack, key, message, body, coming)


def push(slack: Slack, *keys: str) -> None:
    """Try now what waits in the lanes of these messages; NotDelivered where Slack refuses one."""
    refused: dict[str, NotDelivered] = {}
    for lane in dict.fromkeys(lane_of(slack.store, key) for key in keys):
        refused.update(deliver(slack, lane))
    for key in keys:
        if key in refused:
            raise refused[key]


def stands(slack: Slack, key: str) -> bool:
    """Whether the message under this key was posted, or is on its way."""
    return place_of(slack.store, key) is not None


def keys_about(slack: Slack, about: str, beginning: str) -> tuple[str, ...]:
    """The keys, of those that begin so, of what was said about something, the first one first."""
    return said.keys_about(slack.store, about, beginning)


def changed_within(slack: Slack, key: str, time: timedelta) -> bool:
    """Whether it was last asked to say something else less than this time ago."""
    return changed_since(slack.store, key, slack.clock() - time)


def whisper(response_url: str, text: str | Paragraph) -> None:
    """A sentence only the person who typed or tapped sees; the message it came from stays.

    Raises NotDelivered where the address takes it no more.
    """
    body = {"text": in_line(text), "response_type": "ephemeral", "replace_original": False}
    try:
        reply = httpx.post(response_url, json=body, timeout=10)
    except httpx.TransportError as error:
        raise NotDelivered("Slack did not answer") from error
    if not reply.is_success:
        raise NotDelivered(f"Slack answered {reply.status_code}", passing=reply.is_server_error)


def direct_channel(slack: Slack, user: str) -> str:
    """The direct conversation with a person."""
    return str(call(slack.client.conversations_open, users=user)["channel"]["id"])


def _post(slack: Slack, key: str, place: Place, message: Message, *, soon: bool) -> None:
    coming = None if soon else _coming(slack, message)
    body = _body(slack, message, coming)
    want_posted(slack.store, key, place, body, slack.clock())
    if not soon:
        push(slack, key)
    _add_pictures(slack, key, message, body, coming)


def _coming(slack: Slack, message: Message) -> Future[dict[str, str]] | None:
    """The pictures that Slack does not have yet, on their way."""
    parts = pictures_of(message)
    missing = len(known_files(slack, parts)) < len(parts)
    return fetch(slack, parts) if missing else None


def _body(slack: Slack, message: Message, coming: Future[dict[str, str]] | None) -> Body:
    files = arrived(coming, PICTURES) if coming else None
    return body_of(message, files or known_files(slack, pictures_of(message)))


def _add_pictures(
    slack: Slack, key: str, message: Message, body: Body, coming: Future[dict[str, str]] | None
) -> None:
    """The pictures that come too late are put in when they come; whoever said it goes on.

    Not where it is to say something else by then. A process that ends before leaves it without:
    every figure of a picture is in the message in words too.
    """
    if coming is None:
        return

    def put_in(arriving: Future[dict[str, str]]) -> None:
        files = arrived(arriving, 0)
        whole = body_of(message, files) if files else body
        if whole != body and want_changed(
            slack.store, key, whole, slack.clock(), instead_of=body.hash
        ):
            deliver(slack, lane_of(slack.store, key))

    coming.add_done_callback(put_in)
