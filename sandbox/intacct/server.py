"""The gateway behind HTTP: keep-alive, one send per answer, and a control address beside it."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from sandbox.intacct.books import Books
from sandbox.intacct.desk import Answer, Desk
from sandbox.intacct.faults import Fault, Faults
from sandbox.intacct.gateway import Gateway
from sandbox.intacct.readers import Readers
from sandbox.intacct.refusal import THROTTLED, Complaint
from sandbox.intacct.reply import Reply, refused
from sandbox.intacct.settings import Settings

GATEWAY_PATH = "/ia/xml/xmlgw.phtml"
REQUEST_TYPES = ("application/xml", "text/xml", "x-intacct-xml-request")
LARGEST_BODY = 64 * 1024 * 1024
CDN_PAGE = (
    b"<!DOCTYPE html><html><head><title>A timeout occurred</title></head><body>"
    b'<div id="cf-error-details"><h1>Error 524</h1><p>A timeout occurred</p></div></body></html>'
)


def utc_now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


class LocalIntacct:
    """A company served at an address of this machine until it is stopped."""

    def __init__(
        self,
        company: Path,
        *,
        port: int = 0,
        settings: Settings | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._server = _Server(("127.0.0.1", port), _Handler)
        self.books = Books(company, clock)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = origin + GATEWAY_PATH
        self.page = origin + "/sandbox/"
        self._server.faults = Faults()
        self._server.gateway = Gateway(
            self.books, Readers(company, clock), settings or Settings(), self.url
        )
        self._server.desk = Desk(self._server.gateway, self._server.faults)

    def start(self) -> None:
        """Answers from now on, in threads of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Hangs up on everybody and gives the company's file back."""
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        self._server.gateway.close()
        with self.books.lock:
            self.books.close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    gateway: Gateway
    faults: Faults
    desk: Desk

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._connected: set[socket.socket] = set()

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        self._connected.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._connected.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends every connection that is still open."""
        for connection in list(self._connected):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was quicker


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        if self._for_gateway() and self.server.faults.take_down():
            self.close_connection = True
            return
        body = self._body()
        if body is None:
            return
        if self._for_gateway():
            self._answer_document(body)
        else:
            self._send_answer(self.server.desk.post(urlsplit(self.path).path, body))

    def do_GET(self) -> None:
        if self._for_gateway():
            self._send(405, "text/plain", b"POST only\n", {"Allow": "POST"})
        else:
            parts = urlsplit(self.path)
            self._send_answer(self.server.desk.get(parts.path, parts.query))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing: an address may carry what nobody should keep."""

    def _for_gateway(self) -> bool:
        return urlsplit(self.path).path.endswith("/xmlgw.phtml")

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(411 if not length else 413, "text/plain", b"a Content-Length is needed\n")
            return None
        return self.rfile.read(int(length))

    def _answer_document(self, body: bytes) -> None:
        kind = (self.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        if kind not in REQUEST_TYPES:
            text = f"The content type must be one of {', '.join(REQUEST_TYPES)}."
            self._send_reply(refused(Complaint("invalidRequest", "", text), status=400))
            return
        fault = self.server.faults.take(body)
        if fault:
            self._misbehave(fault, body)
        else:
            self._send_reply(self.server.gateway.answer(body))

    def _misbehave(self, fault: Fault, body: bytes) -> None:
        match fault.kind:
            case "busy":
                text = "API rate limit exceeded"
                self._send_reply(refused(Complaint(THROTTLED, "Throttled", text), status=429))
                return
            case "garbled":
                self._send(fault.status, "text/html; charset=UTF-8", CDN_PAGE)
                return
            case "expire_sessions":
                self.server.gateway.sessions.expire_all()
            case "slow":
                time.sleep(fault.seconds)
        reply = self.server.gateway.answer(body)
        if fault.kind == "lose_reply":
            self.close_connection = True
            return
        self._send_reply(reply, cut=fault.kind == "cut")

    def _send_reply(self, reply: Reply, *, cut: bool = False) -> None:
        body, more = reply.body, {}
        offered = self.headers.get("Accept-Encoding", "")
        if _offers_gzip(offered):
            body, more = gzip.compress(body, 1), {"Content-Encoding": "gzip"}
        self._send(reply.status, reply.content_type, body, more, cut=cut)

    def _send_answer(self, answer: Answer) -> None:
        body = answer.body
        if not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        self._send(answer.status, answer.content_type, body)

    def _send(
        self,
        status: int,
        content_type: str,
        body: bytes,
        more: dict[str, str] | None = None,
        *,
        cut: bool = False,
    ) -> None:
        phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else "Unknown"
        headers = {
            "Date": self.date_time_string(),
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            **(more or {}),
        }
        if cut:
            self.close_connection = True
        if self.close_connection:
            headers["Connection"] = "close"
        lines = [f"HTTP/1.1 {status} {phrase}", *(f"{k}: {v}" for k, v in headers.items())]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        self.wfile.write(head + (body[: len(body) // 2] if cut else body))


def _offers_gzip(offered: str) -> bool:
    for part in offered.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
