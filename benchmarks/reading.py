"""Records a second from the local Intacct: our client, others' clients, bare lxml, no parsing.

`python -m benchmarks.reading [FOLDER]`; FOLDER keeps the installed clients. Everybody reads the
same pages of 2,000 ledger lines with 25 fields from the same gateway, in one run, in turns.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from lxml import etree

from benchmarks.peers.clients import CLIENTS, drive, install
from benchmarks.peers.served import FIELDS, serving
from benchmarks.report import machine, table
from intacct.auth import Address, login
from intacct.client import Intacct
from intacct.envelope import content, request
from intacct.read.query import tuples
from intacct.wire import element

LINES = 48_000
PAGES = 24
PAGE = 2_000
ROUNDS = 3
NOBODY = b"0" * 32
TIMES = 20  # the same bytes, parsed again

Reader = Callable[[], int]


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code is 1 where a promise of the client does not hold."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]).absolute() if arguments else Path(made) / "clients"
        install(folder)
        with serving(Path(made) / "company", LINES) as at:
            rates = _rates(at, folder)
            bare, ours, count = _parsing(at)
    fastest = max(rates[client.name] for client in CLIENTS)
    own = rates["tieout"]
    print(table(("reader", "records a second", "tieout is"), _rows(rates, own)))
    print(f"\nThe same bytes from memory, {count:,} records:\n")
    rows = [
        ("lxml, one tuple a record", _rate(bare), ""),
        ("tieout, all of it", _rate(ours), f"{ours / bare:.2f}"),
    ]
    print(table(("parser", "records a second", "of bare lxml"), rows))
    print(f"\n{machine()}")
    return 0 if own >= 3 * fastest and ours >= 0.75 * bare else 1


def _rates(at: dict[str, Any], folder: Path) -> dict[str, float]:
    """Records a second of each reader, the median of the rounds."""
    readers: dict[str, Reader] = {
        "the gateway, nothing parsed": lambda: sum(PAGE for _ in _pages(at)),
        "bare lxml, page after page": lambda: sum(_bare(body) for body in _pages(at)),
        "tieout": lambda: _ours(at, ahead=2),
        "tieout, one page at a time": lambda: _ours(at, ahead=0),
    }
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            begun = time.perf_counter()
            count = read()
            taken.setdefault(name, []).append(count / (time.perf_counter() - begun))
        for client in CLIENTS:
            plan = at | {"step": "read", "pages": PAGES}
            seen: Any = dict(drive(client, folder, plan))["read"]
            taken.setdefault(client.name, []).append(seen["records"] / seen["seconds"])
    return {name: statistics.median(rates) for name, rates in taken.items()}


def _rows(rates: dict[str, float], own: float) -> list[tuple[str, str, str]]:
    return [(name, _rate(rate), f"{own / rate:.1f} times") for name, rate in rates.items()]


def _rate(value: float) -> str:
    return f"{value:,.0f}"


def _address(at: dict[str, Any]) -> Address:
    return Address(
        url=at["url"],
        sender_id=at["sender_id"],
        sender_password=at["sender_password"],
        company_id=at["company_id"],
        user_id=at["user_id"],
        user_password=at["user_password"],
    )


def _books(address: Address, transport: httpx.BaseTransport | None = None) -> Intacct:
    return Intacct(
        address,
        clock=lambda: datetime.now(UTC),
        on_call=lambda _: None,
        transport=transport,
    )


def _ours(at: dict[str, Any], ahead: int) -> int:
    books = _books(_address(at))
    try:
        return sum(1 for _ in tuples(books, "GLDETAIL", FIELDS, ahead=ahead))
    finally:
        books.close()


def _pages(at: dict[str, Any]) -> Iterator[bytes]:
    """The pages as bytes, asked for one after the other over one connection."""
    address = _address(at)
    with httpx.Client(
        headers={"Content-Type": "application/xml", "Accept-Encoding": "gzip"}
    ) as web:
        for page in range(PAGES):
            call = element(
                "query",
                None,
                element("object", "GLDETAIL"),
                element("select", None, *(element("field", name) for name in FIELDS)),
                element("orderby", None, element("order", None, element("field", "RECORDNO"))),
                element("options", None, element("showprivate", "true")),
                element("pagesize", str(PAGE)),
                element("offset", str(page * PAGE)),
            )
            asked = request(
                address, login(address), content([("1", call)]), control_id=uuid4().hex, once=False
            )
            yield web.post(address.url, content=asked).raise_for_status().content


def _bare(body: bytes) -> int:
    """What one would write by hand: the tree, and a tuple of texts for each record."""
    data = etree.fromstring(body).find("operation/result/data")
    assert data is not None
    return len([tuple([field.text for field in record]) for record in data])


def _parsing(at: dict[str, Any]) -> tuple[float, float, int]:
    """Records a second of bare lxml and of our whole client, from the same bytes in memory."""
    wire = _Wire(httpx.HTTPTransport())
    _read_over(wire, at)
    bodies = [body for body in wire.bodies if b"<GLDETAIL>" in body]
    bare, ours, count = [], [], 0
    for _ in range(TIMES):
        begun = time.perf_counter()
        count = sum(_bare(body) for body in bodies)
        bare.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        assert _read_over(_Memory(wire.bodies), at) == count
        ours.append(time.perf_counter() - begun)
    return count / statistics.median(bare), count / statistics.median(ours), count


def _read_over(transport: httpx.BaseTransport, at: dict[str, Any]) -> int:
    books = _books(_address(at), transport)
    return sum(1 for _ in tuples(books, "GLDETAIL", FIELDS, ahead=0))


class _Wire(httpx.BaseTransport):
    """The network, with every answer's bytes kept."""

    def __init__(self, network: httpx.BaseTransport) -> None:
        self._network = network
        self.bodies: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer from the network, and a copy of it that names no request."""
        answered = self._network.handle_request(request)
        answered.read()
        self.bodies.append(answered.content.replace(_control_id(request), NOBODY))
        return _answer(answered.content)


class _Memory(httpx.BaseTransport):
    """The same answers again, in their order."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = iter(bodies)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The next answer, to whatever is asked; an answer names the request it is to."""
        return _answer(next(self._bodies).replace(NOBODY, _control_id(request), 1))


def _control_id(request: httpx.Request) -> bytes:
    """What the request calls itself: 32 letters, as those of nobody are."""
    found = re.search(rb"<controlid>([^<]{32})</controlid>", request.read())
    assert found is not None
    return found[1]


def _answer(body: bytes) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/xml"}, content=body)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
