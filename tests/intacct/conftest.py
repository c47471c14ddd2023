"""The small company at a free port; each test has a copy of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.intacct.server import LocalIntacct
from tests.intacct.local import Local
from tests.sandbox.intacct.small_company import make_small_company


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every test copies."""
    path = tmp_path_factory.mktemp("company") / "small.sqlite"
    make_small_company(path)
    return path


@pytest.fixture
def company(small_company: Path, tmp_path: Path) -> Path:
    """A copy of the small company that a test may change."""
    path = tmp_path / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    return path


@pytest.fixture
def local(company: Path) -> Iterator[Local]:
    """The gateway, answering, and conversations with it."""
    gateway = LocalIntacct(company)
    gateway.start()
    local = Local(gateway.url, company)
    yield local
    for books in local.opened:
        books.close()
    gateway.stop()
