"""A gateway on paper: it answers with what the test wrote, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import httpx
from lxml import etree

from intacct.client import Address, Call, Intacct
from intacct.exchange import Received
from intacct.gate import Limits, OwnGate

URL = "https://gateway.example.com/ia/xml/xmlgw.phtml"
NINE = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
ADDRESS = Address(URL, "sender", "sender-secret", "acme", "bot_user", "user-secret")
XML = {"content-type": 'text/xml; encoding="UTF-8"'}

Sheet = httpx.Response | Exception


def page(body: str, status: int = 200, headers: dict[str, str] | None = None) -> httpx.Response:
    """One answer, word for word."""
    return httpx.Response(status, headers=headers or XML, content=body.encode())


def received(sheet: httpx.Response) -> Received:
    """The sheet as it arrives."""
    headers = {name.lower(): value for name, value in sheet.headers.items()}
    return Received(sheet.status_code, headers, sheet.content)


def errors(*faults: tuple[str, str]) -> str:
    """An errormessage of numbers and sentences."""
    listed = "".join(
        f"<error><errorno>{number}</errorno><description></description>"
        f"<description2>{words}</description2><correction></correction></error>"
        for number, words in faults
    )
    return f"<errormessage>{listed}</errormessage>"


def control_failure(*faults: tuple[str, str], status: int = 200) -> httpx.Response:
    """Refused before anybody was signed in."""
    said = f"<control><status>failure</status></control>{errors(*faults)}"
    return page(f"<response>{said}</response>", status)


def authentication_failure(*faults: tuple[str, str]) -> httpx.Response:
    """The user or the session was refused."""
    said = f"<authentication><status>failure</status></authentication>{errors(*faults)}"
    return page(_response(said))


def results(*parts: str) -> httpx.Response:
    """One result after the other, each as `result` writes it."""
    return page(
        _response(
            "<authentication><status>success</status><userid>bot_user</userid>"
            "<companyid>acme</companyid><locationid></locationid>"
            "<sessiontimestamp>2026-01-31T09:00:00+00:00</sessiontimestamp>"
            "<sessiontimeout>2026-01-31T11:00:00+00:00</sessiontimeout></authentication>"
            + "".join(parts)
        )
    )


def result(body: str, *, control_id: str = "1", status: str = "success") -> str:
    """The result of one function."""
    return (
        f"<result><status>{status}</status><function>query</function>"
        f"<controlid>{control_id}</controlid>{body}</result>"
    )


def signed_in(session: str = "s-1", endpoint: str = URL, entity: str = "") -> httpx.Response:
    """The answer to getAPISession."""
    return results(
        result(
            f"<data><api><sessionid>{session}</sessionid><endpoint>{endpoint}</endpoint>"
            f"<locationid>{entity}</locationid></api></data>"
        )
    )


class Paper(httpx.BaseTransport):
    """Hands out the sheets in order; the last sheet is handed out again and again."""

    def __init__(self, *sheets: Sheet) -> None:
        self.sheets = list(sheets)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        sheet = self.sheets.pop(0) if len(self.sheets) > 1 else self.sheets[0]
        if isinstance(sheet, Exception):
            raise sheet
        return httpx.Response(sheet.status_code, headers=sheet.headers, content=sheet.content)

    def asked(self, n: int) -> etree._Element:
        """The n-th request as XML."""
        return etree.fromstring(self.requests[n].content)


class Patience:
    """A clock that only waiting moves on; it keeps how long each wait was."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def now(self) -> float:
        """The seconds waited so far."""
        return sum(self.waits)

    def gate(self, limits: Limits | None = None) -> OwnGate:
        """A gate that goes by this clock."""
        return OwnGate(limits, now=self.now, wait=self.waits.append)


class Desk:
    """A conversation over paper, with its record of calls and its waits."""

    def __init__(
        self,
        *sheets: Sheet,
        address: Address = ADDRESS,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.paper = Paper(*sheets)
        self.calls: list[Call] = []
        self.patience = Patience()
        self.waits = self.patience.waits
        self.gate = self.patience.gate()
        self.books = Intacct(
            address,
            gate=self.gate,
            clock=clock or (lambda: NINE),
            on_call=self.calls.append,
            transport=self.paper,
            wait=self.waits.append,
        )

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """What the record holds: function and outcome of each call."""
        return [(call.function, call.outcome) for call in self.calls]


def _response(operation: str) -> str:
    return (
        "<response><control><status>success</status></control>"
        f"<operation>{operation}</operation></response>"
    )


def listed(name: str, *records: dict[str, str], remaining: int = 0) -> httpx.Response:
    """The answer to a query: the records, numbered from 1, one element per field."""
    return results(result(_listed(name, records, remaining)))


def _listed(name: str, records: Sequence[dict[str, str]], remaining: int) -> str:
    found = "".join(
        f"<{name}><RECORDNO>{n}</RECORDNO>"
        + "".join(f"<{field}>{text}</{field}>" for field, text in record.items())
        + f"</{name}>"
        for n, record in enumerate(records, start=1)
    )
    return f"<data listtype='{name}' numremaining='{remaining}'>{found}</data>"
