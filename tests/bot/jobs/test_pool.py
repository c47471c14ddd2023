from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from decimal import Decimal

import pytest

from bot.jobs.pool import Pool


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    opened = Pool("decimal")
    yield opened
    opened.close()


def niceness() -> int:
    return os.nice(0)


def twice(amount: Decimal, *, of: str) -> str:
    return f"{of} {amount * 2}"


def refuse() -> None:
    raise LookupError("no such account")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_arithmetic_is_done_in_another_process_that_gives_way(pool: Pool) -> None:
    assert pool.run(os.getpid) != os.getpid()
    assert pool.run(niceness) == min(os.nice(0) + 10, 19)
    assert pool.run(twice, Decimal("12.55"), of="USD") == "USD 25.10"


def test_what_goes_wrong_there_is_raised_here(pool: Pool) -> None:
    with pytest.raises(LookupError, match="no such account"):
        pool.run(refuse)


def test_a_worker_that_was_killed_is_replaced(pool: Pool) -> None:
    before = pool.run(os.getpid)
    os.kill(before, signal.SIGKILL)

    assert pool.run(twice, Decimal("1.10"), of="EUR") == "EUR 2.20"
    assert pool.run(os.getpid) != before


def test_a_calculation_that_kills_its_worker_twice_is_given_up(pool: Pool) -> None:
    with pytest.raises(BrokenProcessPool):
        pool.run(die)

    assert pool.run(twice, Decimal("0.01"), of="GBP") == "GBP 0.02"


OWNER = """
import os, sys
from bot.jobs.pool import Pool
if __name__ == "__main__":
    print(Pool().run(os.getpid), flush=True)
    sys.stdin.read()
"""


def test_the_worker_does_not_outlive_a_killed_owner() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout is not None
        worker = int(owner.stdout.readline())
        owner.kill()

    deadline = time.monotonic() + 10
    while _alive(worker):
        assert time.monotonic() < deadline, "the worker is still there"
        time.sleep(0.05)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True
    )
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")
