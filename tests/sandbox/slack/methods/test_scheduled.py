"""Messages for later: posted when due, taken back, refused, and never with metadata."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.slack.office import FINANCE, GENERAL, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOUR = 3600


async def later(office: Office, seconds: int, text: str = "Digest", **more: Any) -> dict[str, Any]:
    at = int(office.clock().timestamp()) + seconds
    args = {"channel": FINANCE, "text": text, "post_at": at, **more}
    return await office.call("chat.scheduleMessage", **args)


async def test_a_message_is_posted_when_its_time_has_come(shared: Office) -> None:
    told = await later(shared, HOUR, "Good morning")

    listed = await shared.call("chat.scheduledMessages.list", channel=FINANCE)
    assert told["message"]["type"] == "delayed_message"
    assert "Good morning" in [one["text"] for one in listed["scheduled_messages"]]
    shown = (await shared.look("scheduled"))["scheduled"]
    assert told["scheduled_message_id"] in [one["id"] for one in shown]
    assert "Good morning" not in [m["text"] for m in await shared.sees()]
    shared.clock.ahead += timedelta(hours=1)
    for _ in range(100):
        if "Good morning" in [m["text"] for m in await shared.sees()]:
            break
        await asyncio.sleep(0.02)
    assert [m["text"] for m in await shared.sees()].count("Good morning") == 1
    gone = await shared.call("chat.scheduledMessages.list", channel=FINANCE)
    assert told["scheduled_message_id"] not in [m["id"] for m in gone["scheduled_messages"]]


async def test_a_message_with_metadata_is_taken_and_never_posted(shared: Office) -> None:
    metadata = {"event_type": "digest", "event_payload": {}}
    told = await later(shared, 60, "Secretly", metadata=metadata)
    shared.clock.ahead += timedelta(minutes=2)
    while shared.slack.scheduled.due():
        await asyncio.sleep(0.02)

    assert told["ok"]
    assert "Secretly" not in [m["text"] for m in await shared.sees()]


async def test_a_waiting_message_can_be_taken_back_once(shared: Office) -> None:
    told = await later(shared, HOUR)
    where = {"channel": FINANCE, "scheduled_message_id": told["scheduled_message_id"]}

    assert await shared.call("chat.deleteScheduledMessage", **where) == {"ok": True}
    assert await shared.error("chat.deleteScheduledMessage", **where) == (
        "invalid_scheduled_message_id"
    )


async def test_the_past_the_far_future_and_a_crowd_are_refused(shared: Office) -> None:
    assert (await later(shared, -1))["error"] == "time_in_past"
    assert (await later(shared, 120 * 24 * HOUR + 60))["error"] == "time_too_far"
    assert (await later(shared, HOUR, channel=GENERAL))["error"] == "not_in_channel"
    assert (
        await shared.error("chat.scheduleMessage", channel=FINANCE, text="x", post_at="tomorrow")
        == "invalid_time"
    )
    window = (int(shared.clock().timestamp()) // 300 + 100) * 300
    args = {"channel": "C02AUDIT", "text": "x", "post_at": window}
    answers = [await shared.error("chat.scheduleMessage", **args) for _ in range(31)]
    assert answers == ["none"] * 30 + ["restricted_too_many"]
