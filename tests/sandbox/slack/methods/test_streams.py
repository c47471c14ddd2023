"""Messages that grow: in pieces, with tasks, up to their limits, and never after their end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.slack.office import ANA, DEV, FINANCE, ORBIT, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

DM = "D01ANA"


async def begun(office: Office, **more: Any) -> dict[str, Any]:
    told = await office.call("chat.startStream", channel=DM, **more)
    return {"channel": DM, "ts": told["ts"]}


async def message(office: Office, where: dict[str, Any]) -> dict[str, Any]:
    return next(m for m in await office.sees(ANA, DM) if m["ts"] == where["ts"])


async def test_text_grows_in_one_block_and_ends_with_blocks_and_metadata(shared: Office) -> None:
    where = await begun(shared, markdown_text="**Cash** ")

    again = await shared.call("chat.appendStream", **where, markdown_text="is fine")
    growing = await message(shared, where)
    metadata = {"event_type": "answer", "event_payload": {"id": "1"}}
    blocks = [{"type": "divider", "block_id": "d"}]
    done = await shared.call(
        "chat.stopStream", **where, markdown_text=".", blocks=blocks, metadata=metadata
    )

    assert (again["ok"], again["channel"], again["ts"]) == (True, DM, where["ts"])
    assert (growing["streaming_state"], growing["text"]) == ("in_progress", "**Cash** is fine")
    assert done["message"]["blocks"] == [
        {"type": "markdown", "text": "**Cash** is fine."},
        {"type": "divider", "block_id": "d"},
    ]
    assert (done["message"]["streaming_state"], done["message"]["metadata"]) == (
        "completed",
        metadata,
    )
    assert await shared.error("chat.appendStream", **where, markdown_text="x") == (
        "message_not_in_streaming_state"
    )


async def test_slacks_own_streamer_is_understood(shared: Office) -> None:
    ts = await shared.post("Question", DM)
    stream = await shared.api.chat_stream(channel=DM, thread_ts=ts, buffer_size=4)

    await stream.append(markdown_text="Cash is ")
    await stream.append(markdown_text="4.21 M")
    await stream.stop()

    thread = await shared.sees(ANA, DM, thread_ts=ts)
    assert thread[1]["text"] == "Cash is 4.21 M"


async def test_tasks_stand_in_line_or_in_a_plan_and_change_in_place(shared: Office) -> None:
    task = {"type": "task_update", "id": "read", "title": "Reading", "status": "in_progress"}
    done = {**task, "status": "complete", "output": "41 rows"}
    line = await begun(shared, chunks=[task])
    plan = await begun(shared, chunks=[task], task_display_mode="plan")
    update = {"type": "plan_update", "title": "Closing June"}
    for where in (line, plan):
        told = await shared.call("chat.appendStream", **where, chunks=[done, update])
        assert told["ok"], told

    [card, empty] = (await message(shared, line))["blocks"]
    [whole] = (await message(shared, plan))["blocks"]
    assert (card["task_id"], card["status"]) == ("read", "complete")
    assert card["output"]["elements"][0]["elements"] == [{"type": "text", "text": "41 rows"}]
    assert (empty["type"], empty["tasks"]) == ("plan", [])
    assert (whole["title"], [task["status"] for task in whole["tasks"]]) == (
        "Closing June",
        ["complete"],
    )


async def test_a_stream_in_a_channel_names_its_recipient(shared: Office) -> None:
    async def error(channel: str = FINANCE, **more: Any) -> str:
        return await shared.error("chat.startStream", channel=channel, markdown_text="x", **more)

    ana = {"recipient_user_id": ANA, "recipient_team_id": "T01ACME"}
    assert await error() == "missing_recipient_user_id"
    assert await error(recipient_user_id=ANA) == "missing_recipient_team_id"
    assert await error(**ana) == "none"
    assert await error(ORBIT, recipient_user_id=DEV, recipient_team_id="T01ACME") == (
        "user_not_in_channel"
    )
    assert await error(**{**ana, "recipient_team_id": "T02ORBIT"}) == "user_not_found"


async def test_twelve_thousand_characters_are_the_most_in_a_call_and_in_all(
    shared: Office,
) -> None:
    where = await begun(shared, markdown_text="x" * 12_000)

    assert await shared.error("chat.appendStream", **where, markdown_text="x") == "msg_too_long"
    assert len((await message(shared, where))["text"]) == 12_000
    other = await begun(shared)
    assert await shared.error("chat.appendStream", **other, markdown_text="x" * 12_001) == (
        "msg_too_long"
    )


async def test_a_stream_is_closed_after_five_minutes(shared: Office) -> None:
    where = await begun(shared, markdown_text="slow")
    shared.clock.ahead += timedelta(minutes=5)

    assert await shared.error("chat.stopStream", **where) == "message_not_in_streaming_state"
    for _ in range(100):
        if (await message(shared, where))["streaming_state"] == "completed":
            break
        await asyncio.sleep(0.02)
    assert (await message(shared, where))["streaming_state"] == "completed"
    assert (await shared.call("chat.update", **where, text="whole"))["ok"]


async def test_a_person_can_stop_a_stream_and_the_bot_learns_it(shared: Office) -> None:
    where = await begun(shared, markdown_text="long story")
    assert await shared.error("chat.update", **where, text="x") == "streaming_state_conflict"

    stopped = await shared.desk("stop", channel=DM, message_ts=where["ts"])

    assert stopped == {"ok": True}
    assert await shared.error("chat.appendStream", **where, markdown_text="x") == (
        "stopped_by_user"
    )
    assert (await message(shared, where))["streaming_state"] == "stopped"
    assert (await shared.call("chat.update", **where, text="short"))["ok"]


async def test_wrong_chunks_and_messages_are_refused_by_name(shared: Office) -> None:
    where = await begun(shared)
    own = await shared.post()
    theirs = (await shared.type("mine"))["ts"]

    async def error(**args: Any) -> str:
        return await shared.error("chat.appendStream", **{**where, **args})

    assert await error() == "no_text"
    assert await error(chunks="x") == "invalid_chunks"
    assert await error(chunks=[{"type": "song"}]) == "invalid_chunks"
    assert await error(chunks=[{"type": "task_update", "id": "a"}]) == "invalid_chunks"
    bad = {"type": "task_update", "id": "a", "title": "b", "status": "lost"}
    assert await error(chunks=[bad]) == "invalid_chunks"
    assert await error(chunks=[{"type": "blocks", "blocks": [{"type": "x"}]}]) == "invalid_blocks"
    assert await error(channel="C9", markdown_text="x") == "channel_not_found"
    assert await error(ts="1.0", markdown_text="x") == "message_not_found"
    here = {"channel": FINANCE, "markdown_text": "x"}
    assert await error(**here, ts=own) == "message_not_in_streaming_state"
    assert await error(**here, ts=theirs) == "message_not_owned_by_app"
