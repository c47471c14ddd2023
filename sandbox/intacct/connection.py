"""One connection over HTTP: keep-alive, one send per answer, misbehaviour on request."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from sandbox.intacct.carrying import Incident, ProcessDied
from sandbox.intacct.desk import Answer, Desk
from sandbox.intacct.faults import Fault, Faults
from sandbox.intacct.gateway import Gateway
from sandbox.intacct.limits import Limits
from sandbox.intacct.mischief import billion_laughs, garbled, padded
from sandbox.intacct.refusal import THROTTLED, Complaint
from sandbox.intacct.reply import Reply, refused

REQUEST_TYPES = ("application/xml", "text/xml", "x-intacct-xml-request")
LARGEST_BODY = 64 * 1024 * 1024
QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
TOO_MANY = refused(Complaint(THROTTLED, "Throttled", "API rate limit exceeded"), status=429)


class Server(ThreadingHTTPServer):
    """Listens, and knows who is connected."""

    request_queue_size = 128
    gateway: Gateway
    faults: Faults
    limits: Limits
    desk: Desk

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Conversation)
        self._connected: set[socket.socket] = set()

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        """Remembers the connection while it is open."""
        self._connected.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        """Forgets the connection."""
        self._connected.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends every connection that is still open."""
        for connection in list(self._connected):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was quicker


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        if self._for_gateway() and self.server.faults.take_down():
            self.close_connection = True
            return
        body = self._body()
        if body is None:
            return
        if self._for_gateway():
            with self.server.limits.turn() as mine:
                self._answer_document(body) if mine else self._send_reply(TOO_MANY)
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
        if QUICK_ACK is not None:  # a client that sends its head alone waits for this, 40 ms long
            self.connection.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
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
        if fault.kind == "busy":
            again = {"Retry-After": str(fault.retry_after)} if fault.retry_after >= 0 else {}
            self._send_reply(TOO_MANY, more=again)
        elif fault.kind == "garbled":
            page = garbled(fault.status)
            self._send(page.status, page.content_type, page.body)
        else:
            self._act_and_misbehave(fault, body)

    def _act_and_misbehave(self, fault: Fault, body: bytes) -> None:
        if fault.kind == "slow":
            time.sleep(fault.seconds)
        if fault.kind == "expire_sessions" and not fault.after:
            self.server.gateway.sessions.expire_all()
        try:
            reply = self.server.gateway.answer(body, _incident(fault))
        except ProcessDied:
            reply = None
        if reply is None or fault.kind == "lose_reply":
            self.close_connection = True
        elif fault.kind == "huge":
            self._send_reply(padded(reply, fault.megabytes))
        elif fault.kind == "billion_laughs":
            self._send_reply(billion_laughs())
        else:
            self._send_reply(reply, cut=fault.kind == "cut")

    def _send_reply(
        self, reply: Reply, *, cut: bool = False, more: Mapping[str, str] | None = None
    ) -> None:
        headers = dict(more or {})
        if _offers_gzip(self.headers.get("Accept-Encoding", "")):
            reply = replace(reply, body=gzip.compress(reply.body, 1))
            headers["Content-Encoding"] = "gzip"
        self._send(reply.status, reply.content_type, reply.body, headers, cut=cut)

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
        more: Mapping[str, str] | None = None,
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


def _incident(fault: Fault) -> Incident | None:
    if fault.kind == "expire_sessions" and fault.after:
        return Incident("session ends", fault.after)
    return Incident("process dies", 1) if fault.kind == "half_transaction" else None


def _offers_gzip(offered: str) -> bool:
    for part in offered.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
