"""A small company behind a gateway, a copy of its books, and people who change them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import Engine, select

from analytics.ledger import FiscalCalendar
from bot.services import Services
from bot.settings import Secret
from bot.store.engine import reading
from bot.store.tables import staged_line, staged_record
from intacct.client import Address, Call, Intacct
from intacct.read.extract import Element
from intacct.wire import element
from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings
from tests.bot.approvals.paper import Clock, policy
from tests.intacct.paper import Patience

FRESHNESS, EVERY = timedelta(minutes=10), timedelta(hours=1)

Posted = tuple[str, str, str, str]  # account, amount (debits positive), department, location


class Line(httpx.HTTPTransport):
    """The way to the gateway; where `no_history` is set, Intacct knows no audit history, and
    where `restless` is, somebody posts whenever the ledger is added up."""

    no_history = False
    restless: Callable[[], object] | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The gateway's own answer, to a question for an object it does not have."""
        if self.restless and b"<sum>" in request.read():
            self.restless()
        if self.no_history and b"AUDITHISTORY" in request.read():
            body = request.content.replace(b"AUDITHISTORY", b"NOSUCHOBJECT")
            request = httpx.Request("POST", request.url, headers=request.headers, content=body)
        return super().handle_request(request)


@dataclass(slots=True)
class Company:
    """The gateway, what it was asked, and the hands of people in Intacct."""

    gateway: LocalIntacct
    clock: Clock
    books: Intacct
    hands: Intacct
    line: Line
    calls: list[Call]

    def services(self, store: Engine, audit_key: Secret) -> Services:
        """What a job works with, over a store."""
        return Services(
            books=self.books,
            store=store,
            audit_key=audit_key,
            policy=replace(policy(), freshness=FRESHNESS, refresh_every=EVERY),
            calendar=FiscalCalendar(),
            clock=self.clock,
            default_entity="100",
        )

    def post(self, day: str, *lines: Posted, journal: str = "GJ", number: int = 0) -> int:
        """An entry of these lines on a day (02/15/2026), or an entry changed into that."""
        entry = element(
            "GLBATCH",
            None,
            *([element("RECORDNO", str(number))] if number else []),
            element("JOURNAL", journal),
            element("BATCH_DATE", day),
            element("BATCH_TITLE", "By hand"),
            element("ENTRIES", None, *map(_line, lines)),
        )
        verb = "update" if number else "create"
        answer = self.hands.write(element(verb, None, entry), key=uuid4().hex)
        return int(next(iter(answer.data)).findtext("RECORDNO") or 0)

    def sell(self, amount: str, day: str = "02/15/2026", department: str = "SALES") -> int:
        """Cash against sales in US Inc (100)."""
        sale = ("4000", f"-{amount}", department, "100")
        return self.post(day, ("1000", amount, "", "100"), sale)

    def delete(self, number: int) -> None:
        """The entry is gone."""
        call = element("delete", None, element("object", "GLBATCH"), element("keys", str(number)))
        self.hands.write(call, key=uuid4().hex)

    def table(self, name: str) -> list[dict[str, str]]:
        """All rows of an object as the gateway holds them, read beside the client."""
        answered = httpx.get(f"{self.gateway.page}tables/{name}")
        rows: list[dict[str, str]] = answered.raise_for_status().json()
        return rows

    def fault(self, kind: str, **more: object) -> None:
        """The gateway misbehaves."""
        httpx.post(f"{self.gateway.page}fault", json={"kind": kind, **more}).raise_for_status()

    def run(self, statement: str, values: Iterable[str | int] = ()) -> None:
        """Something happens in the company's file that no trail tells of."""
        with self.gateway.books.lock:
            self.gateway.books.run(statement, tuple(values))


@contextmanager
def company_at(path: Path, settings: Settings | None = None) -> Iterator[Company]:
    """The company in a file, answering, at nine in the morning."""
    clock = Clock()
    gateway = LocalIntacct(path, clock=clock, settings=settings)
    gateway.start()
    calls: list[Call] = []
    line = Line()
    books = _signed_in(gateway, clock, calls, line)
    hands = _signed_in(gateway, clock, [], httpx.HTTPTransport())
    yield Company(gateway, clock, books, hands, line, calls)
    books.close()
    hands.close()
    gateway.stop()


def lines_of(store: Engine) -> list[Mapping[str, object]]:
    """Every line of the copy but for when it was read."""
    return _rows(store, staged_line, staged_line.c.record_no)


def records_of(store: Engine) -> list[Mapping[str, object]]:
    """Every other record of the copy but for when it was read."""
    return _rows(store, staged_record, staged_record.c.object, staged_record.c.record_no)


def _rows(store: Engine, table: object, *order: object) -> list[Mapping[str, object]]:
    with reading(store) as tx:
        rows = tx.execute(select(table).order_by(*order)).mappings().all()  # type: ignore[call-overload]
    return [{k: v for k, v in row.items() if k not in ("read_at", "run_id")} for row in rows]


def _signed_in(
    gateway: LocalIntacct, clock: Clock, told: list[Call], line: httpx.BaseTransport
) -> Intacct:
    return Intacct(
        Address(gateway.url, "sandbox_sender", "sender_pw", "acme", "bot_user", "pw!"),
        clock=clock,
        on_call=told.append,
        transport=line,
        timeout_seconds=20,
        wait=lambda _seconds: None,
        gate=Patience().gate(),
    )


def _line(posted: Posted) -> Element:
    account, amount, department, location = posted
    return element(
        "GLENTRY",
        None,
        element("ACCOUNTNO", account),
        element("TR_TYPE", "-1" if amount.startswith("-") else "1"),
        element("TRX_AMOUNT", amount.lstrip("-")),
        *([element("DEPARTMENT", department)] if department else []),
        element("LOCATION", location),
    )
