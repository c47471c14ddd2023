"""Ways to die on the way: a line to the gateway, a clock and a lease that end the process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx


class Killed(BaseException):
    """The process is gone; no code of ours may catch it."""


@dataclass(slots=True)
class Line(httpx.BaseTransport):
    """A line to the gateway on which something happens before or after some of its requests.

    `when` is asked with the number of the request, from 1, and its body.
    """

    happens: Callable[[], None]
    when: Callable[[int, bytes], bool]
    after: bool = False
    asked: int = 0
    real: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        struck = self.when(self.asked, request.read())
        if struck and not self.after:
            self.happens()
        response = self.real.handle_request(request)
        if struck:
            response.read()
            self.happens()
        return response

    def close(self) -> None:
        self.real.close()


@dataclass(slots=True)
class FromTheWriteOn:
    """Every request from the one that writes."""

    seen: bool = False

    def __call__(self, _number: int, body: bytes) -> bool:
        self.seen = self.seen or writes(0, body)
        return self.seen


def writes(_number: int, body: bytes) -> bool:
    """The request that writes."""
    return b"<create>" in body


@dataclass(slots=True)
class LastClock:
    """A clock somebody dies at, at one of the times it is asked."""

    now: Callable[[], datetime]
    dies: Callable[[], None]
    at: int
    asked: int = 0

    def __call__(self) -> datetime:
        self.asked += 1
        if self.asked == self.at:
            self.dies()
        return self.now()


def killed() -> None:
    raise Killed


def lost() -> None:
    raise httpx.ReadTimeout("no answer came")
