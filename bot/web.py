"""How the bot is reached: Slack's requests over HTTP or its socket, and health for who watches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.settings import Settings

LOOK = 1.0  # seconds between two looks whether Slack answers by now


def server(app: AsyncApp, settings: Settings, answers: Callable[[], bool]) -> uvicorn.Server:
    """Health for whoever watches; Slack's requests only where a secret checks them.

    `answers` says whether Slack was reached, which a socket waits for.
    """
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True})

    routes = [Route("/health", health, methods=["GET"])]
    if settings.slack_signing_secret:
        routes.append(Route("/slack/events", events, methods=["POST"]))
    config = uvicorn.Config(
        Starlette(routes=routes, lifespan=partial(_socket, app, settings, answers)),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


@asynccontextmanager
async def _socket(
    app: AsyncApp, settings: Settings, answers: Callable[[], bool], _: Starlette
) -> AsyncIterator[None]:
    """Socket Mode beside the server, where there is a token for it; a Slack that is away at the
    start is waited for beside it."""
    if settings.slack_app_token is None:
        yield
        return
    socket = AsyncSocketModeHandler(app, settings.slack_app_token.reveal())
    connecting = asyncio.create_task(_connected(socket, answers))
    if answers():
        await connecting
    try:
        yield
    finally:
        connecting.cancel()
        with suppress(asyncio.CancelledError):
            await connecting
        await socket.close_async()  # type: ignore[no-untyped-call]


async def _connected(socket: AsyncSocketModeHandler, answers: Callable[[], bool]) -> None:
    while not answers():
        await asyncio.sleep(LOOK)
    await socket.connect_async()  # type: ignore[no-untyped-call]
