"""A small company behind a real gateway on this machine, and conversations with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx

from intacct.client import Address, Call, Intacct
from tests.intacct.paper import NINE, Patience


@dataclass(slots=True)
class Local:
    """The gateway's address, the company's file, and what has been said."""

    url: str
    path: Path
    calls: list[Call] = field(default_factory=list)
    patience: Patience = field(default_factory=Patience)
    opened: list[Intacct] = field(default_factory=list)

    def books(
        self,
        *,
        user: str = "bot_user",
        password: str = "pw!",
        sender: str = "sandbox_sender",
        sender_password: str = "sender_pw",
        clock: Callable[[], datetime] = lambda: NINE,
        timeout_seconds: float = 10,
    ) -> Intacct:
        """A conversation as this user; it ends with the test."""
        address = Address(self.url, sender, sender_password, "acme", user, password)
        books = Intacct(
            address,
            clock=clock,
            on_call=self.calls.append,
            gate=self.patience.gate(),
            timeout_seconds=timeout_seconds,
            wait=self.waits.append,
        )
        self.opened.append(books)
        return books

    @property
    def waits(self) -> list[float]:
        """How long each wait was, in seconds nobody waited."""
        return self.patience.waits

    def fault(self, kind: str, **more: object) -> None:
        """The gateway's next requests go wrong in this way."""
        self._control("fault", {"kind": kind, **more})

    def book(self, **entry: object) -> None:
        """Somebody enters a journal entry in Intacct itself."""
        self._control("post", entry)

    def table(self, name: str) -> list[dict[str, object]]:
        """All rows of an object as the gateway holds them, read beside the client."""
        answered = httpx.get(httpx.URL(self.url).join(f"/sandbox/tables/{name}"))
        rows: list[dict[str, object]] = answered.raise_for_status().json()
        return rows

    def limit(self, **limits: float) -> None:
        """The gateway lets in no more than so many, from now on, and counts anew."""
        self._control("limits", {**limits})

    def traffic(self) -> dict[str, int]:
        """What the gateway has counted since."""
        answered = httpx.get(httpx.URL(self.url).join("/sandbox/limits"))
        counted: dict[str, int] = answered.raise_for_status().json()
        return counted

    def outcomes(self, function: str) -> list[str]:
        """What became of the calls of one function."""
        return [call.outcome for call in self.calls if call.function == function]

    def _control(self, name: str, words: dict[str, object]) -> None:
        httpx.post(httpx.URL(self.url).join(f"/sandbox/{name}"), json=words).raise_for_status()
