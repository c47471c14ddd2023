"""The Web API: a token, arguments in any encoding, and always Slack's own kind of answer."""

from __future__ import annotations

import asyncio
import math
from types import MethodType
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from uvicorn.protocols.http.h11_impl import RequestResponseCycle

from sandbox.slack.methods.table import METHODS, Method
from sandbox.slack.state import Slack, missing_scope
from sandbox.slack.wire import Json, Refused, read_arguments


async def call(slack: Slack, request: Request) -> Response:
    """Answers one call, with the faults that were asked for."""
    method = str(request.path_params["method"])
    if slow := slack.faults.take("slow", method):
        await asyncio.sleep(slow.seconds)
    args, encoding, refused = await _arguments(request)
    if slack.faults.take("error_500", method):
        slack.record.call(method, args, {"status": 500}, encoding)
        return PlainTextResponse("Internal Server Error", 500)
    if limited := slack.faults.take("ratelimit", method):
        answer: Json = {"ok": False, "error": "ratelimited"}
        slack.record.call(method, args, answer, encoding)
        wait = str(max(1, math.ceil(limited.seconds)))
        return JSONResponse(answer, 429, {"Retry-After": wait})
    answer = refused or await _perform(slack, method, args, _token(request, args))
    slack.record.call(method, args, answer, encoding)
    if slack.faults.take("lose_reply", method):
        await _hang_up(request)
    return JSONResponse(answer, headers=_headers(slack))


async def _arguments(request: Request) -> tuple[Json, str, Json | None]:
    body = await request.body()
    try:
        args, encoding = read_arguments(
            request.headers.get("content-type", ""), body, request.url.query
        )
    except Refused as refused:
        return {}, "json", refused.answer()
    return args, encoding, None


def _token(request: Request, args: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")


async def _perform(slack: Slack, name: str, args: Json, token: str) -> Json:
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        _allowed(slack, method, token)
        told = await method.call(slack, {k: v for k, v in args.items() if k != "token"})
    except Refused as refused:
        return refused.answer()
    return {"ok": True, **told}


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


def _headers(slack: Slack) -> dict[str, str]:
    scopes = slack.manifest.scopes
    return {} if scopes is None else {"x-oauth-scopes": ",".join(sorted(scopes))}


async def _hang_up(request: Request) -> None:
    """Closes the connection without a byte of answer, as a lost reply does."""
    # uvicorn offers no way to hang up; its cycle, which `receive` belongs to, holds the transport
    cycle = cast("RequestResponseCycle", cast("MethodType", request.receive).__self__)
    cycle.transport.close()
    await request.receive()
