"""A gateway at a real socket that answers every question with the same bytes, well or badly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.intacct.paper import signed_in

Body = Callable[[], Iterable[bytes]]


class Rude(ThreadingHTTPServer):
    """Lets everybody sign in; what comes after that is the test's."""

    daemon_threads = True

    def __init__(self, body: Body, *, status: int = 200, **headers: str) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.url = f"http://127.0.0.1:{self.server_port}/ia/xml/xmlgw.phtml"
        self.body = body
        self.status = status
        self.headers = {"Content-Type": "text/xml"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.asked = 0
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """No longer there."""
        self.shutdown()
        self.server_close()


class _Clerk(BaseHTTPRequestHandler):
    server: Rude

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if b"getAPISession" in body:
            self._say(
                200, {"Content-Type": "text/xml"}, [signed_in(endpoint=self.server.url).content]
            )
            return
        self.server.asked += 1
        self._say(self.server.status, self.server.headers, self.server.body())

    def _say(self, status: int, headers: dict[str, str], body: Iterable[bytes]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for part in body:
                self.wfile.write(part)
        except OSError:  # whoever asked has heard enough and hung up
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""
