"""The Web API: a token, arguments in any encoding, and always Slack's own kind of answer."""

from __future__ import annotations

import asyncio
import base64
from types import MethodType
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from uvicorn.protocols.http.h11_impl import RequestResponseCycle

from sandbox.slack.arguments import Arguments, read_arguments
from sandbox.slack.methods.table import METHODS, POSTS, Method
from sandbox.slack.postings import channel_for
from sandbox.slack.state import Slack, missing_scope
from sandbox.slack.wire import Json, Refused


async def call(slack: Slack, request: Request) -> Response:
    """Answers one call, with the faults that were asked for."""
    method = str(request.path_params["method"])
    if slow := slack.faults.take("slow", method):
        await asyncio.sleep(slow.seconds)
    async with slack.faults.in_turn(method):
        sent, refused = await _arguments(request)
        if slack.faults.take("error_500", method):
            slack.record.call(method, sent.args, {"status": 500}, sent.encoding)
            return PlainTextResponse("Internal Server Error", 500)
        token = _token(request, sent)
        sent.args.update(_client(request))
        if wait := _wait(slack, method, sent.args, token):
            answer: Json = {"ok": False, "error": "ratelimited"}
            slack.record.call(method, sent.args, answer, sent.encoding)
            return JSONResponse(answer, 429, {"Retry-After": str(wait)})
        answer = sent.warned(refused or await _perform(slack, method, sent.args, token))
        slack.record.call(method, sent.args, answer, sent.encoding)
    if slack.faults.take("lose_reply", method):
        await hang_up(request)
    return JSONResponse(answer, headers=_headers(slack, method))


async def _arguments(request: Request) -> tuple[Arguments, Json | None]:
    body = await request.body()
    try:
        kind = request.headers.get("content-type", "")
        return read_arguments(kind, body, request.url.query), None
    except Refused as refused:
        return Arguments(), refused.answer()


def _token(request: Request, sent: Arguments) -> str:
    """The token from the header, or from a form; JSON cannot carry it."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return str(sent.args.get("token") or "") if sent.encoding == "form" else ""


def _client(request: Request) -> Json:
    """The app's own id and secret, which may stand in the header instead."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client, "client_secret": secret}


def _wait(slack: Slack, name: str, args: Json, token: str) -> int:
    """Whole seconds until this may be called again; 0 lets it through."""
    if limited := slack.faults.take("ratelimit", name):
        return limited.wait(slack.clock())
    method = METHODS.get(name)
    if method is None or token not in (slack.keys.bot_token, slack.keys.app_token):
        return 0
    if name not in POSTS:
        return slack.limits.wait(name, method.tier)
    try:
        return slack.limits.wait_to_post(channel_for(slack, args.get("channel")))
    except Refused:
        return 0


async def _perform(slack: Slack, name: str, args: Json, token: str) -> Json:
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        _allowed(slack, method, token)
        if told := slack.faults.take("refuse", name):
            raise Refused(told.error)
        done = await method.call(slack, {k: v for k, v in args.items() if k != "token"})
    except Refused as refused:
        return refused.answer()
    return {"ok": True, **done}


def _allowed(slack: Slack, method: Method, token: str) -> None:
    """Refuses a missing, wrong or unfit token, and a missing scope."""
    if method.token == "none":  # noqa: S105
        return
    if not token:
        raise Refused("not_authed")
    if token not in (slack.keys.bot_token, slack.keys.app_token):
        raise Refused("invalid_auth")
    fits = slack.keys.app_token if method.token == "app" else slack.keys.bot_token  # noqa: S105
    if token != fits:
        raise Refused("not_allowed_token_type")
    if not slack.manifest.allows(*method.scopes):
        raise missing_scope(slack, *method.scopes)


def _headers(slack: Slack, name: str) -> dict[str, str]:
    """What was granted and what this method takes, as Slack tells in every answer."""
    if slack.manifest.scopes is None:
        return {}
    told = {"x-oauth-scopes": ",".join(sorted(slack.manifest.scopes))}
    method = METHODS.get(name)
    accepted = ",".join(method.scopes) if method else ""
    return told | ({"x-accepted-oauth-scopes": accepted} if accepted else {})


async def hang_up(request: Request) -> None:
    """Closes the connection without a byte of answer, as a lost reply does."""
    # uvicorn offers no way to hang up; its cycle, which `receive` belongs to, holds the transport
    cycle = cast("RequestResponseCycle", cast("MethodType", request.receive).__self__)
    cycle.transport.close()
    await request.receive()
