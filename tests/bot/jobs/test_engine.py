from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.errors import Misconfigured
from bot.jobs.engine import Pace, start
from bot.jobs.work import HandedOver, Work
from bot.store.canonical import JSON
from bot.store.engine import reading
from bot.store.tables import job, session_lease
from intacct.errors import Unreachable
from tests.bot.jobs.conftest import QUICK, StartJobs, Told
from tests.bot.jobs.waiting import ask, until


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


def test_a_stop_cuts_a_wait_short_and_the_next_start_goes_on_where_it_was(
    store: Engine, start_jobs: StartJobs
) -> None:
    steps: list[str] = []
    waiting = Event()

    def may_retry(_key: str, _number: int, _error: Exception) -> float:
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
    stopping = Thread(target=jobs.stop)
    stopping.start()
    time.sleep(0.3)
    go_on.set()
    stopping.join()
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
        start(store, store_url, {}, failed=lambda *_said: None, may_retry=lambda *_said: None)


def test_the_lease_of_a_process_is_gone_after_a_polite_stop(
    store: Engine, start_jobs: StartJobs
) -> None:
    with store.begin() as tx:
        tx.execute(insert(session_lease), {"executor_id": "other", "expires_at": "2999"})
    start_jobs({}).stop()

    with reading(store) as tx:
        left = tx.execute(select(session_lease.c.executor_id)).scalars().all()
    assert left == ([] if store.dialect.name == "sqlite" else ["other"])
