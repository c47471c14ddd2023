"""How the bot is reached: Slack's requests over HTTP or its socket, and health for who watches."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import Misconfigured
from bot.settings import Settings

LOOK = 1.0  # seconds between two looks whether Slack answers by now


@contextmanager
def at_our_address(settings: Settings) -> Iterator[socket.socket]:
    """The address Slack's requests come to, taken before anything is begun; nobody is let in yet.

    Raises Misconfigured where somebody else has it, or where this machine has no such address.
    """
    host, port = settings.host, settings.port
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    with taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host, port))
        except OSError as error:
            raise Misconfigured(
                f"TIEOUT_HOST and TIEOUT_PORT: nothing can listen at {host}:{port} "
                f"({error.strerror}): stop what is there, or choose another"
            ) from error
        yield taken


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
    line = AsyncSocketModeHandler(app, settings.slack_app_token.reveal())
    connecting = asyncio.create_task(_connected(line, answers))
    if answers():
        await connecting
    try:
        yield
    finally:
        connecting.cancel()
        with suppress(asyncio.CancelledError):
            await connecting
        await line.close_async()  # type: ignore[no-untyped-call]


async def _connected(line: AsyncSocketModeHandler, answers: Callable[[], bool]) -> None:
    while not answers():
        await asyncio.sleep(LOOK)
    await line.connect_async()  # type: ignore[no-untyped-call]
