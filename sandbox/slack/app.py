"""The workspace as one web application: Web API, response addresses, uploads, desk, page."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from functools import partial
from os import PathLike, stat_result
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sandbox.slack.api import call, hang_up
from sandbox.slack.desk.routes import desk_routes
from sandbox.slack.files import file_type
from sandbox.slack.postings import respond
from sandbox.slack.state import Slack
from sandbox.slack.wire import Refused, read_json
from sandbox.slack.workspace import ADMIN, CLIENT_ID, PEOPLE

PAGE = Path(__file__).parent / "page"
RESPONSE_URL = "response_url"  # as recordings and faults call it
FRESH = {"cache-control": "no-store"}


class FreshFiles(StaticFiles):
    """Files that a browser asks for again, so that a changed page is seen at once."""

    def file_response(
        self, full_path: PathLike[str] | str, stat_result: stat_result, scope: Scope,
        status_code: int = 200,
    ) -> Response:  # fmt: skip
        """A file, or word that it has not changed."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["cache-control"] = "no-cache"
        return answer


def make_app(slack: Slack) -> Starlette:
    """Every address the bot, the page and the tests use."""
    answers = partial(_response_url, slack)
    return Starlette(
        routes=[
            Route("/api/{method}", partial(call, slack), methods=["GET", "POST"]),
            Route("/commands/{team}/{token}", answers, methods=["POST"]),
            Route("/actions/{team}/{token}", answers, methods=["POST"]),
            Route("/app/{team}/{token}", answers, methods=["POST"]),
            Route("/upload/v1/{file}", partial(_upload, slack), methods=["POST"]),
            Route("/files/{file}", partial(_file, slack)),
            Route("/oauth/v2/authorize", partial(_authorize, slack)),
            *desk_routes(slack),
            Route("/", _index),
            Mount("/page", FreshFiles(directory=PAGE, check_dir=False)),
        ]
    )


async def _response_url(slack: Slack, request: Request) -> Response:
    """An answer to a command or a click, at the address that came with it."""
    body = await request.body()
    if slow := slack.faults.take("slow", RESPONSE_URL, named=True):
        await asyncio.sleep(slow.seconds)
    if slack.faults.take("error_500", RESPONSE_URL, named=True):
        return PlainTextResponse("Internal Server Error", 500)
    if limited := slack.faults.take("ratelimit", RESPONSE_URL, named=True):
        headers = {"Retry-After": str(limited.wait(slack.clock()))}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    try:
        told = read_json(body.decode())
        if not isinstance(told, dict):
            raise Refused("json_not_object")
        to = slack.tickets.use_response(str(request.path_params["token"]))
    except Refused as refused:
        return JSONResponse(refused.answer(), 404)
    try:
        respond(slack, to, told)
    except Refused as refused:
        slack.record.call(RESPONSE_URL, told, refused.answer(), "json")
        return JSONResponse(refused.answer(), 400)
    slack.record.call(RESPONSE_URL, told, {"ok": True}, "json")
    if slack.faults.take("lose_reply", RESPONSE_URL, named=True):
        await hang_up(request)
    return PlainTextResponse("ok")


async def _upload(slack: Slack, request: Request) -> Response:
    """The bytes of a file: as they are, or as the first part of a multipart form."""
    file = str(request.path_params["file"])
    content = await request.body()
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        content = _first_part(kind, content)
    try:
        slack.files.receive(file, content)
    except Refused as refused:
        slack.record.upload(file, content, 404)
        return PlainTextResponse(refused.error, 404)
    slack.record.upload(file, content, 200)
    return PlainTextResponse(f"OK - {len(content)}")


def _first_part(kind: str, content: bytes) -> bytes:
    form = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + content)
    parts = form.get_payload()
    first = parts[0] if isinstance(parts, list) else form
    payload = first.get_payload(decode=True) if not isinstance(first, str) else None
    return payload if isinstance(payload, bytes) else b""


async def _file(slack: Slack, request: Request) -> Response:
    try:
        file = slack.files.get(str(request.path_params["file"]))
    except Refused as refused:
        return PlainTextResponse(refused.error, 404)
    # whatever was uploaded is shown, never run
    headers = {"content-security-policy": "sandbox", "x-content-type-options": "nosniff", **FRESH}
    headers["content-disposition"] = f'inline; filename="{file.id}"'
    if "download" in request.query_params:
        name = "".join(c if c.isalnum() or c in ".-_ " else "_" for c in file.name)
        headers["content-disposition"] = (
            f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
        )
    return Response(file.content or b"", 200, headers, file_type(file))


async def _authorize(slack: Slack, request: Request) -> Response:
    """Allows the app in, in the name of whoever asks, and sends the code where it is wanted."""
    asked = request.query_params
    if asked.get("client_id") != CLIENT_ID or not asked.get("redirect_uri"):
        return PlainTextResponse("invalid_client_id or no redirect_uri", 400)
    person = asked.get("as", ADMIN)
    code = slack.installs.code(person if person in PEOPLE else ADMIN, asked["redirect_uri"])
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    answer = urlencode({"code": code, "state": asked.get("state", "")})
    return RedirectResponse(f"{asked['redirect_uri']}{joint}{answer}", 302)


async def _index(request: Request) -> Response:  # noqa: ARG001
    index = PAGE / "index.html"
    if not index.exists():
        return PlainTextResponse("The page is not here; the desk API is under /desk/.", 404)
    return FileResponse(index, headers=FRESH)
