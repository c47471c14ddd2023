"""Message ids: seconds and microseconds, each later than the one before."""

from __future__ import annotations

import secrets
import string

from sandbox.slack.wire import Clock

LETTERS = string.ascii_uppercase + string.digits


class Stamps:
    """Hands out `ts` values, never the same twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """A new `ts`: ten digits, a dot and six digits."""
        now = self._clock()
        self._last = max(self._last + 1, int(now.timestamp()) * 1_000_000 + now.microsecond)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def made_up_id(prefix: str) -> str:
    """A new id with Slack's letter in front."""
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(10))
