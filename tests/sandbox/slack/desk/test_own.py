"""What people do to messages, and what the bot hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.slack.office import ANA, BEN, BOT, FINANCE, OLD_PLAN, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def heard(office: Office, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first event like this, once it was delivered."""
    for _ in range(200):
        for line in await office.deliveries("event"):
            if fits(line["body"]["event"]):
                return dict(line["body"]["event"])
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def test_an_edit_and_a_deletion_are_told_with_what_was_before(shared: Office) -> None:
    ts = (await shared.type("Cash is 4 M"))["ts"]
    where = {"channel": FINANCE, "message_ts": ts}

    assert await shared.desk("edit", **where, text="Cash is 5 M") == {"ok": True}
    [shown] = [m for m in await shared.sees() if m["ts"] == ts]
    changed = await heard(shared, lambda e: e.get("message", {}).get("ts") == ts)
    assert await shared.desk("delete", **where) == {"ok": True}
    deleted = await heard(shared, lambda e: e.get("deleted_ts") == ts)

    assert (shown["text"], shown["edited"]["user"]) == ("Cash is 5 M", ANA)
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == (
        "Cash is 4 M",
        "Cash is 5 M",
    )
    assert (deleted["subtype"], deleted["previous_message"]["text"]) == (
        "message_deleted",
        "Cash is 5 M",
    )
    assert ts not in [m["ts"] for m in await shared.sees()]


async def test_nobody_changes_what_others_said(shared: Office) -> None:
    where = {"channel": FINANCE, "message_ts": (await shared.type("mine"))["ts"], "who": BEN}

    assert (await shared.desk("edit", **where, text="x"))["error"] == "cant_update_message"
    assert (await shared.desk("delete", **where))["error"] == "cant_delete_message"
    assert (await shared.desk("delete", **{**where, "message_ts": "1.0"}))["error"] == (
        "message_not_found"
    )


async def test_an_emoji_goes_on_and_off_and_the_bot_hears_both(shared: Office) -> None:
    ts = await shared.post()
    where = {"channel": FINANCE, "message_ts": ts, "name": ":eyes:"}

    assert await shared.desk("react", **where) == {"ok": True}
    on = await shared.call("reactions.get", channel=FINANCE, timestamp=ts)
    await shared.desk("react", **where)
    off = await shared.call("reactions.get", channel=FINANCE, timestamp=ts)
    event = await heard(shared, lambda e: e["type"] == "reaction_removed" and e["item"]["ts"] == ts)

    assert on["message"]["reactions"] == [{"name": "eyes", "users": [ANA], "count": 1}]
    assert "reactions" not in off["message"]
    assert (event["user"], event["reaction"], event["item_user"]) == (ANA, "eyes", BOT)
    assert (await shared.desk("react", **{**where, "name": "No Name"}))["error"] == "invalid_name"


async def test_what_others_said_is_unread_until_it_is_marked(shared: Office) -> None:
    async def finance(who: str) -> dict[str, Any]:
        channels = (await shared.look("state", who))["channels"]
        return next(channel for channel in channels if channel["id"] == FINANCE)

    before = (await finance(BEN))["unread"]
    ts = (await shared.type("news", who=ANA))["ts"]
    after = await finance(BEN)
    marked = await shared.desk("mark", who=BEN, channel=FINANCE, ts=ts)

    assert (after["unread"], after["latest"]) == (before + 1, ts)
    assert marked == {"ok": True}
    assert ((await finance(BEN))["unread"], (await finance(BEN))["last_read"]) == (0, ts)


async def test_an_archived_channel_can_only_be_read(shared: Office) -> None:
    assert (await shared.type("x", channel=OLD_PLAN))["error"] == "is_archived"
    assert await shared.error("chat.postMessage", channel=OLD_PLAN, text="x") == "is_archived"
    assert (await shared.look("messages", channel=OLD_PLAN))["messages"] == []
