"""A gateway that only counts: when requests came, and how many were with it at one time."""

from __future__ import annotations

import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from tests.intacct.paper import result, results, signed_in


class Counting(ThreadingHTTPServer):
    """Answers every question with nothing, after a moment."""

    daemon_threads = True

    def __init__(self, seconds: float = 0.02) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.url = f"http://127.0.0.1:{self.server_port}/ia/xml/xmlgw.phtml"
        self.seconds = seconds
        self.came: list[float] = []
        self.most = 0
        self.now = 0
        self.lock = Lock()
        Thread(target=self.serve_forever, daemon=True).start()

    def most_within(self, seconds: float) -> int:
        """The most requests that came in any window of so many seconds."""
        came = sorted(self.came)
        return max(sum(first <= later <= first + seconds for later in came) for first in came)

    def stop(self) -> None:
        """No longer there."""
        self.shutdown()
        self.server_close()


class _Clerk(BaseHTTPRequestHandler):
    server: Counting
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    def do_POST(self) -> None:
        with self.server.lock:
            self.server.came.append(time.monotonic())
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.server.seconds)
        signing_in = b"getAPISession" in body
        sheet = signed_in(endpoint=self.server.url).content if signing_in else _empty(body)
        with self.server.lock:
            self.server.now -= 1
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(sheet)))
        self.end_headers()
        self.wfile.write(sheet)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


def _empty(body: bytes) -> bytes:
    ids = re.findall(rb'<function controlid="([^"]*)"', body)
    return results(*(result("<data/>", control_id=i.decode()) for i in ids)).content
