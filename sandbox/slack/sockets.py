"""Socket Mode: the same requests over websockets, acknowledged by envelope."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid

from aiohttp import WSMsgType, web

from sandbox.slack.reply import Reply
from sandbox.slack.wire import Json
from sandbox.slack.workspace import APP

KINDS = {
    "slash_command": "slash_commands",
    "interaction": "interactive",
    "options": "interactive",
    "event": "events_api",
}
MOST_CONNECTIONS = 10


class Sockets:
    """The open connections of the app, and who waits for which acknowledgement."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._leaving: set[web.WebSocketResponse] = set()
        self._sent = 0
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._closing: asyncio.Task[None] | None = None  # kept, or it would be collected

    @classmethod
    async def start(cls) -> Sockets:
        """Listens for websockets on a free port of its own."""
        sockets = cls()
        app = web.Application()
        app.router.add_get("/link", sockets._link)
        sockets._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await sockets._runner.setup()
        site = web.TCPSite(sockets._runner, "127.0.0.1", 0)
        await site.start()
        sockets._port = sockets._runner.addresses[0][1]
        return sockets

    @property
    def connected(self) -> bool:
        """Whether a bot is listening here."""
        return bool(self._open)

    def new_address(self) -> str:
        """A websocket address, good for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link?ticket={ticket}&app_id={APP}"

    async def send(
        self, inbound: str, body: Json, retry: tuple[int, str] | None, deadline: float
    ) -> Reply:
        """Sends one envelope to one of the connections and waits for its acknowledgement."""
        envelope = {
            "envelope_id": str(uuid.uuid4()),
            "type": KINDS[inbound],
            "payload": body,
            "accepts_response_payload": inbound != "event",
        }
        if inbound == "event":
            number, reason = retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[str(envelope["envelope_id"])] = waiting
        try:
            async with asyncio.timeout(deadline):
                await self._next_link().send_json(envelope)
                acknowledged = await waiting
        except TimeoutError:
            return Reply(None, reason="http_timeout")
        except ConnectionError:
            return Reply(None, reason="connection_failed")
        finally:
            del self._waiting[str(envelope["envelope_id"])]
        return Reply(200, _as_body(acknowledged.get("payload")))

    def _next_link(self) -> web.WebSocketResponse:
        """Any connection may get a payload; one that was told to leave only when it is alone."""
        staying = [link for link in self._open if link not in self._leaving] or self._open
        self._sent += 1
        return staying[self._sent % len(staying)]

    async def disconnect(self, reason: str, seconds: float) -> int:
        """Asks every connection to come again and closes it a little later; how many there were."""
        links = tuple(self._open)
        self._leaving.update(links)
        for link in links:
            await link.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
            )
        if links:
            self._closing = asyncio.create_task(_close_later(links, seconds))
        return len(links)

    async def close(self) -> None:
        """Says goodbye to every connection."""
        if self._closing:
            self._closing.cancel()
        for link in tuple(self._open):
            await link.close()
        if self._runner:
            await self._runner.cleanup()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
            raise web.HTTPForbidden
        self._tickets.discard(ticket)
        link = web.WebSocketResponse(heartbeat=10)
        await link.prepare(request)
        await link.send_json(
            {
                "type": "hello",
                "num_connections": len(self._open) + 1,
                "connection_info": {"app_id": APP},
                "debug_info": {"host": "local", "approximate_connection_time": 18060},
            }
        )
        self._open.append(link)
        try:
            async for message in link:
                if message.type == WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            self._open.remove(link)
            self._leaving.discard(link)
        return link

    def _acknowledged(self, text: str) -> None:
        told = json.loads(text)
        waiting = self._waiting.get(str(told.get("envelope_id")))
        if waiting and not waiting.done():
            waiting.set_result(told)


async def _close_later(links: tuple[web.WebSocketResponse, ...], seconds: float) -> None:
    await asyncio.sleep(seconds)
    for link in links:
        await link.close()


def _as_body(payload: object) -> bytes:
    """An acknowledgement's payload as the body an HTTP answer would have had."""
    if payload in (None, "", {}):
        return b""
    return payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()
