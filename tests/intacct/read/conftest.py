"""One gateway for the tests of a module that leave its books alone or fill a table of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from intacct.client import Intacct
from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.server import LocalIntacct
from tests.intacct.local import Local


@dataclass(frozen=True, slots=True)
class Shared:
    """A conversation with the gateway, what was said, and the gateway's own books beside it."""

    books: Intacct
    local: Local
    gateway: LocalIntacct

    def run(self, statement: str, *values: str | int | None) -> None:
        """Changes the gateway's books behind everybody's back."""
        with self.gateway.books.lock:
            self.gateway.books.run(statement, values)

    def insert(self, name: str, *rows: Mapping[str, Value]) -> None:
        """Puts rows into one of the gateway's tables; rows of one call name the same fields."""
        with self.gateway.books.lock:
            insert(self.gateway.books.connection, name, rows)


@pytest.fixture(scope="module")
def shared(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A small company of this module's own, answering until the module's tests are done."""
    path = tmp_path_factory.mktemp("shared") / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    gateway = LocalIntacct(path)
    gateway.start()
    local = Local(gateway.url, path)
    books = local.books()
    yield Shared(books, local, gateway)
    books.close()
    gateway.stop()
