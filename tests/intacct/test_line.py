"""What never ends is cut, wherever in an answer it trickles; and no answer leaves a mark."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from threading import Event, Thread
from time import monotonic

import pytest

from intacct.client import Address, Intacct
from intacct.errors import OutcomeUnknown
from intacct.wire import element
from tests.intacct.paper import NINE, Desk, page, result, results, signed_in

TRICKLING: dict[str, Callable[[], Iterator[bytes]]] = {
    "the head": lambda: chain([b"HTTP/1.1 200 OK\r\nX-Note: "], repeat(b"a")),
    "interim answers": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a name in the zip": lambda: chain(
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n\r\n"],
        [b"\x1f\x8b\x08\x08\0\0\0\0\0\x03"],
        repeat(b"n"),
    ),
}


class Trickle:
    """Lets everybody sign in, and answers what comes then in drops."""

    def __init__(self, drops: Iterator[bytes]) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}/ia/xml/xmlgw.phtml"
        self._drops = drops
        self._over = Event()
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """No longer there."""
        self._over.set()
        self._thread.join()
        self._door.close()

    def _serve(self) -> None:
        connection, _ = self._door.accept()
        with connection:
            body = signed_in(endpoint=self.url).content
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n"
            _heard(connection)
            connection.sendall(head % len(body) + body)
            _heard(connection)
            try:
                for drop in islice(self._drops, 60):
                    if self._over.wait(0.05):
                        return
                    connection.sendall(drop)
            except OSError:
                return  # whoever asked hung up


def _heard(connection: socket.socket) -> None:
    received = b""
    while not received.endswith(b"</request>"):
        received += connection.recv(65536)


@pytest.mark.parametrize("name", TRICKLING)
def test_an_answer_that_never_ends_is_cut_before_its_turn_is_over(name: str) -> None:
    server = Trickle(TRICKLING[name]())
    books = Intacct(
        Address(server.url, "s", "p", "acme", "u", "p"),
        clock=lambda: NINE,
        on_call=lambda _: None,
        timeout_seconds=0.2,
    )
    began = monotonic()
    try:
        with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
            books.write(element("create"), key="k-1")
        took = monotonic() - began
    finally:
        books.close()
        server.stop()

    assert took < 0.2 * 2 + 0.2 * 2 + 0.2  # a whole answer, a connection, and one silence


def test_no_cookie_of_one_session_is_shown_in_the_next() -> None:
    headers = {"content-type": "text/xml", "set-cookie": "session=s-1; Path=/"}
    desk = Desk(
        page(signed_in().text, headers=headers), page(results(result("<data/>")).text, 200, headers)
    )

    desk.books.ask(element("query"))
    desk.books.ask(element("query"))

    assert [request.headers.get("cookie") for request in desk.paper.requests] == [None] * 3
