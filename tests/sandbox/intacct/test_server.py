from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.intacct.server import LocalIntacct


def test_a_gateway_that_stops_hangs_up_and_gives_its_port_and_its_company_back(
    company: Path,
) -> None:
    first = LocalIntacct(company)
    first.start()
    parts = urlsplit(first.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as held:
        held.sendall(b"GET /ia/xml/xmlgw.phtml HTTP/1.1\r\n\r\n")
        assert held.recv(4096).startswith(b"HTTP/1.1 405")
        first.stop()
        assert held.recv(10) == b""
    again = LocalIntacct(company, port=parts.port or 0)
    again.start()
    again.stop()

    assert again.url == first.url
