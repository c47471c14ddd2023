"""What Slack's JSON is made of, and how Slack says no."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

Json = dict[str, Any]  # an object as it travels; its shape is checked, never assumed
Clock = Callable[[], datetime]


class Refused(Exception):
    """Slack's `ok: false`: the error's name and what travels with it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def answer(self) -> Json:
        """The body Slack would answer with."""
        return {"ok": False, "error": self.error, **self.extra}


def refused_for(error: str, messages: list[str]) -> Refused:
    """A refusal that says where: each message carries a JSON pointer."""
    return Refused(error, response_metadata={"messages": messages})


def invalid_arguments(*messages: str) -> Refused:
    """A refusal of the arguments themselves."""
    return refused_for("invalid_arguments", [f"[ERROR] {message}" for message in messages])


def read_json(text: str) -> Any:
    """Parsed JSON, or Slack's refusal."""
    try:
        return json.loads(text)
    except ValueError:
        raise Refused("invalid_json") from None


def flag(args: Json, name: str, *, default: bool = False) -> bool:
    """A yes or no argument, in any of the ways it is written."""
    value = args.get(name, default)
    return str(value).lower() in ("true", "1", "yes")


def number(args: Json, name: str, default: int) -> int:
    """A whole number argument; anything else is refused."""
    try:
        return int(args.get(name) or default)
    except (TypeError, ValueError):
        raise invalid_arguments(
            f"input must match regex pattern: ^[0-9]+$ [json-pointer:/{name}]"
        ) from None


def needed(args: Json, *names: str) -> None:
    """Refuses when a required argument is missing or empty."""
    missing = [name for name in names if args.get(name) in (None, "")]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
