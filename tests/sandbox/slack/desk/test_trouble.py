"""Misbehaviour on request: what each kind does, what is refused, and how it is taken back."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck

from tests.sandbox.slack.office import FINANCE, KEYS, Office, open_office

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEADERS = {"authorization": f"Bearer {KEYS.bot_token}"}
CHART = {
    "type": "data_visualization",
    "title": "Cash",
    "chart": {"type": "pie", "segments": [{"label": "USD", "value": 1}]},
}


async def fault(office: Office, kind: str, **more: Any) -> dict[str, Any]:
    return await office.desk("fault", kind=kind, **more)


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "earthquake"},
        {},
        {"kind": "slow", "method": "chat.teleport"},
        {"kind": "slow", "seconds": "long"},
        {"kind": "slow", "seconds": -1},
        {"kind": "slow", "seconds": True},
        {"kind": "slow", "count": 0},
        {"kind": "slow", "count": 1.5},
        {"kind": "slow", "colour": "red"},
        {"kind": "drop", "method": "chat.postMessage"},
        {"kind": "error_500", "method": "event"},
        {"kind": "reorder"},
        {"kind": "deliver_twice", "times": 1},
        {"kind": "refuse_block", "block": "spreadsheet"},
        {"kind": "slow", "block": "table"},
        {"kind": "refuse", "method": "chat.postMessage"},
        {"kind": "slow", "error": "restricted_action"},
        {"kind": "disconnect", "reason": "boredom"},
    ],
)
async def test_nonsense_is_refused_with_what_would_do(shared: Office, told: dict[str, Any]) -> None:
    answer = await shared.desk("fault", **told)

    assert (answer["ok"], answer["error"]) == (False, "invalid_arguments")
    [line] = answer["response_metadata"]["messages"]
    assert len(line) > len("[ERROR] ")
    assert (await shared.look("faults"))["faults"] == []


async def test_faults_are_listed_and_taken_back_one_by_one_by_kind_or_all(shared: Office) -> None:
    first = await fault(shared, "slow", method="chat.update")
    await fault(shared, "ratelimit", for_seconds=60)
    await fault(shared, "error_500", count=3)
    listed = (await shared.look("faults"))["faults"]

    assert [(f["kind"], f["target"], f["left"]) for f in listed] == [
        ("slow", "chat.update", 1),
        ("ratelimit", None, None),
        ("error_500", None, 3),
    ]
    assert (await shared.desk("fault/clear", id=first["id"]))["taken_back"] == 1
    assert (await shared.desk("fault/clear", kind="ratelimit"))["taken_back"] == 1
    assert (await shared.desk("fault/clear"))["taken_back"] == 1
    assert (await shared.desk("fault/clear", kind="rain"))["ok"] is False
    assert (await shared.call("auth.test"))["ok"]


async def test_for_some_seconds_every_call_is_limited_and_told_how_long_still(
    shared: Office,
) -> None:
    shared.clock.stop()
    await fault(shared, "ratelimit", for_seconds=60)

    first = await shared.http.post("/api/auth.test", headers=HEADERS)
    shared.clock.ahead += timedelta(seconds=45)
    second = await shared.http.post("/api/auth.test", headers=HEADERS)
    shared.clock.ahead += timedelta(seconds=15)

    assert (first.status_code, first.headers["retry-after"]) == (429, "60")
    assert (second.status_code, second.headers["retry-after"]) == (429, "15")
    assert (await shared.call("auth.test"))["ok"]


async def test_a_refusal_by_name_does_nothing(shared: Office) -> None:
    await fault(shared, "refuse", method="chat.postMessage", error="restricted_action")

    assert await shared.error("chat.postMessage", channel=FINANCE, text="x" * 7) == (
        "restricted_action"
    )
    assert "x" * 7 not in [m["text"] for m in await shared.sees()]
    assert await shared.error("chat.postMessage", channel=FINANCE, text="y") == "none"


async def test_a_block_not_switched_on_yet_is_refused_until_that_is_taken_back(
    shared: Office,
) -> None:
    await fault(shared, "refuse_block", block="data_visualization")
    boxed = {"type": "container", "title": {"type": "plain_text", "text": "A"},
             "child_blocks": [CHART]}  # fmt: skip

    for block, pointer in ((CHART, "/blocks/0/type"), (boxed, "/blocks/0/child_blocks/0/type")):
        told = await shared.call("chat.postMessage", channel=FINANCE, text="x", blocks=[block])
        assert (told["error"], told["response_metadata"]["messages"]) == (
            "invalid_blocks",
            [f"[ERROR] unsupported type: data_visualization [json-pointer:{pointer}]"],
        )
    await shared.desk("fault/clear", kind="refuse_block")
    told = await shared.call("chat.postMessage", channel=FINANCE, text="x", blocks=[CHART])
    assert told["ok"]


async def test_two_updates_that_overtake_each_other_leave_the_older_text(shared: Office) -> None:
    ts = await shared.post("0")
    await fault(shared, "reorder", method="chat.update")

    async def update(text: str) -> None:
        await shared.call("chat.update", channel=FINANCE, ts=ts, text=text)

    first = asyncio.create_task(update("1"))
    await asyncio.sleep(0.1)
    await update("2")
    await first

    assert [m["text"] for m in await shared.sees() if m["ts"] == ts] == ["1"]


async def test_a_call_held_back_goes_on_alone_when_nothing_follows(shared: Office) -> None:
    await fault(shared, "reorder", method="auth.test", seconds=0.2)
    begun = time.monotonic()

    assert (await shared.call("auth.test"))["ok"]
    assert time.monotonic() - begun >= 0.2


async def test_a_file_can_stay_in_processing_for_long_or_for_ever(shared: Office) -> None:
    async def mimetype(file: str) -> str:
        return str((await shared.call("files.info", file=file))["file"]["mimetype"])

    shared.clock.stop()
    await fault(shared, "slow_file", seconds=20)
    slow = (await shared.api.files_upload_v2(filename="a.csv", content="1"))["files"][0]["id"]
    await fault(shared, "stuck_file")
    stuck = (await shared.api.files_upload_v2(filename="b.csv", content="1"))["files"][0]["id"]
    shared.clock.ahead += timedelta(seconds=19)
    assert [await mimetype(slow), await mimetype(stuck)] == ["", ""]
    shared.clock.ahead += timedelta(days=1)
    assert [await mimetype(slow), await mimetype(stuck)] == ["text/csv", ""]


async def test_deliveries_come_often_swapped_unanswered_or_never() -> None:
    async with open_office(deadline=0.5) as office:
        heard: list[str] = []

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck, body: dict[str, Any]) -> None:
            heard.append(body["text"])
            await ack()

        await fault(office, "deliver_twice", times=4)
        await office.type("/forecast a")
        assert heard == ["a"] * 4
        heard.clear()

        await fault(office, "reorder", method="slash_command")
        first = asyncio.create_task(office.type("/forecast b"))
        await asyncio.sleep(0.1)
        await office.type("/forecast c")
        assert (await first)["ok"]
        assert heard == ["c", "b"]
        heard.clear()

        await fault(office, "lose_reply", method="slash_command")
        lost = await office.type("/forecast d")
        await fault(office, "drop", method="slash_command")
        dropped = await office.type("/forecast e")
        assert (lost["error"], dropped["error"]) == ("operation_timeout", "operation_timeout")
        assert heard == ["d"]


async def test_a_disconnect_is_announced_and_the_bot_comes_again() -> None:
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

    async with open_office(http_bot=False) as office:
        assert (await fault(office, "disconnect"))["error"] == "not_connected"

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck) -> None:
            await ack()

        handler = AsyncSocketModeHandler(office.app, KEYS.app_token)
        handler.client.web_client = office.api
        await handler.connect_async()  # type: ignore[no-untyped-call]  # bolt has no types here
        sockets = office.slack.sockets
        assert sockets
        while not sockets.connected:
            await asyncio.sleep(0.01)
        for reason in ("warning", "refresh_requested", "link_disabled"):
            told = await fault(office, "disconnect", reason=reason, seconds=0.3)
            assert told == {"ok": True, "connections": 1}
            await asyncio.sleep(0.6)
            assert await office.type("/forecast") == {"ok": True}
        await handler.close_async()  # type: ignore[no-untyped-call]  # bolt has no types here


async def test_an_answer_at_a_response_address_can_fail_too(shared: Office) -> None:
    address = f"/commands/T01ACME/{shared.slack.tickets.response('U01ANA', FINANCE)}"
    await fault(shared, "error_500", method="response_url")

    first = await shared.http.post(address, json={"text": "only once"})
    second = await shared.http.post(address, json={"text": "only once"})

    assert (first.status_code, second.status_code) == (500, 200)
    assert [m["text"] for m in await shared.sees()].count("only once") == 1


async def test_a_response_address_can_be_rate_limited(shared: Office) -> None:
    address = f"/commands/T01ACME/{shared.slack.tickets.response('U01ANA', FINANCE)}"
    await fault(shared, "ratelimit", method="response_url", seconds=7, count=5)

    refused = [await shared.http.post(address, json={"text": "late"}) for _ in range(5)]
    taken = await shared.http.post(address, json={"text": "late"})

    assert [(r.status_code, r.headers["retry-after"]) for r in refused] == [(429, "7")] * 5
    assert (refused[0].json()["error"], taken.text) == ("ratelimited", "ok")
    assert [m["text"] for m in await shared.sees()].count("late") == 1
