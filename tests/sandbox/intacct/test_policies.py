from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import httpx
import pytest
from lxml import etree

from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import LOGIN, Gateway, control, request, texts

LATER = control(more="<policyid>later</policyid>")
BUDGET = (
    "<create><GLBUDGETHEADER><BUDGETID>Plan</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
    "</GLBUDGETHEADER></create>"
)


class Listener(BaseHTTPRequestHandler):
    heard: Queue[tuple[str, bytes]] = Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.put((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def test_a_known_policy_is_acknowledged_and_answered_later(
    company: Path, client: httpx.Client
) -> None:
    ear = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=ear.serve_forever, args=(0.02,), daemon=True).start()
    address = f"http://127.0.0.1:{ear.server_port}/answers?for=acme"
    local = LocalIntacct(company, settings=Settings(policies={"later": address}))
    local.start()
    gateway = Gateway(client, local.url)
    said = [
        etree.fromstring(gateway.post(request(BUDGET, head=LATER, sign_in=login)).content)
        for login in (LOGIN, LOGIN.replace("pw!", "wrong"))
    ]
    heard = [Listener.heard.get(timeout=5) for _ in said]
    local.stop()
    ear.shutdown()
    ear.server_close()

    for one in said:
        assert [part.tag for part in one] == ["acknowledgement", "control"]
        assert texts(one, "acknowledgement/status") == ["success"]
        assert texts(one, "control/controlid") == ["from test"]
    assert {path for path, _ in heard} == {"/answers?for=acme"}
    statuses = {
        etree.fromstring(body).findtext("operation/authentication/status") for _, body in heard
    }
    assert statuses == {"success", "failure"}


def test_nobody_listening_does_not_undo_the_work(company: Path, client: httpx.Client) -> None:
    policies = {"later": "http://127.0.0.1:9/"}
    local = LocalIntacct(company, settings=Settings(policies=policies))
    local.start()
    gateway = Gateway(client, local.url)
    gateway.post(request(BUDGET, head=LATER))
    local.stop()
    local = LocalIntacct(company)

    assert local.books.row("SELECT 1 FROM GLBUDGETHEADER WHERE BUDGETID = 'Plan'")
    local.start()
    local.stop()


def test_a_policy_may_not_lead_to_another_machine() -> None:
    with pytest.raises(ValueError, match="not an address of this machine"):
        Settings(policies={"out": "http://example.com/"})
