"""Installing the app: a code that is good once for ten minutes, exchanged for the bot's token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.slack.wire import Clock, Refused

CODE_LIFE = timedelta(minutes=10)


@dataclass(slots=True)
class Code:
    """Who installed the app, where the answer goes, and whether it was exchanged."""

    person: str
    redirect_uri: str
    made: datetime
    used: bool = False


class Installs:
    """The codes handed out so far."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}

    def code(self, person: str, redirect_uri: str) -> str:
        """A new code for a person who allowed the app in."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(person, redirect_uri, self._clock())
        return code

    def exchange(self, code: str, redirect_uri: str) -> str:
        """Who installed the app; refused when the code is unknown, old, used or from elsewhere."""
        known = self._codes.get(code)
        if known is None or self._clock() - known.made > CODE_LIFE:
            raise Refused("invalid_code")
        if known.used:
            raise Refused("code_already_used")
        if redirect_uri and redirect_uri != known.redirect_uri:
            raise Refused("bad_redirect_uri")
        known.used = True
        return known.person
