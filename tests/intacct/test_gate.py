from __future__ import annotations

from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intacct.errors import NoTurn
from intacct.gate import LONGEST_HOLD, Limits, OwnGate
from tests.intacct.paper import Patience


def let_through(limits: Limits, asked_at: list[float]) -> list[float]:
    """When each request leaves that asks as early as this."""
    arrival, now, left = 0.0, 0.0, []
    for moment in asked_at:
        now = max(now, moment)
        now += limits.wait(arrival, now)
        arrival = limits.after(arrival, now)
        left.append(now)
    return left


@settings(max_examples=100)
@given(
    in_flight=st.integers(1, 4),
    more=st.integers(2, 60),
    pauses=st.lists(st.floats(0, 5), min_size=1, max_size=150),
)
def test_no_sliding_minute_sees_more_than_it_may_however_requests_come(
    in_flight: int, more: int, pauses: list[float]
) -> None:
    limits = Limits(in_flight, in_flight + more, window_seconds=10)
    asked_at = [sum(pauses[: n - n % 3]) for n in range(len(pauses))]  # three at a time

    left = let_through(limits, asked_at)

    for n, moment in enumerate(left):
        within = bisect_right(left, moment + 10 - 1e-6) - n
        # those that were under way when this minute began may arrive in it as well
        assert within + in_flight <= in_flight + more


def test_ten_may_leave_at_once_and_the_others_one_by_one() -> None:
    limits = Limits(2, 22, window_seconds=60)  # (22 - 2) // 2 = 10 at once, then 10 a minute

    left = let_through(limits, [0.0] * 13)

    assert left == [0.0] * 10 + [6.0, 12.0, 18.0]


def test_a_thousand_that_wait_never_exceed_six_hundred_in_any_minute() -> None:
    left = let_through(Limits(2, 600), [0.0] * 1000)

    # 299 at once, then 299 a minute: the 701 others take 140.67 seconds
    assert left[298] == 0.0
    assert left[-1] == pytest.approx(701 * 60 / 299)
    assert max(bisect_right(left, at + 60) - n for n, at in enumerate(left)) <= 598


def test_without_a_rate_nobody_waits() -> None:
    assert let_through(Limits(2), [0.0] * 1000) == [0.0] * 1000


def test_a_clock_that_was_put_back_closes_the_gate_for_no_more_than_a_burst() -> None:
    limits = Limits(2, 22, window_seconds=60)

    assert limits.wait(arrival=10_000.0, now=100.0) == 6.0


@pytest.mark.parametrize(("at_once", "a_minute"), [(0, None), (2, 3), (1, 2)])
def test_limits_that_would_let_nobody_through_are_refused(
    at_once: int, a_minute: int | None
) -> None:
    with pytest.raises(ValueError, match=r"at least one|too few"):
        Limits(at_once, a_minute)


def test_a_busy_intacct_holds_off_everybody_but_not_longer_than_a_minute() -> None:
    patience = Patience()
    gate = patience.gate()

    gate.hold_off(7.0)
    gate.hold_off(3.0)
    with gate.passing(longest=60, patience=100):
        pass
    gate.hold_off(3600.0)
    with gate.passing(longest=60, patience=100):
        pass

    assert patience.waits == [7.0, LONGEST_HOLD]


def test_a_turn_that_does_not_come_in_time_is_busy_and_says_when_it_would() -> None:
    gate = Patience().gate()
    gate.hold_off(30.0)

    with pytest.raises(NoTurn) as raised, gate.passing(longest=60, patience=10):
        pass

    assert raised.value.seconds == 30.0


def test_what_runs_in_the_background_leaves_a_place_free() -> None:
    gate = OwnGate(Limits(2))
    with gate.passing(longest=60, patience=0, background=True):
        with (
            pytest.raises(NoTurn),
            gate.passing(longest=60, patience=0.01, background=True),
        ):
            pass
        with gate.passing(longest=60, patience=0):
            pass


def test_where_there_is_one_place_the_background_may_have_it() -> None:
    with OwnGate(Limits(1)).passing(longest=60, patience=0, background=True) as turn:
        assert turn.billed == 0


def test_a_place_comes_back_and_is_billed_whatever_happens_in_it() -> None:
    gate = OwnGate(Limits(1))

    def fail() -> None:
        with gate.passing(longest=60, patience=0) as turn:
            turn.billed = 3
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()

    assert gate.billed == 6


def test_no_more_are_under_way_than_may_be() -> None:
    gate, under_way, most = OwnGate(Limits(3)), [], []

    def pass_through(_: int) -> None:
        with gate.passing(longest=60, patience=10):
            under_way.append(1)
            most.append(len(under_way))
            Event().wait(0.005)
            under_way.pop()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(pass_through, range(40)))

    assert max(most) == 3


def test_whoever_waits_goes_as_soon_as_there_is_a_place() -> None:
    gate, gone = OwnGate(Limits(1)), Event()

    def pass_through() -> None:
        with gate.passing(longest=60, patience=10):
            gone.set()

    with gate.passing(longest=60, patience=0):
        waiting = Thread(target=pass_through)
        waiting.start()
        assert not gone.wait(0.05)
    waiting.join(5)

    assert gone.is_set()
