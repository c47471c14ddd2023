"""A small company that trades, one gateway for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.intacct.server import LocalIntacct
from tests.intacct.local import Local
from tests.sandbox.intacct.shop import make_shop
from tests.sandbox.intacct.trading import NOW, make_trading_company


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """The gateway over a company that invoices and is paid, shared by the module's tests."""
    path = tmp_path_factory.mktemp("shop") / "company.sqlite"
    make_trading_company(small_company, path)
    gateway = LocalIntacct(path, clock=lambda: NOW)
    gateway.start()
    local = Local(gateway.url, path)
    yield local
    for books in local.opened:
        books.close()
    gateway.stop()


@pytest.fixture(scope="module")
def depot(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """The gateway over a company that buys and sells items, shared by the module's tests."""
    path = tmp_path_factory.mktemp("depot") / "company.sqlite"
    make_shop(small_company, path)
    gateway = LocalIntacct(path, clock=lambda: NOW)
    gateway.start()
    local = Local(gateway.url, path)
    yield local
    for books in local.opened:
        books.close()
    gateway.stop()
