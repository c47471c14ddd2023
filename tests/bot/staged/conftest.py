"""A small company and a copy of its books, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.services import Services
from bot.settings import Secret
from tests.bot.staged.copying import Company, company_at
from tests.sandbox.intacct.small_company import make_small_company


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The company every test begins with."""
    path = tmp_path_factory.mktemp("company") / "small.sqlite"
    make_small_company(path)
    return path.read_bytes()


@pytest.fixture
def company(small_company: bytes, tmp_path: Path) -> Iterator[Company]:
    """A copy of the small company that a test may change."""
    path = tmp_path / "company.sqlite"
    path.write_bytes(small_company)
    with company_at(path) as opened:
        yield opened


@pytest.fixture
def services(company: Company, store: Engine, audit_key: Secret) -> Services:
    return company.services(store, audit_key)
