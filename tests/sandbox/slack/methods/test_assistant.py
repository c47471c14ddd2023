"""What the app shows around a conversation, and for how long."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.slack.office import FINANCE, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

DM = "D01ANA"


async def shown(office: Office, ts: str = "") -> dict[str, Any]:
    return await office.look("assistant", channel=DM, thread_ts=ts)


async def test_a_status_stands_until_the_next_message_in_its_thread(shared: Office) -> None:
    ts = (await shared.type("Cash?", channel=DM))["ts"]
    where = {"channel_id": DM, "thread_ts": ts}
    args = {**where, "status": "is thinking…", "loading_messages": ["Reading", "Adding up"]}

    assert await shared.call("assistant.threads.setStatus", **args) == {"ok": True}
    thinking = await shown(shared, ts)
    await shared.post("4.21 M", DM, thread_ts=ts)

    assert thinking["status"] == "is thinking…"
    assert thinking["loading_messages"] == ["Reading", "Adding up"]
    assert (await shown(shared, ts))["status"] == ""


async def test_a_status_goes_after_two_minutes_without_a_message(shared: Office) -> None:
    ts = (await shared.type("Cash?", channel=DM))["ts"]
    await shared.call("assistant.threads.setStatus", channel_id=DM, thread_ts=ts, status="is busy")
    shared.clock.ahead += timedelta(minutes=2)

    for _ in range(100):
        if not (await shown(shared, ts))["status"]:
            break
        await asyncio.sleep(0.02)
    assert (await shown(shared, ts))["status"] == ""


async def test_a_title_and_prompts_are_shown(shared: Office) -> None:
    ts = (await shared.type("Cash?", channel=DM))["ts"]
    prompts = [{"title": "Aging", "message": "Who owes us most?"}]

    titled = await shared.api.assistant_threads_setTitle(
        channel_id=DM, thread_ts=ts, title="Cash in June"
    )
    prompted = await shared.call(
        "assistant.threads.setSuggestedPrompts", channel_id=DM, title="Try", prompts=prompts
    )

    assert titled["ok"]
    assert prompted["ok"]
    assert (await shown(shared, ts))["title"] == "Cash in June"
    assert (await shown(shared))["prompts"] == {"title": "Try", "prompts": prompts}


async def test_what_does_not_fit_is_refused(shared: Office) -> None:
    ts = await shared.post(channel=DM)
    five = [{"title": str(n), "message": "x"} for n in range(5)]

    async def error(method: str, **args: Any) -> str:
        told = {"channel_id": DM, "thread_ts": ts, **args}
        return await shared.error(f"assistant.threads.{method}", **told)

    assert await error("setStatus", status="x", thread_ts="1.0") == "invalid_thread_ts"
    assert await error("setStatus", status="x", channel_id="C9") == "channel_not_found"
    assert await error("setStatus") == "invalid_arguments"
    assert await error("setStatus", status="x", loading_messages=["x"] * 11) == (
        "invalid_arguments"
    )
    assert await error("setSuggestedPrompts", prompts=five) == "invalid_arguments"
    assert await error("setSuggestedPrompts", prompts=[{"title": "x"}]) == "invalid_arguments"
    there = await shared.post()
    assert await error("setTitle", title="x", channel_id=FINANCE, thread_ts=there) == (
        "channel_not_found"
    )
