"""A recording read back: calls the bot made and requests it was sent, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sandbox.slack.wire import Json

INBOUND = ("slash_command", "interaction", "event", "options")
NESTED = ("blocks", "view", "metadata", "files", "attachments", "chunks")  # text in a form


class NotARecording(Exception):
    """The file is no recording; says which line is not one and why."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call the bot made, or an answer it sent to a response_url."""

    line: int
    method: str
    args: Json
    response: Json
    at: datetime

    @property
    def ok(self) -> bool:
        """Whether Slack did as it was asked."""
        return self.response.get("ok") is True


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request the bot was sent, how it acknowledged it, and within how many milliseconds."""

    line: int
    kind: str
    body: Json
    status: int | None
    ms: int
    answer: object  # what came with the acknowledgement, where anything did
    at: datetime  # when it had been answered


Line = Call | Delivery


def read_recording(text: str) -> tuple[Line, ...]:
    """Every line of a recording; NotARecording names the first that is none."""
    lines = tuple(_read(text.splitlines()))
    if not lines:
        raise NotARecording("line 1: the file is empty")
    return lines


def _read(lines: Iterable[str]) -> Iterable[Line]:
    for number, text in enumerate(lines, start=1):
        try:
            yield _line(number, json.loads(text))
        except json.JSONDecodeError as error:
            raise NotARecording(f"line {number}: not JSON ({error.msg})") from error
        except (KeyError, TypeError, ValueError) as error:
            raise NotARecording(f"line {number}: no call and no delivery ({error})") from error


def _line(number: int, told: Json) -> Line:
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        raise ValueError("`at` names no zone")
    if "inbound" in told:
        if told["inbound"] not in INBOUND:
            raise ValueError(f"unknown inbound {told['inbound']!r}")
        status, ms = told["status"], int(told["ms"])
        return Delivery(number, told["inbound"], told["body"], status, ms, told.get("answer"), at)
    args = {name: _decoded(name, value) for name, value in told["args"].items()}
    return Call(number, str(told["method"]), args, dict(told["response"]), at)


def _decoded(name: str, value: object) -> object:
    """Nested values arrive as JSON text in forms and in the query."""
    if name not in NESTED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
