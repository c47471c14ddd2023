"""Recordings written by hand, a line at a time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.slack.validate.holds import findings_of
from sandbox.slack.validate.recording import read_recording

Json = dict[str, Any]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(seconds: float) -> str:
    """So many seconds after noon."""
    return (NOON + timedelta(seconds=seconds)).isoformat()


def call(method: str, args: Json, response: Json | None = None, seconds: float = 0) -> Json:
    """A call that Slack did, unless the response says otherwise."""
    told = {"ok": True, **(response or {})}
    return {"method": method, "args": args, "response": told, "encoding": "json"} | {
        "at": at(seconds)
    }


def post(
    *blocks: Json, text: str = "Revenue: USD 12.00", ts: str = "1795262400.000100", **more: Any
) -> Json:
    """A message of these blocks in #finance, posted."""
    args = {"channel": "C01FINANCE", "text": text, "blocks": list(blocks), **more}
    args = {name: value for name, value in args.items() if value is not None}
    return call("chat.postMessage", args, {"channel": "C01FINANCE", "ts": ts})


def tap(seconds: float = 0, status: int | None = 200, ms: int = 40, **body: Any) -> Json:
    """A tap that was delivered and acknowledged."""
    told = {"type": "block_actions", "trigger_id": "1.2.a", **body}
    return {"inbound": "interaction", "body": told, "status": status, "ms": ms, "at": at(seconds)}


def opened(view: Json, seconds: float = 0.1, trigger: str = "1.2.a") -> Json:
    """A window that was opened."""
    args = {"trigger_id": trigger, "view": view}
    return call("views.open", args, {"view": {"id": "V01"}}, seconds)


def modal(*blocks: Json, **more: Any) -> Json:
    """A window of these blocks."""
    return {
        "type": "modal",
        "callback_id": "sources",
        "private_metadata": "FC-1",
        "title": plain("Sources"),
        "close": plain("Close"),
        "blocks": list(blocks),
        **more,
    }


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str = "Sources", action: str = "paper.sources", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action, "value": "FC-1", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def table(*rows: tuple[str, ...], **more: Any) -> Json:
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, **more}


def chart(many: int = 3, series: int = 1, **more: Any) -> Json:
    labels = [f"M{n}" for n in range(many)]
    data = [{"label": label, "value": 1.5} for label in labels]
    return {
        "type": "data_visualization",
        "title": "Revenue a month",
        "chart": {
            "type": "line",
            "series": [{"name": f"S{n}", "data": data} for n in range(series)],
            "axis_config": {"categories": labels, "y_label": "USD"},
        },
        **more,
    }


def image(**more: Any) -> Json:
    found = {"type": "image", "slack_file": {"id": "F0123456789"}, "alt_text": "Revenue, 12.00"}
    return {name: value for name, value in (found | more).items() if value is not None}


UPLOADED: tuple[Json, ...] = (
    call(
        "files.getUploadURLExternal",
        {"filename": "fan.png", "length": "9"},
        {"file_id": "F0123456789"},
    ),
    call("upload", {"file": "F0123456789", "length": 9}, {"status": 200}),
    call("files.completeUploadExternal", {"files": [{"id": "F0123456789", "title": "Fan"}]}),
    call("files.info", {"file": "F0123456789"}, {"file": {"id": "F0123456789", "mimetype": "a/b"}}),
)


def found_in(*lines: Json) -> list[str]:
    """What is found in a recording of these lines."""
    return [str(found) for found in findings_of(read_recording(written(*lines)))]


def written(*lines: Json) -> str:
    return "\n".join(json.dumps(line) for line in lines)
