"""A company served at an address of this machine, with a control address beside the gateway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from sandbox.intacct.books import Books
from sandbox.intacct.connection import Server
from sandbox.intacct.desk import Desk
from sandbox.intacct.faults import Faults
from sandbox.intacct.gateway import Gateway
from sandbox.intacct.limits import Limits
from sandbox.intacct.readers import Readers
from sandbox.intacct.settings import Settings

GATEWAY_PATH = "/ia/xml/xmlgw.phtml"


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
        chosen = settings or Settings()
        self._server = Server(("127.0.0.1", port))
        self.books = Books(company, clock)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = origin + GATEWAY_PATH
        self.page = origin + "/sandbox/"
        gateway = Gateway(self.books, Readers(company, clock), chosen, self.url)
        self._server.gateway = gateway
        self._server.faults = Faults()
        self._server.limits = Limits(chosen.limit, clock)
        self._server.desk = Desk(gateway, self._server.faults, self._server.limits)

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
