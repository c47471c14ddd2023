from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from sandbox.company.demo import make_demo
from sandbox.company.store import create_company, open_company

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company as of Friday 20 November 2026, made once."""
    path = tmp_path_factory.mktemp("demo") / "acme.sqlite"
    make_demo(path, AS_OF)
    return path


@pytest.fixture
def demo(demo_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_company(demo_file)) as connection:
        yield connection


@pytest.fixture
def company(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A company with nothing in it yet."""
    with closing(create_company(tmp_path / "company.sqlite")) as connection:
        yield connection
