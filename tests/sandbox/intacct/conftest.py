"""A small company served at a free port, and raw XML spoken to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.shop import make_shop
from tests.sandbox.intacct.small_company import make_small_company
from tests.sandbox.intacct.speaking import Gateway, served


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
def local(company: Path) -> Iterator[LocalIntacct]:
    """The gateway, answering."""
    local = LocalIntacct(company)
    local.start()
    yield local
    local.stop()


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """One client for all tests: making one costs more than asking."""
    with httpx.Client() as client:
        yield client


@pytest.fixture
def gateway(local: LocalIntacct, client: httpx.Client) -> Gateway:
    """Someone who speaks to it."""
    return Gateway(client, local.url)


@pytest.fixture(scope="module")
def shop(
    small_company: Path, tmp_path_factory: pytest.TempPathFactory, client: httpx.Client
) -> Iterator[Gateway]:
    """The shop at a gateway that all tests of a module share; each test keeps to its own party."""
    path = tmp_path_factory.mktemp("shop") / "company.sqlite"
    make_shop(small_company, path)
    local = LocalIntacct(path)
    local.start()
    yield Gateway(client, local.url)
    local.stop()


@pytest.fixture(scope="module")
def shared(
    small_company: Path, client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """One gateway for all tests of a module, which leave its books as they are."""
    path = tmp_path_factory.mktemp("shared") / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    with served(path, client) as gateway:
        yield gateway
