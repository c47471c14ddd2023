"""A line to the gateway: one connection at a time, cut when its time is over.

The HTTP library bounds each silence and not the whole. An answer that trickles, be it in its head,
in interim answers or in bytes that unzip to nothing, would outlast the turn it has at the gate.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLContext
from threading import Lock, Timer
from typing import Final

import httpcore
import httpx

_CONNECTED: Final = (".connect_tcp.complete", ".start_tls.complete")
_ONE: Final = httpx.Limits(max_connections=1, max_keepalive_connections=1)


class Line:
    """One connection at a time; one request at a time may use it."""

    def __init__(
        self,
        *,
        headers: Mapping[str, str],
        timeout: httpx.Timeout,
        tls: SSLContext | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        # A cookie kept from one session would speak in the next, of another entity perhaps.
        none = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._http = httpx.Client(
            transport=transport,
            verify=True if tls is None else tls,
            timeout=timeout,
            headers=headers,
            cookies=none,
            limits=_ONE,
        )
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._request = 0  # the one under way, so that a late clock cuts no other
        self._over = 0  # the last one that was cut

    @contextmanager
    def posted(self, url: str, body: bytes, *, longest: float) -> Iterator[httpx.Response]:
        """The answer, not yet read; a ReadTimeout where it is not read whole after so long."""
        request = self._begun()
        clock = Timer(longest, self._cut, (request,))
        clock.daemon = True
        clock.start()
        extensions = {"trace": self._hear}
        try:
            with self._http.stream("POST", url, content=body, extensions=extensions) as answered:
                yield answered
        except (httpx.TransportError, httpx.DecodingError) as error:
            if self._over == request:
                raise _too_long(longest) from error
            raise
        finally:
            clock.cancel()
            self._begun()
        if self._over == request:  # the end of a connection may pass for the end of an answer
            raise _too_long(longest)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _begun(self) -> int:
        """Another request is under way, or none: the one before can be cut no more."""
        with self._lock:
            self._request += 1
            return self._request

    def _hear(self, event: str, told: Mapping[str, object]) -> None:
        """Whatever the library connects is the connection in use."""
        stream = told.get("return_value")
        if event.endswith(_CONNECTED) and isinstance(stream, httpcore.NetworkStream):
            with self._lock:
                self._socket = stream.get_extra_info("socket")
                if self._over == self._request:
                    _shut(self._socket)

    def _cut(self, request: int) -> None:
        with self._lock:
            if request == self._request:
                self._over = request
                _shut(self._socket)


class Lines:
    """As many lines as are in use at a time; one that is free is used again."""

    def __init__(
        self,
        *,
        headers: Mapping[str, str],
        timeout: httpx.Timeout,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._headers = headers
        self._timeout = timeout
        self._transport = transport
        self._tls = None if transport else httpx.create_ssl_context()
        self._free: deque[Line] = deque()

    @contextmanager
    def one(self) -> Iterator[Line]:
        """A line that nobody else uses meanwhile."""
        try:
            line = self._free.pop()
        except IndexError:
            line = Line(
                headers=self._headers,
                timeout=self._timeout,
                tls=self._tls,
                transport=self._transport,
            )
        try:
            yield line
        finally:
            self._free.append(line)

    def close(self) -> None:
        """Hang up on all lines that are free."""
        while self._free:
            self._free.pop().close()


def _shut(connection: socket.socket | None) -> None:
    """Nothing is read or sent there any more; whoever waits for it wakes up."""
    if connection is None:
        return
    with suppress(OSError):  # the other side was quicker
        # not SSLSocket's own, which would go on in the clear
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _too_long(seconds: float) -> httpx.ReadTimeout:
    return httpx.ReadTimeout(f"no whole answer within {seconds:g} seconds")
