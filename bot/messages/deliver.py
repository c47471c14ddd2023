"""Slack is made to show what is wanted: lane by lane, in order, each message once.

A try that fails in passing holds back what would be posted behind it and is made again later; a
change to what stands already waits for nobody. Whether a try whose answer was lost has arrived is
told by the message's key, which is looked for in the history.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.errors import NotDelivered
from bot.messages.drawn import Drawn, drawn_from, kinds_of
from bot.messages.words import Block
from bot.messages.workspace import SENDERS, BlocksRefused, Gone, Limited, Lost, Slack, call
from bot.store.canonical import instant, read_instant
from bot.store.hold import held_until, hold_off
from bot.store.said import (
    OTHERS,
    Said,
    Taken,
    give_up,
    lanes_due,
    now_says,
    said_under,
    take,
    try_again,
    waiting_in,
)
from bot.store.turn import turn_if_free

log = logging.getLogger("tieout.slack")

EVENT = "tieout_message"  # how our own messages are found again in a channel's history
WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)  # seconds to the next try; the last for all later
HUNG = 15.0  # seconds in which Slack may still do what it was too slow to answer
PATIENCE = timedelta(days=1)
APART = timedelta(minutes=5)  # clocks; requests signed further off are not listened to either
PAGE = 200


def deliver_due(slack: Slack) -> None:
    """Try whatever may be tried now, a few lanes at a time."""
    if lanes := lanes_due(slack.store, slack.clock()):
        with ThreadPoolExecutor(SENDERS) as senders:
            list(senders.map(partial(deliver, slack), lanes))


def deliver(slack: Slack, lane: str) -> Mapping[str, NotDelivered]:
    """Send what waits in this lane as far as Slack takes it now; what it refused for good, by key.

    Returns at once where somebody else is at it.
    """
    refused: dict[str, NotDelivered] = {}
    if not slack.senders.acquire(blocking=False):
        return refused
    try:
        with turn_if_free(slack.store, f"lane:{lane}") as mine:
            while mine and _went_along(slack, lane, refused):
                pass
    finally:
        slack.senders.release()
    return refused


def _went_along(slack: Slack, lane: str, refused: dict[str, NotDelivered]) -> bool:
    """Once along the lane; True where that got anything on, so that another look is worth it."""
    moved, held_back = False, False
    for waiting in waiting_in(slack.store, lane):
        if held_back and not waiting.posted:
            continue
        if waiting.next_try_at > instant(slack.clock()):
            held_back = held_back or not waiting.posted
            continue
        try:
            moved = _tried(slack, waiting.key) or moved
        except NotDelivered as why:
            if why.passing:
                held_back = held_back or not waiting.posted
            else:
                refused[waiting.key], moved = why, True
    return moved


def _tried(slack: Slack, key: str) -> bool:
    """Send one message; False where there was nothing to send."""
    taken = take(slack.store, key, slack.clock())
    if taken is None:
        return False
    try:
        said = _changed(slack, taken) if taken.ts else _posted(slack, taken)
    except Gone:  # somebody deleted it; there is nothing left to keep true
        give_up(slack.store, taken, "gone")
    except NotDelivered as why:
        _put_off(slack, taken, why)
        raise
    else:
        now_says(slack.store, key, said, slack.clock())
    return True


def _put_off(slack: Slack, taken: Taken, why: NotDelivered) -> None:
    now = slack.clock()
    late = now - read_instant(taken.wanted_at) > PATIENCE
    if late or not why.passing:
        log.error("message %s is given up: %s", taken.key, why)
        give_up(slack.store, taken, "refused")
        return
    wait, tries = WAITS[min(taken.tries, len(WAITS) - 1)], taken.tries + 1
    if isinstance(why, Limited):
        wait, tries = why.seconds, taken.tries
    elif isinstance(why, Lost) and why.hung:
        wait = max(wait, HUNG)
    log.info("message %s waits: %s; again in %.3g s", taken.key, why, wait)
    at, arrived = now + timedelta(seconds=wait), isinstance(why, Lost)
    try_again(slack.store, taken, at, tries, arrived=arrived)


def _changed(slack: Slack, taken: Taken) -> Said:
    place = {"channel": taken.channel, "ts": taken.ts}
    _said(slack, "chat.update", slack.client.chat_update, place, drawn_from(taken.body))
    return Said(taken.channel, taken.ts, taken.body_hash)


def _posted(slack: Slack, taken: Taken) -> Said:
    """Posted in its place; what answers a message that was deleted since stands by itself."""
    parent = _answered(slack, taken)
    if taken.parent and parent is None:
        raise NotDelivered("what it answers is not there yet")
    if parent is None:
        return _posted_in(slack, taken, taken.channel, None)
    try:
        return _posted_in(slack, taken, parent.channel, parent.ts)
    except NotDelivered as why:
        if str(why) != "thread_not_found":
            raise
        return _posted_in(slack, taken, parent.channel, None)


def _answered(slack: Slack, taken: Taken) -> Said | None:
    """The message in whose thread it belongs, where that stands."""
    if taken.parent.startswith(OTHERS):
        return Said(taken.channel, taken.parent.removeprefix(OTHERS), "")
    return said_under(slack.store, taken.parent) if taken.parent else None


def _posted_in(slack: Slack, taken: Taken, channel: str, thread: str | None) -> Said:
    """Posted now, or by an earlier try that may have got this far and no further."""
    if taken.tried_at and (found := _in_history(slack, taken, channel, thread)):
        return found
    place: dict[str, Any] = {
        "channel": channel,
        "thread_ts": thread,
        "metadata": {"event_type": EVENT, "event_payload": {"key": taken.key}},
        "unfurl_links": False,
        "unfurl_media": False,
    }
    what = f"chat.postMessage {channel}"
    done = _said(slack, what, slack.client.chat_postMessage, place, drawn_from(taken.body))
    return Said(str(done["channel"]), str(done["ts"]), taken.body_hash)


def _said(
    slack: Slack, what: str, method: Callable[..., Any], place: Mapping[str, Any], drawn: Drawn
) -> Any:  # Slack's answer
    """Said as it was drawn; kinds of block that Slack refuses are replaced, at last all of them."""
    refused: set[str] = set()
    for plainest in (False, False, True):
        blocks = drawn.plain if plainest else drawn.blocks_without(slack.unknown | refused)
        try:
            return _asked(slack, what, method, **place, text=drawn.text, blocks=blocks)
        except BlocksRefused as error:
            log.warning("Slack refuses blocks: %s", error)
            refused |= kinds_of(_at(blocks, error.at))
            slack.unknown.update(kinds_of(_at(blocks, error.unknown)))
    raise NotDelivered("invalid_blocks", passing=False)


def _at(blocks: list[Block], places: Iterable[int]) -> list[Block]:
    return [blocks[at] for at in places if at < len(blocks)]


def _in_history(slack: Slack, taken: Taken, channel: str, thread: str | None) -> Said | None:
    """The message of an earlier try, known by its key; what it says is not known."""
    if channel.startswith(("U", "W")):
        opened = _asked(slack, "conversations.open", slack.client.conversations_open, users=channel)
        channel = str(opened["channel"]["id"])
    for old in _history(slack, channel, thread, read_instant(taken.tried_at) - APART):
        if old.get("metadata", {}).get("event_payload", {}).get("key") == taken.key:
            return Said(channel, str(old["ts"]), "")
    return None


def _history(
    slack: Slack, channel: str, thread: str | None, since: datetime
) -> Iterator[Mapping[str, Any]]:
    """What was said in the channel or the thread since then, page after page."""
    asked: dict[str, Any] = {
        "channel": channel,
        "ts": thread,
        "oldest": f"{int(since.timestamp())}.000000",
        "limit": PAGE,
        "include_all_metadata": True,
    }
    client = slack.client
    name = "conversations.replies" if thread else "conversations.history"
    method = client.conversations_replies if thread else client.conversations_history
    while True:
        page = _asked(slack, name, method, **asked)
        yield from page.get("messages") or ()
        asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            return


def _asked(slack: Slack, what: str, method: Callable[..., Any], **said: Any) -> Any:
    """A call, unless Slack asked everybody to wait with such calls; then it does not leave."""
    until, now = held_until(slack.store, what), slack.clock()
    if until and until > now:
        raise Limited("Slack asks to wait", (until - now).total_seconds())
    try:
        return call(method, **said)
    except Limited as limited:
        hold_off(slack.store, what, now + timedelta(seconds=limited.seconds))
        raise
