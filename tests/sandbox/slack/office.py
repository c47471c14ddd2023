"""A local workspace with a real bolt app behind it, for one test."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.slack.clockwork import wind_up
from sandbox.slack.command import QuietServer, server_settings
from sandbox.slack.manifest import Manifest, read_manifest
from sandbox.slack.sockets import Sockets
from sandbox.slack.state import Keys, Options, Slack

Json = dict[str, Any]
JSON = "application/json; charset=utf-8"

ANA, BEN, CLEO, DEV, BOT = "U01ANA", "U02BEN", "U03CLEO", "U04DEV", "U00TIEOUT"
GINA, OMAR = "U05GINA", "U06OMAR"
FINANCE, AUDIT, GENERAL = "C01FINANCE", "C02AUDIT", "C03GENERAL"
CLOSE, ORBIT, OLD_PLAN = "C04CLOSE", "C05ORBIT", "C06PLAN24"
KEYS = Keys("xoxb-of-the-test", "xapp-of-the-test", "secret-of-the-test")


class Hand:
    """A clock that runs, and that a test can stop or move ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._stopped: datetime | None = None

    def __call__(self) -> datetime:
        return (self._stopped or datetime.now(UTC)) + self.ahead

    def stop(self) -> None:
        self._stopped = datetime.now(UTC)

    def set_right(self) -> None:
        self._stopped, self.ahead = None, timedelta()


@dataclass
class Office:
    """The workspace, the bot, and a person's hands."""

    slack: Slack
    app: AsyncApp
    api: AsyncWebClient
    http: httpx.AsyncClient
    clock: Hand

    async def call(self, method: str, **args: Any) -> Json:
        """A Web API call as JSON; the body of its answer."""
        headers = {"authorization": f"Bearer {KEYS.bot_token}", "content-type": JSON}
        body = json.dumps(args)
        answer = await self.http.post(f"/api/{method}", content=body, headers=headers)
        return dict(answer.json())

    async def desk(self, action: str, **told: Any) -> Json:
        """Something a person does; `as` is written `who`."""
        told["as"] = told.pop("who", ANA)
        answer = await self.http.post(f"/desk/{action}", json=told)
        return dict(answer.json())

    async def type(self, text: str, who: str = ANA, channel: str = FINANCE, **more: Any) -> Json:
        return await self.desk("type", who=who, channel=channel, text=text, **more)

    async def sees(self, who: str = ANA, channel: str = FINANCE, **more: str) -> list[Json]:
        params = {"as": who, "channel": channel, **more}
        answer = await self.http.get("/desk/messages", params=params)
        return list(answer.json()["messages"])

    async def modals(self, who: str = ANA) -> list[Json]:
        answer = await self.http.get("/desk/views", params={"as": who})
        return list(answer.json()["stack"])

    async def record(self) -> list[Json]:
        return list((await self.http.get("/desk/record")).json())

    async def error(self, method: str, **args: Any) -> str:
        """The name of a call's refusal; "none" when there was none."""
        return str((await self.call(method, **args)).get("error", "none"))

    async def look(self, what: str, who: str = ANA, **more: str) -> Json:
        """What the page reads for a person."""
        return dict((await self.http.get(f"/desk/{what}", params={"as": who, **more})).json())

    async def post(self, text: str = "June", channel: str = FINANCE, **more: Any) -> str:
        """A message by the bot; its `ts`."""
        return str((await self.call("chat.postMessage", channel=channel, text=text, **more))["ts"])

    async def deliveries(self, kind: str) -> list[Json]:
        return [line for line in await self.record() if line.get("inbound") == kind]


@asynccontextmanager
async def served(*sites: tuple[uvicorn.Config, socket.socket]) -> AsyncIterator[None]:
    """Serves until the block is left; all start and stop together."""
    servers = [(QuietServer(config), listener) for config, listener in sites]
    tasks = [asyncio.create_task(server.serve(sockets=[listener])) for server, listener in servers]
    while not all(server.started for server, _ in servers):
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        for server, _ in servers:
            server.should_exit = True
        await asyncio.gather(*tasks)


def free_port() -> tuple[socket.socket, str]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}/"


@asynccontextmanager
async def open_office(
    *, manifest: Path | None = None, record: Path | None = None, deadline: float = 3.0,
    bot_secret: str = KEYS.signing_secret, http_bot: bool = True, data: Path | None = None,
) -> AsyncIterator[Office]:  # fmt: skip
    """A workspace and a bolt app that listen to each other over real sockets."""
    here, base = free_port()
    there, bot = free_port()
    clock = Hand()
    options = Options(base, bot if http_bot else None, record, (0.0, 0.02, 0.05), deadline, data)
    allowed = read_manifest(manifest) if manifest else Manifest()
    slack = Slack(options, KEYS, allowed, clock)
    slack.sockets = await Sockets.start()
    client = AsyncWebClient(KEYS.bot_token, base_url=f"{base}api/")
    app = AsyncApp(token=KEYS.bot_token, signing_secret=bot_secret, client=client)
    handler = AsyncSlackRequestHandler(app)

    async def hear(request: Request) -> Response:
        return await handler.handle(request)

    bot_site = Starlette(routes=[Route("/slack/events", hear, methods=["POST"])])
    quiet = uvicorn.Config(bot_site, lifespan="off", log_level="critical", ws="none")
    async with (
        served((server_settings(slack), here), (quiet, there)),
        httpx.AsyncClient(base_url=base, trust_env=False) as http,
    ):
        wind_up(slack)
        try:
            yield Office(slack, app, client, http, clock)
        finally:
            await slack.close()
