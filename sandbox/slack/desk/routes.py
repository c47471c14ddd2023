"""The desk over HTTP: what the page reads, sends and listens to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.slack.desk import around, clicking, modals, own, reading, sharing, trouble, writing
from sandbox.slack.desk.who import person_of
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, read_json

Read = Callable[[Slack, Json], Json]
Do = Callable[[Slack, Json], Awaitable[Json]]


async def reload(slack: Slack, told: Json) -> Json:
    """Forgets what only this person saw, as reloading Slack does."""
    slack.messages.forget_ephemerals(person_of(told))
    return {"ok": True}


READS: Mapping[str, Read] = {
    "state": reading.state,
    "messages": reading.messages,
    "views": reading.views,
    "home": reading.home,
    "assistant": around.assistant,
    "scheduled": around.scheduled,
    "faults": trouble.faults,
}
DOES: Mapping[str, Do] = {
    "type": writing.type_text,
    "act": clicking.act,
    "submit": modals.submit,
    "close": modals.close,
    "home/open": modals.open_home,
    "shortcut": clicking.use_shortcut,
    "edit": own.edit,
    "delete": own.delete,
    "react": own.react,
    "mark": own.mark,
    "stop": own.stop,
    "look": around.look,
    "assistant/start": around.start_thread,
    "invite": around.invite,
    "remove": around.uninvite,
    "fault": trouble.fault,
    "fault/clear": trouble.clear,
    "reload": reload,
}


def desk_routes(slack: Slack) -> list[Route]:
    """All addresses under `/desk/`."""
    return [
        *(Route(f"/desk/{name}", partial(_read, slack, read)) for name, read in READS.items()),
        *(
            Route(f"/desk/{name}", partial(_do, slack, do), methods=["POST"])
            for name, do in DOES.items()
        ),
        Route("/desk/upload", partial(_upload, slack), methods=["POST"]),
        Route("/desk/options", partial(_options, slack)),
        Route("/desk/record", partial(_record, slack)),
        Route("/desk/events", partial(_events, slack)),
    ]


async def _read(slack: Slack, read: Read, request: Request) -> Response:
    try:
        return JSONResponse(read(slack, dict(request.query_params)))
    except Refused as refused:
        return JSONResponse(refused.answer(), 404)


async def _do(slack: Slack, do: Do, request: Request) -> Response:
    try:
        told = read_json((await request.body()).decode())
        if not isinstance(told, dict):
            raise Refused("json_not_object")
        return JSONResponse(await do(slack, told))
    except Refused as refused:
        return JSONResponse(refused.answer())


async def _options(slack: Slack, request: Request) -> Response:
    try:
        return JSONResponse(await clicking.options(slack, dict(request.query_params)))
    except Refused as refused:
        return JSONResponse(refused.answer())


async def _upload(slack: Slack, request: Request) -> Response:
    try:
        told = dict(request.query_params)
        return JSONResponse(sharing.upload(slack, told, await request.body()))
    except Refused as refused:
        return JSONResponse(refused.answer())


async def _record(slack: Slack, request: Request) -> Response:  # noqa: ARG001
    return JSONResponse(slack.record.lines)


async def _events(slack: Slack, request: Request) -> Response:
    try:
        person = person_of(dict(request.query_params))
    except Refused as refused:
        return JSONResponse(refused.answer(), 404)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(slack, person), 200, headers, "text/event-stream")


async def _stream(slack: Slack, person: str) -> AsyncIterator[str]:
    queue = slack.listeners.join(person)
    try:
        yield ": listening\n\n"
        while (event := await queue.get()) is not None:
            yield f"data: {json.dumps(event)}\n\n"
    finally:
        slack.listeners.leave(person, queue)
