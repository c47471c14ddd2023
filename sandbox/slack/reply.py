"""How the bot answered a request."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sandbox.slack.wire import Json


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status and a body, or the reason there is none."""

    status: int | None
    body: bytes = b""
    reason: str = ""
    stop_retrying: bool = False

    @property
    def ok(self) -> bool:
        """Whether the bot acknowledged."""
        return self.status is not None and 200 <= self.status < 300

    def json(self) -> Json | None:
        """The body as an object; None when it is empty or something else."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return None
        return told if isinstance(told, dict) else None

    def said(self) -> object:
        """What came with the acknowledgement: an object, a text, or "" where nothing did."""
        found = self.json()
        return found if found is not None else self.body.decode("utf-8", "replace")
