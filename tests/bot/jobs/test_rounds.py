from __future__ import annotations

import threading

from sqlalchemy.exc import OperationalError

from bot.errors import NotDelivered
from bot.jobs.rounds import rounds


def test_it_is_done_again_and_again_until_the_end() -> None:
    done, thrice = [], threading.Event()

    def do() -> None:
        done.append(1)
        if len(done) == 3:
            thrice.set()

    with rounds(do, 0.01):
        assert thrice.wait(5)
    before = len(done)

    assert not threading.Event().wait(0.1)
    assert len(done) == before


def test_a_round_that_fails_for_a_passing_reason_does_not_end_the_others() -> None:
    fails = iter([NotDelivered("away"), OperationalError("SELECT 1", {}, Exception("away"))])
    reached = threading.Event()

    def do() -> None:
        if error := next(fails, None):
            raise error
        reached.set()

    with rounds(do, 0.01):
        assert reached.wait(5)


def test_it_is_done_at_once_when_stirred() -> None:
    reached, stirred = threading.Event(), threading.Event()

    with rounds(reached.set, 600, stirred):
        stirred.set()

        assert reached.wait(5)
