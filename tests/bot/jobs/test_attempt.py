from __future__ import annotations

import logging

import pytest
from sqlalchemy import Engine, update

from analytics.errors import NotEnoughHistory
from bot.errors import NotUnderstood, OutOfDate
from bot.jobs.attempt import TRIES
from bot.jobs.work import Work
from bot.store.canonical import JSON
from bot.store.tables import job
from intacct.errors import Busy, PeriodClosed, Unreachable
from tests.bot.jobs.conftest import StartJobs, Told
from tests.bot.jobs.waiting import ask, until


def test_a_job_that_may_be_tried_again_is_and_its_finished_steps_are_not(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    steps: list[str] = []

    def read() -> JSON:
        steps.append("read")
        return {"total": "12.50", "rows": [1, None, True]}

    def post() -> JSON:
        steps.append("post")
        if steps.count("post") < 3:
            raise Busy("come back", 0.1)
        return None

    seen: list[JSON] = []

    def commit(work: Work) -> None:
        seen.append(work.step("read", read))
        seen.append(work.step("post", post))

    ask(store, "commit:P1", "commit")
    jobs = start_jobs({"commit": commit}, may_retry=lambda *_said: 0.05)
    until(jobs.idle)

    assert steps == ["read", "post", "post", "post"]
    assert seen == [{"total": "12.50", "rows": [1, None, True]}] * 3 + [None]
    assert told == []


def test_a_job_is_given_up_after_so_many_tries_and_it_is_said_once(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    tries: list[str] = []

    def never(work: Work) -> None:
        tries.append(work.key)
        raise Unreachable("nobody there")

    ask(store, "k", "never", {"channel": "C1"})
    jobs = start_jobs({"never": never}, may_retry=lambda *_said: 0.01)
    until(jobs.idle)

    assert tries == ["k"] * TRIES
    assert [(key, args, str(error)) for key, args, error in told] == [
        ("k", {"channel": "C1"}, "nobody there")
    ]


def test_an_error_that_may_not_be_tried_again_is_final_and_said_with_the_error_itself(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    tries: list[str] = []
    error = ValueError("a bug")

    def wrong(work: Work) -> None:
        tries.append(work.key)
        raise error

    ask(store, "k", "wrong")
    jobs = start_jobs({"wrong": wrong})
    until(jobs.idle)

    assert tries == ["k"]
    assert [error for _key, _args, error in told] == [error]


@pytest.mark.parametrize(
    ("error", "traces"),
    [
        (OutOfDate("the books moved"), 0),
        (PeriodClosed("June is closed"), 0),
        (NotEnoughHistory("11 of 24 periods"), 0),
        (ValueError("a bug"), 1),
    ],
)
def test_a_failure_is_one_line_in_the_log_with_a_trace_only_where_nobody_expected_it(
    store: Engine,
    start_jobs: StartJobs,
    told: Told,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    traces: int,
) -> None:
    def wrong(work: Work) -> None:
        raise error

    ask(store, "k", "wrong")
    jobs = start_jobs({"wrong": wrong})
    until(jobs.idle)

    lines = [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert [line.getMessage() for line in lines] == [
        f"job k failed for good: {type(error).__name__}"
    ]
    assert sum(bool(line.exc_info) for line in lines) == traces
    assert len(told) == 1


def test_jobs_this_version_does_not_know_or_cannot_read_end_as_failed(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    ask(store, "old:1", "a job of last year", {"channel": "C1"})
    ask(store, "old:2", "known")
    with store.begin() as tx:
        tx.execute(update(job).where(job.c.key == "old:2").values(args="[not json"))

    jobs = start_jobs({"known": lambda _work: None})
    until(jobs.idle)

    assert sorted((key, args, type(error)) for key, args, error in told) == [
        ("old:1", {"channel": "C1"}, NotUnderstood),
        ("old:2", {}, NotUnderstood),
    ]
    assert all("please ask again" in str(error) for _key, _args, error in told)
