"""What the bot hears of what is said: its own words too, only what it asked for and may read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.slack.office import BEN, BOT, CLOSE, FINANCE, ORBIT, Office, open_office

pytestmark = pytest.mark.asyncio

MANIFEST = """
settings:
  event_subscriptions:
    bot_events: [message.channels, message.groups, message.im, app_mention]
oauth_config:
  scopes:
    bot: [chat:write, channels:history, im:history, app_mentions:read]
"""


def manifest(folder: Path) -> Path:
    path = folder / "manifest.yml"
    path.write_text(MANIFEST)
    return path


async def heard(office: Office, count: int) -> list[dict[str, Any]]:
    """The first so many events, each once, in the order of their ids' first delivery."""
    bodies: dict[str, dict[str, Any]] = {}
    for _ in range(200):
        for line in await office.deliveries("event"):
            bodies.setdefault(line["body"]["event_id"], line["body"])
        if len(bodies) >= count:
            break
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)  # nothing more comes
    assert len(bodies) == count
    return list(bodies.values())


async def test_the_bots_own_words_come_back_to_it_with_its_bot_id(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path)) as office:
        ts = await office.post("4.21 M")
        await office.call("chat.update", channel=FINANCE, ts=ts, text="4.22 M")
        await office.call("chat.delete", channel=FINANCE, ts=ts)
        posted, changed, deleted = (body["event"] for body in await heard(office, 3))

    assert (posted["user"], posted["bot_id"], posted["channel_type"]) == (
        BOT,
        "B00TIEOUT",
        "channel",
    )
    assert (posted["channel"], posted["event_ts"]) == (FINANCE, ts)
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "4.22 M")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)


async def test_a_kind_of_channel_without_its_scope_is_not_heard(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path)) as office:
        await office.type("in private", who=BEN, channel=CLOSE)
        await office.type("@tieout between us", who=BEN, channel=CLOSE)
        await office.type("to you", who=BEN, channel="D02BEN")
        mention, direct = await heard(office, 2)

    assert (mention["event"]["type"], mention["event"]["channel"]) == ("app_mention", CLOSE)
    assert (direct["event"]["channel_type"], direct["event"]["text"]) == ("im", "to you")


async def test_an_event_of_a_shared_channel_says_so(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path)) as office:
        await office.type("hello", who=BEN, channel=ORBIT)
        await office.type("hello", who=BEN)
        shared, own = await heard(office, 2)

    assert (shared["is_ext_shared_channel"], own["is_ext_shared_channel"]) == (True, False)
