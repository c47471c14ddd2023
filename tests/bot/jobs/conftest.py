"""The durable engine on either database, with a short pace; stopped when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Protocol

import pytest
from sqlalchemy import Engine

from bot.jobs.attempt import Job, MayRetry
from bot.jobs.engine import Jobs, Pace, start
from bot.store.canonical import JSON

Told = list[tuple[str, Mapping[str, JSON], Exception]]

QUICK = Pace(
    look=timedelta(milliseconds=50),
    sweep=timedelta(milliseconds=200),
    lease=timedelta(seconds=2),
    goodbye=timedelta(seconds=2),
)


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
