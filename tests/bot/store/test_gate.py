from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.jobs.lease import Lease, take_over
from bot.store.engine import open_store, reading
from bot.store.gate import StoreGate
from bot.store.tables import gate_slot
from bot.store.usage import usage
from intacct.errors import NoTurn
from intacct.gate import Limits
from tests.house.code import ROOT
from tests.intacct.counting import Counting

AT_ONCE, A_WINDOW, WINDOW, EACH = 2, 8, 1.0, 5


def gate_of(store: Engine, limits: Limits | None = None, process: str = "here") -> StoreGate:
    return StoreGate(store, "acme", limits or Limits(1), 1000, process=process)


def slots(store: Engine) -> int:
    with reading(store) as tx:
        return len(tx.execute(select(gate_slot.c.id)).all())


@contextmanager
def hammer(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bot.store.hammer", *words]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_three_processes_share_the_limits_of_one_company(store: Engine, store_url: str) -> None:
    gateway = Counting(seconds=0.1)
    numbers = (str(AT_ONCE), str(A_WINDOW), str(WINDOW))
    words = ("ask", store_url, gateway.url, str(EACH), *numbers)

    with hammer(*words) as one, hammer(*words) as two, hammer(*words) as three:
        for process in (one, two, three):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        left = [process.wait(60) for process in (one, two, three)]
    gateway.stop()

    assert left == [0, 0, 0]
    assert len(gateway.came) == 3 * EACH + 3  # each signs in once
    assert gateway.most <= AT_ONCE
    assert gateway.most_within(WINDOW) <= A_WINDOW
    assert usage(store, "acme", 1000).billed == 3 * EACH
    assert slots(store) == 0


def test_a_process_killed_in_the_middle_gives_its_turn_back_when_it_expires(
    store: Engine, store_url: str
) -> None:
    with hammer("hold", store_url, "2") as holder:
        began = time.monotonic()
        holder.kill()
        holder.wait()
    gate = gate_of(store)

    with pytest.raises(NoTurn), gate.passing(longest=60, patience=0.2):
        pass
    with gate.passing(longest=60, patience=10):
        waited = time.monotonic() - began

    assert 1 < waited < 5


def test_whoever_takes_over_from_a_dead_process_gives_its_turn_back_at_once(
    store: Engine,
) -> None:
    Lease(store, "dead", timedelta(seconds=-1))
    with gate_of(store, process="dead").passing(longest=600, patience=0):
        assert take_over(store, "dead", lambda _executor: None)

        with gate_of(store).passing(longest=60, patience=0):
            assert slots(store) == 1


def test_other_companies_have_gates_of_their_own(store: Engine) -> None:
    other = StoreGate(store, "other", Limits(1), 1000)

    with gate_of(store).passing(longest=60, patience=0), other.passing(longest=60, patience=0):
        assert slots(store) == 2


def test_a_busy_intacct_holds_off_whoever_comes_from_whatever_process(store: Engine) -> None:
    here, there = gate_of(store), gate_of(store, process="there")

    here.hold_off(0.5)
    here.hold_off(0.1)
    began = time.monotonic()
    with pytest.raises(NoTurn), there.passing(longest=60, patience=0.1):
        pass
    with there.passing(longest=60, patience=5):
        waited = time.monotonic() - began

    assert waited >= 0.4


def test_what_runs_in_the_background_leaves_a_place_to_people(store: Engine) -> None:
    here, there = gate_of(store, Limits(2)), gate_of(store, Limits(2), process="there")

    with here.passing(longest=60, patience=0, background=True):
        with pytest.raises(NoTurn), there.passing(longest=60, patience=0.1, background=True):
            pass
        with there.passing(longest=60, patience=0):
            assert slots(store) == 2


def test_a_store_that_fails_gives_no_turn_and_hides_no_answer(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    store, other = open_store(sqlite_url, timedelta(milliseconds=20)), open_store(sqlite_url)
    gate = gate_of(store)
    with other.begin():  # a writer that does not end
        with pytest.raises(NoTurn, match="nothing left"), gate.passing(longest=60, patience=0):
            pass
        gate.hold_off(1.0)
        gate.count(-1)
    with gate.passing(longest=60, patience=0):  # its place is free again
        pass
    store.dispose()
    other.dispose()

    told = [record.message for record in caplog.records]
    assert told == [
        "a pause could not be stored: OperationalError",
        "a count could not be stored: OperationalError",
    ]


def test_a_turn_that_is_over_is_no_longer_taken(store: Engine) -> None:
    gate = gate_of(store)

    def fail() -> None:
        with gate.passing(longest=60, patience=0) as turn:
            turn.billed = 5
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert slots(store) == 0
    assert usage(store, "acme", 1000).billed == 5
