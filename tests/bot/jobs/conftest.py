"""The durable engine on either database, with a short pace; stopped when the test is over.

Its databases are copies of one the engine has been at work on before: where it has never been, it
takes a second to find its queue. The stories begin with nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import pytest
from sqlalchemy import Engine, make_url

from bot.jobs.attempt import Job, MayRetry
from bot.jobs.engine import Jobs, Pace, start
from bot.store.canonical import JSON
from bot.store.engine import open_store
from tests.conftest import postgres_database

FILE: Final = "tieout.sqlite"
Told = list[tuple[str, Mapping[str, JSON], Exception]]

QUICK = Pace(
    look=timedelta(milliseconds=50),
    sweep=timedelta(milliseconds=200),
    lease=timedelta(seconds=2),
    goodbye=timedelta(seconds=2),
)


@pytest.fixture(scope="session")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a file the engine has been at work on, and of the engine's own beside it."""
    folder = tmp_path_factory.mktemp("worked-on")
    _work_on(f"sqlite:///{folder / FILE}")
    return folder


@pytest.fixture
def sqlite_url(worked_on: Path, tmp_path: Path) -> str:
    """The address of a copy of that file."""
    for file in worked_on.glob("*.sqlite"):
        shutil.copy(file, tmp_path)
    return f"sqlite:///{tmp_path / FILE}"


@pytest.fixture(scope="session")
def worked_on_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a database the engine has been at work on."""
    with postgres_database(postgres_server) as url:
        _work_on(url)
        yield make_url(url).database or ""


@pytest.fixture
def postgres_url(postgres_server: str, worked_on_postgres: str) -> Iterator[str]:
    """The address of a copy of that database, gone after the test."""
    with postgres_database(postgres_server, like=worked_on_postgres) as url:
        yield url


def _work_on(url: str) -> None:
    store = open_store(url)
    start(
        store,
        url,
        {},
        failed=lambda *_said: None,
        may_retry=lambda *_said: None,
        pace=QUICK,
        lost=lambda: None,
    ).stop()
    store.dispose()


class StartJobs(Protocol):
    """Start the engine with these jobs."""

    def __call__(
        self,
        jobs: Mapping[str, Job],
        *,
        may_retry: MayRetry = ...,
        pace: Pace = ...,
        lost: Callable[[], None] = ...,
    ) -> Jobs: ...


@pytest.fixture
def told() -> Told:
    """What `failed` was called with."""
    return []


@pytest.fixture
def start_jobs(store: Engine, store_url: str, told: Told) -> Iterator[StartJobs]:
    """Start the engine on the store of this test; one still at work is stopped at the end."""
    begun: list[Jobs] = []

    def begin(
        jobs: Mapping[str, Job],
        *,
        may_retry: MayRetry = lambda *_said: None,
        pace: Pace = QUICK,
        lost: Callable[[], None] = lambda: None,
    ) -> Jobs:
        begun.append(
            start(
                store,
                store_url,
                jobs,
                failed=lambda key, args, error: told.append((key, args, error)),
                may_retry=may_retry,
                pace=pace,
                lost=lost,
            )
        )
        return begun[-1]

    yield begin
    for jobs in begun:
        jobs.stop()
