"""The Slack edge: store what was asked, acknowledge, hand over; nothing else waits here."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import commands
from bot.desk import edge
from bot.desk.desk import Desk, reference
from bot.desk.heard import heard
from bot.jobs.engine import Jobs
from bot.messages.message import Modal, says
from bot.messages.render import view_of
from bot.messages.words import Block, inert, plain
from bot.settings import Settings

log = logging.getLogger("tieout.edge")

EVERYTHING = re.compile(r".+")
EVENTS = ("app_home_opened", "message")
Next = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Edge:
    """The desk, and the jobs that are told when something lies on it."""

    desk: Desk
    jobs: Jobs

    async def typed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command."""
        taken = await asyncio.to_thread(edge.typed, self.desk, body)
        await ack(inert(taken.sentence))
        self.jobs.wake()

    async def acted(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """A tap; it is acknowledged before a window opens or a sentence is said."""
        taken = await asyncio.to_thread(edge.acted, self.desk, body)
        await ack()
        self.jobs.wake()
        if taken.window:
            await _open(client, body, taken.window)
        elif taken.sentence and body.get("response_url"):
            await respond(inert(taken.sentence), response_type="ephemeral", replace_original=False)
        elif taken.sentence:
            await _say_over(client, body, taken.sentence)

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A window sent back."""
        errors = await asyncio.to_thread(edge.submitted, self.desk, body)
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack()
        self.jobs.wake()

    async def suggested(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What a list too long to show offers for the words typed into it."""
        found = await asyncio.to_thread(edge.suggested, self.desk, body)
        await ack(options=[{"text": plain(o.label, 75), "value": o.value} for o in found])

    async def heard(self, body: dict[str, Any], next: Next) -> None:  # noqa: A002  Bolt's word
        """An event; Bolt acknowledges it once it is kept, and tells it again where that failed."""
        await asyncio.to_thread(heard, self.desk, body)
        self.jobs.wake()
        await next()


def build(settings: Settings, desk: Desk, jobs: Jobs) -> AsyncApp:
    """The app with its commands, buttons and windows; calls nothing until a request comes."""
    token = settings.slack_bot_token.reveal()
    client = AsyncWebClient(base_url=settings.slack_api_url)  # its token comes with each request
    secret = settings.slack_signing_secret

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    app = AsyncApp(
        name="tieout.slack",  # Bolt sets the level of the logger of this name; ours is "tieout"
        client=client,
        authorize=authorize,
        signing_secret=secret.reveal() if secret else "unused-in-socket-mode",
    )
    at_edge = Edge(desk, jobs)
    for name in commands():
        app.command(name)(at_edge.typed)
    for event in EVENTS:
        app.event(event, middleware=[at_edge.heard])(_kept)
    app.action(EVERYTHING)(at_edge.acted)
    app.view(EVERYTHING)(at_edge.submitted)
    app.options(EVERYTHING)(at_edge.suggested)
    app.error(_failed)
    return app


async def _open(client: AsyncWebClient, body: dict[str, Any], window: Modal) -> None:
    """A window over the conversation; inside one already open, the same window turns its page
    and another one opens on top."""
    view, shown = view_of(window), body.get("view") or {}
    try:
        if shown.get("type") != "modal":
            await client.views_open(trigger_id=body["trigger_id"], view=view)
        elif shown.get("callback_id") == window.name:
            await _turned(client, shown, view)
        else:
            await client.views_push(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        log.warning("window %s not opened: %s", window.name, error.response.get("error"))


async def _turned(client: AsyncWebClient, shown: dict[str, Any], view: Block) -> None:
    """The window with other contents; what is tapped last counts, also where two taps crossed."""
    try:
        await client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise
        await client.views_update(view_id=shown["id"], view=view)


async def _say_over(client: AsyncWebClient, body: dict[str, Any], sentence: str) -> None:
    """A sentence for a tap on the Home or in a window, where there is no message to answer."""
    view = view_of(Modal(name="said", title="Tieout", about="", parts=(says(sentence),)))
    in_window = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if in_window else client.views_open
    try:
        await show(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        log.warning("a sentence was not shown: %s", error.response.get("error"))


async def _kept() -> None:
    """An event that was kept needs no more of the edge."""


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """The one handler of the edge: a sentence and a reference for the person, the rest for us."""
    ref = reference(str(body.get("trigger_id", "")))
    log.error("request %s failed", ref, exc_info=error)
    sentence = f"I could not take this in, and nothing was done. Try again. Reference {ref}."
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": sentence})
