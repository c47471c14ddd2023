"""One request to the gateway and what came back: gated, and bounded in time and in size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import httpx

from intacct.errors import Garbled, IntacctError, OutcomeUnknown, Unreachable
from intacct.gate import Gate, Turn
from intacct.line import Lines

HEADERS: Final = {
    "Content-Type": "application/xml",
    "Accept": "application/xml, text/xml",
    "Accept-Encoding": "gzip",
    "User-Agent": "tieout",
}
LARGEST: Final = 256 * 1024 * 1024  # bytes of an answer, unzipped
LONGEST_QUEUE: Final = 600.0  # seconds a request waits for its turn
LONGEST_CONNECT: Final = 10.0
# Failures before a byte of the request has left.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.LocalProtocolError,
)


@dataclass(frozen=True, slots=True)
class Received:
    """What came back, unzipped and whole; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)  # a sign-in's holds the session

    @property
    def answered(self) -> bool:
        """Whether Intacct took the request in; what it did with it is in the content."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that is ready to leave, what it will cost, and whether a person waits for it."""

    url: str
    body: bytes = field(repr=False)  # with the passwords in it
    billed: int
    writing: bool
    background: bool


class Exchange:
    """The line to the gateway; threads may share it.

    `timeout_seconds` is how long it may be silent. A whole answer may take twice as long.
    """

    def __init__(
        self,
        gate: Gate,
        *,
        timeout_seconds: float,
        largest: int = LARGEST,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        connect = min(timeout_seconds, LONGEST_CONNECT)
        timeout = httpx.Timeout(timeout_seconds, connect=connect, pool=connect)
        self._lines = Lines(headers=HEADERS, timeout=timeout, transport=transport)
        self._gate = gate
        self._whole = 2 * timeout_seconds
        self._cut_after = self._whole + 2 * connect  # whatever the other side is still sending
        self._longest = self._cut_after + timeout_seconds
        self._largest = largest

    def send(self, out: Outgoing) -> Received:
        """The answer, whatever its status.

        Raises NoTurn where none comes; Unreachable where nothing left, or no answer to a question
        came; OutcomeUnknown where none came to a write; Garbled where an answer to a question
        cannot be unzipped or is too long.
        """
        with (
            self._gate.passing(
                longest=self._longest, patience=LONGEST_QUEUE, background=out.background
            ) as turn,
            _named(writing=out.writing),
        ):
            return self._exchanged(out, turn)

    def close(self) -> None:
        """Hang up."""
        self._lines.close()

    def _exchanged(self, out: Outgoing, turn: Turn) -> Received:
        until = monotonic() + self._whole
        turn.billed = out.billed  # it may be done even where no answer comes
        try:
            with (
                self._lines.one() as line,
                line.posted(out.url, out.body, longest=self._cut_after) as answered,
            ):
                if _turned_away(answered.status_code):
                    turn.billed = 0
                _refuse_layers(answered.headers.get("content-encoding", ""))
                content = b"".join(self._bounded(answered, until))
        except _NEVER_LEFT:
            turn.billed = 0
            raise
        headers = {name.lower(): value for name, value in answered.headers.items()}
        return Received(answered.status_code, headers, content)

    def _bounded(self, answered: httpx.Response, until: float) -> Iterator[bytes]:
        room = self._largest
        for chunk in answered.iter_bytes():
            room -= len(chunk)
            if room < 0:
                raise Garbled(f"the answer is longer than {self._largest:,} bytes")
            if monotonic() > until:
                raise httpx.ReadTimeout(f"no whole answer within {self._whole:g} seconds")
            yield chunk


def _refuse_layers(encoding: str) -> None:
    """A piece of what is zipped twice may unzip to more than there is memory for."""
    if encoding.strip().lower() not in ("", "identity", "gzip"):
        raise Garbled(f"the answer is encoded as “{encoding[:40]}”, which nobody asked for")


def _turned_away(status: int) -> bool:
    """Whether nothing was done: refused at the door, or closed. A proxy's 5xx leaves it open."""
    return httpx.codes.is_client_error(status) or status == httpx.codes.SERVICE_UNAVAILABLE


@contextmanager
def _named(*, writing: bool) -> Iterator[None]:
    """The HTTP library's errors as ours; what matters is whether a write may have arrived."""
    try:
        yield
    except _NEVER_LEFT as error:
        raise Unreachable(f"nothing left: {type(error).__name__}") from error
    except (httpx.RequestError, Garbled) as error:
        raise _lost(error, writing=writing) from error


def _lost(error: Exception, *, writing: bool) -> IntacctError:
    ours = isinstance(error, Garbled)
    words = str(error) if ours else f"the connection failed: {type(error).__name__}"
    if writing:
        return OutcomeUnknown(words)
    if ours or isinstance(error, httpx.DecodingError):
        return Garbled(words)
    return Unreachable(words)
