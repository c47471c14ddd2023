from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from intacct.errors import Busy, IntacctError, OffLine, Refused, Unreachable
from intacct.patience import patiently, seconds_told
from intacct.wire import element
from tests.intacct.paper import NINE, Desk, control_failure, page, result, results, signed_in

NINE_DATE = "Sat, 31 Jan 2026 09:00:00 GMT"


def asked(*errors: IntacctError, seconds: float = 75) -> tuple[list[float], list[float]]:
    """What was waited and what others were told, when these errors come one after the other."""
    waits: list[float] = []
    told: list[float] = []
    left = list(errors)

    def attempt() -> None:
        if left:
            raise left.pop(0)

    patiently(attempt, seconds=seconds, wait=waits.append, told=told.append)
    return waits, told


def test_each_wait_is_twice_as_long_with_jitter_and_a_minute_at_most() -> None:
    waits, told = asked(*[Busy("full")] * 9, seconds=1000)

    for number, seconds in enumerate(waits):
        longest = min(2.0**number, 60.0)
        assert longest / 2 <= seconds <= longest
    assert waits == told
    assert len(set(waits)) == 9


def test_a_full_gateway_is_asked_until_patience_ends_and_not_longer() -> None:
    with pytest.raises(Busy):
        asked(*[Busy("full", 30.0)] * 3, seconds=60)

    assert asked(*[Busy("full", 30.0)] * 2, seconds=60)[0] == [30.0, 30.0]


def test_where_nobody_answers_it_ends_after_four_tries_and_nobody_is_told_to_wait() -> None:
    with pytest.raises(Unreachable):
        asked(*[Unreachable("nobody")] * 4)

    assert asked(*[Unreachable("nobody")] * 3)[1] == []


def test_a_closed_gateway_is_waited_for_like_a_full_one() -> None:
    assert asked(OffLine("closed", 20.0))[1] == [20.0]


def test_an_intacct_that_says_now_and_means_later_is_not_asked_without_a_pause() -> None:
    with pytest.raises(Busy):
        asked(*[Busy("full", 0.0)] * 9, seconds=4)


def test_an_intacct_that_always_says_now_is_asked_less_and_less_often() -> None:
    waits, _ = asked(*[Busy("full", 0.0)] * 6, seconds=1000)

    assert waits == sorted(waits)
    assert waits[-1] >= 16  # half of thirty-two seconds


def test_a_refusal_is_never_tried_again() -> None:
    with pytest.raises(Refused):
        asked(Refused("no"))


@pytest.mark.parametrize(
    ("header", "date", "expected"),
    [
        ("7", "", 7.0),
        (" 120 ", "", 120.0),
        ("Sat, 31 Jan 2026 09:00:45 GMT", NINE_DATE, 45.0),
        ("Sat, 31 Jan 2026 09:00:45 GMT", "", 45.0),  # by our own clock, where it says no date
        ("Sat, 31 Jan 2026 08:59:00 GMT", NINE_DATE, 0.0),
        ("Saturday, 31-Jan-26 09:01:00 GMT", NINE_DATE, 60.0),
        ("", NINE_DATE, None),
        ("soon", NINE_DATE, None),
        ("-5", NINE_DATE, None),
        ("1e9", NINE_DATE, None),
        ("1 Jan 2026 00:00:00 +99999999999999999999", NINE_DATE, None),
        ("Mon, 99999999999999999999 Jan 2026 00:00:00 GMT", NINE_DATE, None),
    ],
)
def test_what_a_header_asks_for_in_seconds(header: str, date: str, expected: float | None) -> None:
    assert seconds_told(header, date, NINE) == expected


def test_our_clock_need_not_agree_with_intacct_s() -> None:
    theirs = datetime(2031, 5, 5, 12, 0, tzinfo=UTC)
    until = format_datetime(theirs + timedelta(seconds=30), usegmt=True)
    headers = {"content-type": "text/xml", "date": format_datetime(theirs, usegmt=True)}
    busy = page("<response/>", 429, {**headers, "retry-after": until})
    desk = Desk(signed_in(), busy, results(result("<data/>")))

    desk.books.ask(element("one"))

    assert desk.waits == [30.0]


def test_one_client_that_is_told_to_wait_holds_off_the_others_of_its_gate() -> None:
    desk = Desk(signed_in(), control_failure(("GW-0010", "throttled"), status=429))
    with pytest.raises(Busy):
        desk.books.ask(element("one"))
    waited = sum(desk.waits)

    with desk.gate.passing(longest=60, patience=100):
        pass

    assert 30 < waited <= 75
    assert sum(desk.waits) > waited


@pytest.mark.parametrize("status", [502, 503])
def test_a_write_that_met_a_closed_gateway_holds_off_the_others_too(status: int) -> None:
    closed = page("<html/>", status, {"content-type": "text/html", "retry-after": "40"})
    desk = Desk(signed_in(), closed)
    with pytest.raises(IntacctError):
        desk.books.write(element("create"), key="k-1")

    with desk.gate.passing(longest=60, patience=100):
        pass

    assert desk.waits == [40.0]
