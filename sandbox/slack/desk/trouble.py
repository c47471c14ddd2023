"""Misbehaviour as the desk asks for it: clear about what it takes, and taken back again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.slack.blocks.catalog import BLOCKS
from sandbox.slack.faults import Fault
from sandbox.slack.methods.table import METHODS
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, Refused, invalid_arguments

INBOUND = ("slash_command", "interaction", "event", "options")
API, DELIVERIES, BOTH = "API", "deliveries", "both"
# where each kind applies
KINDS: Mapping[str, str] = {
    "slow": BOTH,
    "error_500": API,
    "ratelimit": API,
    "refuse": API,
    "lose_reply": BOTH,
    "reorder": BOTH,
    "deliver_twice": DELIVERIES,
    "drop": DELIVERIES,
    "slow_file": "files",
    "stuck_file": "files",
    "refuse_block": "blocks",
    "disconnect": "socket",
}
AT_RESPONSE_URLS = ("slow", "error_500", "ratelimit", "lose_reply")
REASONS = ("warning", "refresh_requested", "link_disabled")
FIELDS = {
    "as",
    "kind",
    "method",
    "block",
    "reason",
    "count",
    "seconds",
    "for_seconds",
    "times",
    "error",
}
ERROR = re.compile(r"[a-z_]{2,60}")
MOST_SECONDS = 86_400


async def fault(slack: Slack, told: Json) -> Json:
    """Plans misbehaviour; the answer names it by a number."""
    kind = told.get("kind")
    if kind not in KINDS:
        raise invalid_arguments(f"kind must be one of {', '.join(KINDS)}")
    if unknown := set(told) - FIELDS:
        raise invalid_arguments(f"unknown field: {', '.join(sorted(unknown))}")
    if kind == "disconnect":
        return await _disconnect(slack, told)
    planned = Fault(str(kind), _target(str(kind), told))
    planned.seconds = _seconds(told, "seconds", 2.0 if kind == "reorder" else 1.0)
    planned.times = _whole(told, "times", 2, least=2, most=20)
    planned.error = _error(planned, told)
    lasting = "for_seconds" in told or (kind == "refuse_block" and "count" not in told)
    planned.left = None if lasting and "count" not in told else _whole(told, "count", 1)
    if "for_seconds" in told:
        planned.until = slack.clock() + timedelta(seconds=_seconds(told, "for_seconds", 1.0))
    return {"ok": True, "id": slack.faults.plan(planned)}


async def clear(slack: Slack, told: Json) -> Json:
    """Takes faults back: one by its number, those of a kind, or all."""
    kind, number = told.get("kind"), told.get("id")
    if kind is not None and kind not in KINDS:
        raise invalid_arguments(f"kind must be one of {', '.join(KINDS)}")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
        raise invalid_arguments("id must be a whole number")
    return {"ok": True, "taken_back": slack.faults.take_back(kind, number)}


def faults(slack: Slack, told: Json) -> Json:  # noqa: ARG001  all reads take both
    """What is still to go wrong."""
    return {"faults": [fault.told() for fault in slack.faults.waiting()]}


async def _disconnect(slack: Slack, told: Json) -> Json:
    reason = told.get("reason", "refresh_requested")
    if reason not in REASONS:
        raise invalid_arguments(f"reason must be one of {', '.join(REASONS)}")
    seconds = _seconds(told, "seconds", 10.0 if reason == "warning" else 0.1)
    if slack.sockets is None or not slack.sockets.connected:
        raise Refused("not_connected")
    return {"ok": True, "connections": await slack.sockets.disconnect(reason, seconds)}


def _target(kind: str, told: Json) -> str | None:
    """What it is about: a method, a kind of delivery, or a type of block."""
    where, method, block = KINDS[kind], told.get("method"), told.get("block")
    if where == "blocks":
        if block not in BLOCKS:
            raise invalid_arguments(f"block must be one of {', '.join(BLOCKS)}")
        return str(block)
    if block is not None:
        raise invalid_arguments(f"{kind} takes no block")
    if method is None:
        if kind == "reorder":
            raise invalid_arguments("reorder needs a method, or one of " + ", ".join(INBOUND))
        return None
    known = [*(METHODS if where in (API, BOTH) else ()),
             *(INBOUND if where in (DELIVERIES, BOTH) else ())]  # fmt: skip
    if method not in known and not (method == "response_url" and kind in AT_RESPONSE_URLS):
        raise invalid_arguments(f"{kind} knows no method {method}")
    return str(method)


def _error(planned: Fault, told: Json) -> str:
    error = told.get("error", "")
    if planned.kind != "refuse":
        if error:
            raise invalid_arguments(f"{planned.kind} takes no error")
        return ""
    if not isinstance(error, str) or not ERROR.fullmatch(error):
        raise invalid_arguments("error must be one of Slack's, such as restricted_action")
    return error


def _seconds(told: Json, name: str, usual: float) -> float:
    value: Any = told.get(name, usual)
    fair = isinstance(value, int | float) and not isinstance(value, bool)
    if not fair or not 0 <= value <= MOST_SECONDS:
        raise invalid_arguments(f"{name} must be a number from 0 to {MOST_SECONDS}")
    return float(value)


def _whole(told: Json, name: str, usual: int, *, least: int = 1, most: int = 1_000_000) -> int:
    value: Any = told.get(name, usual)
    fair = isinstance(value, int) and not isinstance(value, bool)
    if not fair or not least <= value <= most:
        raise invalid_arguments(f"{name} must be a whole number from {least} to {most}")
    return int(value)
