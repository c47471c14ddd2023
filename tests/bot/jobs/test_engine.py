from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.errors import Misconfigured, NotUnderstood
from bot.jobs.engine import Pace, start
from bot.jobs.work import HandedOver, Work, enqueue
from bot.store.canonical import JSON
from bot.store.engine import reading
from bot.store.tables import job, session_lease
from intacct.errors import Busy, Unreachable
from tests.bot.jobs.conftest import QUICK, StartJobs

Told = list[tuple[str, Mapping[str, JSON], Exception]]


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def ask(store: Engine, key: str, name: str, args: Mapping[str, JSON] | None = None) -> bool:
    with store.begin() as tx:
        return enqueue(tx, key, name, args or {}, datetime(2025, 7, 1, 9, tzinfo=UTC))


def test_a_job_asked_for_twice_under_one_key_runs_once(
    store: Engine, start_jobs: StartJobs
) -> None:
    ran: list[tuple[str, str, Mapping[str, JSON]]] = []
    assert ask(store, "event:Ev1", "greet", {"to": "cfo", "lines": [1, 2]})
    assert not ask(store, "event:Ev1", "greet", {"to": "somebody else"})

    jobs = start_jobs({"greet": lambda work: ran.append((work.key, work.name, work.args))})
    until(jobs.idle)
    assert not ask(store, "event:Ev1", "greet")
    with store.begin() as tx:  # as after a crash between handing over and noting it
        tx.execute(update(job).values(handed_over_at=None))
    jobs.wake()
    until(jobs.idle)

    assert ran == [("event:Ev1", "greet", {"to": "cfo", "lines": [1, 2]})]


def test_what_is_asked_for_while_at_work_is_taken_up_when_woken(
    store: Engine, start_jobs: StartJobs
) -> None:
    done = Event()
    pace = Pace(look=QUICK.look, sweep=timedelta(hours=1), lease=QUICK.lease)
    jobs = start_jobs({"note": lambda _work: done.set()}, pace=pace)

    ask(store, "k", "note")
    jobs.wake()

    assert done.wait(10)


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
    jobs = start_jobs({"commit": commit}, may_retry=lambda _error: 0.05)
    until(jobs.idle)

    assert steps == ["read", "post", "post", "post"]
    assert seen == [{"total": "12.50", "rows": [1, None, True]}] * 3 + [None]
    assert told == []


def test_a_job_is_given_up_after_six_tries_and_it_is_said_once(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    tries: list[str] = []

    def never(work: Work) -> None:
        tries.append(work.key)
        raise Unreachable("nobody there")

    ask(store, "k", "never", {"channel": "C1"})
    jobs = start_jobs({"never": never}, may_retry=lambda _error: 0.01)
    until(jobs.idle)

    assert tries == ["k"] * 6
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


def test_a_stop_cuts_a_wait_short_and_the_next_start_goes_on_where_it_was(
    store: Engine, start_jobs: StartJobs
) -> None:
    steps: list[str] = []
    waiting = Event()

    def may_retry(_error: Exception) -> float:
        waiting.set()
        return 1.0

    def do(work: Work) -> None:
        work.step("one", lambda: steps.append("one"))
        work.step("two", lambda: steps.append("two"))
        if not waiting.is_set():
            raise Unreachable("not now")

    ask(store, "k", "do")
    jobs = start_jobs({"do": do}, may_retry=may_retry)
    assert waiting.wait(10)
    began = time.monotonic()
    jobs.stop()
    assert time.monotonic() - began < 4

    again = start_jobs({"do": do}, may_retry=may_retry)
    until(again.idle)

    assert steps == ["one", "two"]


def test_a_job_interrupted_by_a_stop_is_handed_back_at_its_next_step(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    began, go_on = Event(), Event()
    steps: list[str] = []

    def do(work: Work) -> None:
        work.step("one", lambda: steps.append("one"))
        began.set()
        assert go_on.wait(10)
        work.step("two", lambda: steps.append("two"))

    ask(store, "k", "do")
    jobs = start_jobs({"do": do})
    assert began.wait(10)
    jobs._attempts.stopping.set()  # noqa: SLF001  the moment between asking to stop and stopping
    go_on.set()
    jobs.stop()
    assert steps == ["one"]

    until(start_jobs({"do": do}).idle)

    assert steps == ["one", "two"]
    assert told == []


def test_a_job_may_not_go_on_once_another_process_took_over(
    store: Engine, start_jobs: StartJobs, told: Told
) -> None:
    begun, taken, lost = Event(), Event(), Event()
    outcome: list[str] = []

    def do(work: Work) -> None:
        work.check_still_mine()
        begun.set()
        taken.wait(10)
        try:
            work.check_still_mine()
        except HandedOver:
            outcome.append("handed over")
            raise
        outcome.append("wrote")

    ask(store, "k", "do")
    start_jobs({"do": do}, lost=lost.set)
    assert begun.wait(10)
    with store.begin() as tx:  # what a process does that takes over
        tx.execute(session_lease.delete())
    taken.set()

    assert lost.wait(10)
    until(lambda: bool(outcome))
    assert outcome == ["handed over"]
    assert told == []


def test_a_process_whose_work_stands_still_gives_itself_up(
    store: Engine, start_jobs: StartJobs
) -> None:
    lost, released = Event(), Event()
    pace = Pace(
        look=QUICK.look,
        sweep=QUICK.sweep,
        lease=timedelta(seconds=1),
        silence=timedelta(seconds=1),
        goodbye=timedelta(seconds=2),
    )

    def hang(_work: Work) -> None:
        released.wait(20)

    ask(store, "k", "hang")
    start_jobs({"hang": hang}, pace=pace, lost=lost.set)

    assert lost.wait(10)
    released.set()


def test_jobs_are_not_started_twice_in_one_place(
    store: Engine, store_url: str, start_jobs: StartJobs
) -> None:
    start_jobs({})

    with pytest.raises(Misconfigured):
        start(store, store_url, {}, failed=lambda *_said: None, may_retry=lambda _error: None)


def test_the_lease_of_a_process_is_gone_after_a_polite_stop(
    store: Engine, start_jobs: StartJobs
) -> None:
    with store.begin() as tx:
        tx.execute(insert(session_lease), {"executor_id": "other", "expires_at": "2999"})
    start_jobs({}).stop()

    with reading(store) as tx:
        left = tx.execute(select(session_lease.c.executor_id)).scalars().all()
    assert left == ([] if store.dialect.name == "sqlite" else ["other"])
