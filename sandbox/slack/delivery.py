"""Requests to the bot: signed over the exact bytes, answered in time or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import httpx

from sandbox.slack.reply import Reply
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json

FORM = "application/x-www-form-urlencoded"


async def deliver(
    slack: Slack, inbound: str, body: Json, retry: tuple[int, str] | None = None
) -> Reply:
    """Sends one request and waits for its acknowledgement, with the faults that were asked for."""
    if slack.faults.take("drop", inbound):
        await asyncio.sleep(slack.options.deadline)
        return Reply(None, reason="http_timeout", stop_retrying=True)
    if slow := slack.faults.take("slow", inbound, named=True):
        await asyncio.sleep(slow.seconds)
    repeated = slack.faults.take("deliver_twice", inbound)
    async with slack.faults.in_turn(inbound):
        copies = [
            _deliver_once(slack, inbound, body, retry)
            for _ in range(repeated.times if repeated else 1)
        ]
        replies = await asyncio.gather(*copies)
    if slack.faults.take("lose_reply", inbound, named=True):
        return Reply(None, reason="http_timeout")
    return replies[0]


async def deliver_event(slack: Slack, body: Json) -> Reply:
    """Sends an event, and again later while it is not acknowledged."""
    reply = await deliver(slack, "event", body)
    if not reply.ok and not reply.stop_retrying:
        slack.later(_retry(slack, body, reply))
    return reply


async def _retry(slack: Slack, body: Json, reply: Reply) -> None:
    for count, pause in enumerate(slack.options.retry_after, start=1):
        await asyncio.sleep(pause)
        reply = await deliver(slack, "event", body, (count, reply.reason))
        if reply.ok or reply.stop_retrying:
            return


async def _deliver_once(
    slack: Slack, inbound: str, body: Json, retry: tuple[int, str] | None
) -> Reply:
    begun = time.monotonic()
    if slack.sockets and slack.sockets.connected:
        reply = await slack.sockets.send(inbound, body, retry, slack.options.deadline)
    else:
        reply = await _post(slack, inbound, body, retry)
    ms = round((time.monotonic() - begun) * 1000)
    slack.record.delivery(inbound, body, reply.status, ms, reply.said())
    return reply


async def _post(slack: Slack, inbound: str, body: Json, retry: tuple[int, str] | None) -> Reply:
    if slack.options.bot is None:
        return Reply(None, reason="connection_failed")
    content = encoded(inbound, body)
    headers = signed(slack.keys.signing_secret, content, int(slack.clock().timestamp()))
    headers["content-type"] = "application/json" if inbound == "event" else FORM
    headers["user-agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
    if retry:
        headers |= {"x-slack-retry-num": str(retry[0]), "x-slack-retry-reason": retry[1]}
    try:
        async with asyncio.timeout(slack.options.deadline):
            answer = await slack.client.post(
                f"{slack.options.bot.rstrip('/')}/slack/events",
                content=content,
                headers=headers,
                timeout=None,
            )
    except TimeoutError:
        return Reply(None, reason="http_timeout")
    except httpx.HTTPError:
        return Reply(None, reason="connection_failed")
    stop = answer.headers.get("x-slack-no-retry") == "1"
    reason = "" if answer.is_success else "http_error"
    return Reply(answer.status_code, answer.content, reason, stop)


def encoded(inbound: str, body: Json) -> bytes:
    """The bytes of a request: a form for commands and clicks, JSON for events."""
    if inbound == "event":
        return json.dumps(body).encode()
    if inbound == "slash_command":
        return urlencode(body).encode()
    return urlencode({"payload": json.dumps(body)}).encode()


def signed(secret: str, content: bytes, timestamp: int) -> dict[str, str]:
    """The headers that prove a request came from here."""
    base = f"v0:{timestamp}:".encode() + content
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": str(timestamp), "x-slack-signature": f"v0={digest}"}
