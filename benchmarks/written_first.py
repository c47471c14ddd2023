"""The bot one would write first: acknowledge, then compute in a thread of the same process.

It signs, reads and forecasts with the product's own code, so that the one difference is where the
arithmetic runs. It stores nothing before it acknowledges and posts one word when it is done.
"""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from analytics.errors import LedgerError
from analytics.ledger import FiscalCalendar
from bot.commands import forecast
from bot.errors import BotError
from bot.policy import read_policy
from bot.services import Services
from bot.settings import Secret, Settings
from bot.store.engine import open_store
from intacct.client import Address, Intacct


def build(settings: Settings, services: Services) -> AsyncApp:
    """The app: refused words in the acknowledgement, everything else in a thread after it."""
    token = settings.slack_bot_token.reveal()
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url)

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    secret = settings.slack_signing_secret or Secret("")
    app = AsyncApp(client=client, authorize=authorize, signing_secret=secret.reveal())

    async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        today = services.clock().date()
        try:
            request = forecast.parse(body.get("text", ""), today, services.calendar)
        except (BotError, LedgerError) as error:
            await ack(str(error))
            return
        await ack()
        answer = await asyncio.to_thread(forecast.run, request, services)
        text = f"{answer.name} forecast: {len(answer.lines)} lines"
        await client.chat_postMessage(channel=body["channel_id"], text=text)

    async def audit(ack: AsyncAck) -> None:
        await ack()

    app.command("/forecast")(typed)
    app.command("/audit")(audit)
    return app


def services_of(settings: Settings) -> Services:
    """What the command needs, with the arithmetic in the caller's own thread."""
    books = Intacct(
        Address(
            url=settings.intacct_url,
            sender_id=settings.intacct_sender_id,
            sender_password=settings.intacct_sender_password.reveal(),
            company_id=settings.intacct_company_id,
            user_id=settings.intacct_user_id,
            user_password=settings.intacct_user_password.reveal(),
        ),
        clock=_now,
        on_call=lambda _: None,
    )
    return Services(
        books=books,
        store=open_store(settings.database_url),
        audit_key=settings.audit_key,
        policy=read_policy(Path(settings.policy_file)),
        calendar=FiscalCalendar(settings.first_fiscal_month),
        clock=_now,
        default_entity=settings.default_entity,
    )


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env(os.environ)
    handler = AsyncSlackRequestHandler(build(settings, services_of(settings)))

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_: Request) -> Response:
        return Response("ok")

    routes = [Route("/slack/events", events, methods=["POST"]), Route("/health", health)]
    uvicorn.run(
        Starlette(routes=routes), host=settings.host, port=settings.port, log_level="warning"
    )


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
