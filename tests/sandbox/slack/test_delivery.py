"""Events again and again, signatures, and the faults of the network."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from typing import Any

import httpx
import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from sandbox.slack.delivery import signed
from tests.sandbox.slack.office import FINANCE, Office, open_office

pytestmark = pytest.mark.asyncio


async def test_the_signature_covers_the_exact_bytes_and_the_time() -> None:
    headers = signed("s3cret", b"a=1&b=2", 1_700_000_000)

    digest = hmac.new(b"s3cret", b"v0:1700000000:a=1&b=2", hashlib.sha256).hexdigest()
    assert headers == {
        "x-slack-request-timestamp": "1700000000",
        "x-slack-signature": f"v0={digest}",
    }


async def test_an_event_that_fails_comes_again_with_the_same_id_and_says_why(
    office: Office,
) -> None:
    heard: list[tuple[str, str | None, str | None]] = []

    @office.app.middleware
    async def listen(req: BoltRequest, body: dict[str, Any], next_: Any) -> Any:
        number, reason = (req.headers.get(f"x-slack-retry-{n}") for n in ("num", "reason"))
        heard.append(
            (body["event_id"], number[0] if number else None, reason[0] if reason else None)
        )
        if len(heard) < 3:
            raise RuntimeError("the bot is not well")
        return await next_()

    @office.app.event("message")
    async def message() -> None:
        return

    await office.type("hello", channel="D01ANA")
    while len(heard) < 3:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)

    assert [(number, reason) for _, number, reason in heard] == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
    ]
    assert len({event_id for event_id, _, _ in heard}) == 1


async def test_an_event_is_given_up_after_three_repetitions(office: Office) -> None:
    await office.type("hello", channel="D01ANA")
    while len(await office.deliveries("event")) < 4:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)

    assert [line["status"] for line in await office.deliveries("event")] == [404] * 4


async def test_an_event_the_bot_does_not_want_again_comes_once(office: Office) -> None:
    @office.app.middleware
    async def refuse() -> BoltResponse:
        return BoltResponse(status=500, headers={"x-slack-no-retry": "1"})

    await office.type("hello", channel="D01ANA")
    await asyncio.sleep(0.2)

    assert [line["status"] for line in await office.deliveries("event")] == [500]


async def test_a_slow_answer_comes_late_but_comes(office: Office) -> None:
    await office.desk("fault", kind="slow", method="auth.test", count=1, seconds=0.3)

    begun = time.monotonic()
    slow = await office.call("auth.test")

    assert slow["ok"]
    assert time.monotonic() - begun >= 0.3
    assert office.slack.faults.take("slow", "auth.test") is None


async def test_slacks_own_client_posts_again_when_the_reply_was_lost(office: Office) -> None:
    await office.desk("fault", kind="lose_reply", method="chat.postMessage", count=1)

    await office.api.chat_postMessage(channel=FINANCE, text="June")

    assert [message["text"] for message in await office.sees()] == ["June", "June"]


async def test_an_unknown_fault_is_refused(office: Office) -> None:
    assert (await office.desk("fault", kind="earthquake"))["error"] == "invalid_arguments"
    assert (await office.desk("fault", kind="slow", seconds="long"))["ok"] is False


async def test_a_bot_that_is_down_is_a_failed_connection() -> None:
    async with open_office(http_bot=False) as office:
        assert (await office.type("/forecast"))["error"] == "dispatch_failed"


async def test_a_rate_limit_says_how_long_to_wait_and_the_client_waits(office: Office) -> None:
    await office.desk("fault", kind="ratelimit", method="chat.postMessage", count=2, seconds=1)

    with pytest.raises(SlackApiError) as limited:
        await office.api.chat_postMessage(channel=FINANCE, text="June")
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "1"

    office.api.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    assert (await office.api.chat_postMessage(channel=FINANCE, text="June"))["ok"]


async def test_a_lost_reply_leaves_the_message_posted_and_no_answer(office: Office) -> None:
    await office.desk("fault", kind="lose_reply", method="chat.postMessage", count=1)

    with pytest.raises(httpx.RemoteProtocolError):
        await office.call("chat.postMessage", channel=FINANCE, text="June")

    assert [message["text"] for message in await office.sees()] == ["June"]


async def test_a_server_error_does_nothing(office: Office) -> None:
    await office.desk("fault", kind="error_500", method="chat.postMessage", count=1)

    answer = await office.http.post("/api/chat.postMessage", json={})

    assert answer.status_code == 500
    assert await office.sees() == []


async def test_socket_mode_carries_the_same_requests() -> None:
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

    async with open_office(http_bot=False) as office:
        heard: list[dict[str, Any]] = []

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck) -> None:
            await ack("On it.")

        @office.app.event("message")
        async def message(event: dict[str, Any]) -> None:
            heard.append(event)

        handler = AsyncSocketModeHandler(office.app, "xapp-of-the-test")
        handler.client.web_client = office.api
        await handler.connect_async()  # type: ignore[no-untyped-call]  # bolt has no types here
        while office.slack.sockets and not office.slack.sockets.connected:
            await asyncio.sleep(0.01)

        assert await office.type("/forecast") == {"ok": True}
        assert [shown["text"] for shown in await office.sees()] == ["On it."]
        await office.type("hello", channel="D01ANA")
        while not heard:
            await asyncio.sleep(0.01)
        assert heard[0]["text"] == "hello"
        await handler.close_async()  # type: ignore[no-untyped-call]  # bolt has no types here


async def test_what_is_said_with_an_acknowledgement_is_on_record(office: Office) -> None:
    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck) -> None:
        await ack("On it.")

    await office.type("/forecast revenue")

    assert [line["answer"] for line in await office.deliveries("slash_command")] == ["On it."]


async def test_a_request_says_the_time_it_left(office: Office) -> None:
    stamps: list[str] = []

    @office.app.middleware
    async def listen(req: BoltRequest, next_: Any) -> Any:
        stamps.extend(req.headers["x-slack-request-timestamp"])
        return await next_()

    office.clock.stop()
    await office.type("/forecast")

    assert stamps == [str(int(office.clock().timestamp()))]
