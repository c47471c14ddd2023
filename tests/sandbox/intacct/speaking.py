"""Hand-written XML sent as bytes, and the answer as it came."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from lxml import etree

from sandbox.intacct.server import LocalIntacct, utc_now
from sandbox.intacct.settings import Settings

LOGIN = (
    "<login><userid>bot_user</userid><companyid>acme</companyid><password>pw!</password></login>"
)
READER = LOGIN.replace("bot_user", "reader")
IN_UK = LOGIN.replace("</login>", "<locationid>200</locationid></login>")
IN_US = LOGIN.replace("</login>", "<locationid>100</locationid></login>")


def control(
    *,
    sender: str = "sandbox_sender",
    password: str = "sender_pw",
    unique: str = "false",
    more: str = "",
) -> str:
    """A control element; `more` goes in at its end."""
    return (
        f"<control><senderid>{sender}</senderid><password>{password}</password>"
        f"<controlid>from test</controlid><uniqueid>{unique}</uniqueid>"
        f"<dtdversion>3.0</dtdversion>{more}</control>"
    )


def request(
    *calls: str,
    head: str | None = None,
    sign_in: str = LOGIN,
    transaction: str = "false",
    ids: tuple[str, ...] = (),
) -> str:
    """A request of several calls, whose functions have the control ids f1, f2, … if not given."""
    names = ids or tuple(f"f{n}" for n in range(1, len(calls) + 1))
    functions = "".join(
        f'<function controlid="{name}">{call}</function>'
        for name, call in zip(names, calls, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><request>{head or control()}'
        f'<operation transaction="{transaction}"><authentication>{sign_in}</authentication>'
        f"<content>{functions}</content></operation></request>"
    )


@dataclass(frozen=True, slots=True)
class Gateway:
    """The address, and ways of asking it."""

    client: httpx.Client
    url: str

    def post(
        self, document: str | bytes, content_type: str = "application/xml", **headers: str
    ) -> httpx.Response:
        """The bare HTTP answer."""
        body = document.encode() if isinstance(document, str) else document
        return self.client.post(
            self.url, content=body, headers={"Content-Type": content_type, **headers}
        )

    def ask(self, *calls: str, sign_in: str = LOGIN, head: str | None = None) -> etree._Element:
        """The whole answer as XML."""
        return etree.fromstring(self.post(request(*calls, sign_in=sign_in, head=head)).content)

    def result(self, call: str, sign_in: str = LOGIN, head: str | None = None) -> etree._Element:
        """The only result of one call."""
        found = self.ask(call, sign_in=sign_in, head=head).find("operation/result")
        assert found is not None
        return found

    def done(self, call: str, sign_in: str = LOGIN) -> etree._Element:
        """The data of a call that must succeed."""
        result = self.result(call, sign_in)
        assert texts(result, "status") == ["success"], etree.tostring(result).decode()
        data = result.find("data")
        assert data is not None
        return data

    def done_without_data(self, call: str) -> None:
        """A call that must succeed and has nothing to show."""
        result = self.result(call)
        assert texts(result, "status") == ["success"], etree.tostring(result).decode()
        assert result.find("data") is None

    def refusal(self, call: str, sign_in: str = LOGIN) -> list[tuple[str, str]]:
        """Number and text of each error of a call that must fail."""
        result = self.result(call, sign_in)
        assert texts(result, "status") == ["failure"], etree.tostring(result).decode()
        return errors(result)

    def sandbox(self, path: str, words: object = None) -> httpx.Response:
        """A control request beside the gateway."""
        origin = self.url.removesuffix("/ia/xml/xmlgw.phtml")
        if words is None:
            return self.client.get(f"{origin}/sandbox/{path}")
        return self.client.post(f"{origin}/sandbox/{path}", json=words)


def texts(element: etree._Element, path: str) -> list[str]:
    """The texts of all elements at a path."""
    return [one.text or "" for one in element.findall(path)]


def errors(element: etree._Element) -> list[tuple[str, str]]:
    """Number and most useful text of each error below."""
    return [
        (
            one.findtext("errorno") or "",
            one.findtext("description2") or one.findtext("description") or "",
        )
        for one in element.iter("error")
    ]


def table(data: etree._Element) -> list[dict[str, str]]:
    """The records as they read."""
    return [{str(f.tag): f.text or "" for f in one} for one in data]


def wait_for_in_flight(gateway: Gateway, number: int) -> None:
    """Goes on once the gateway has so many requests that are not answered yet."""
    until = time.monotonic() + 10
    while gateway.sandbox("limits").json()["in_flight"] < number:
        assert time.monotonic() < until, f"there were never {number} requests in flight"
        time.sleep(0.002)


@contextmanager
def served(
    company: Path,
    client: httpx.Client,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Gateway]:
    """A gateway of its own, with settings or a clock of its own."""
    local = LocalIntacct(company, settings=settings, clock=clock)
    local.start()
    try:
        yield Gateway(client, local.url)
    finally:
        local.stop()
