"""How long to wait before asking again, and when to stop asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from time import monotonic
from typing import Final, TypeVar

from intacct.errors import Busy, NoTurn, OffLine, Unreachable

TRIES: Final = 4  # where nobody answers; one that answers “no room” is asked for longer
FIRST_WAIT: Final = 1.0  # seconds, doubled each time
SHORTEST_WAIT: Final = FIRST_WAIT / 2  # what is left of it where jitter takes most
LONGEST_WAIT: Final = 60.0
_T = TypeVar("_T")


def patiently(
    attempt: Callable[[], _T],
    *,
    seconds: float,
    wait: Callable[[float], None],
    passes: type[Unreachable] = Unreachable,
    told: Callable[[float], None],
) -> _T:
    """What the attempt returns; tried again after errors that pass, for so many seconds in all.

    `told` hears how long Intacct wants to be left alone, before we wait for it.
    """
    began, waited, tried = monotonic(), 0.0, 0
    while True:
        tried += 1
        try:
            return attempt()
        except NoTurn:
            raise  # it has waited long enough, and Intacct had no part in it
        except passes as error:
            wanted = isinstance(error, Busy | OffLine)
            pause = pause_after(tried, error)
            spent = max(waited, monotonic() - began)  # one of them, where waiting is only noted
            if (tried >= TRIES and not wanted) or spent + pause > seconds:
                raise
            if wanted:
                told(pause)
        wait(pause)
        waited += pause


def pause_after(tried: int, error: Unreachable) -> float:
    """Seconds to wait: doubling with jitter, so that clients do not march in step; more if told.

    One that says “at once” and is full each time is asked less and less often all the same.
    """
    longest = min(FIRST_WAIT * 2 ** min(tried - 1, 10), LONGEST_WAIT)
    ours = SystemRandom().uniform(longest / 2, longest)
    if isinstance(error, Busy | OffLine) and error.seconds is not None:
        return min(max(error.seconds, ours), LONGEST_WAIT)
    return ours


def seconds_told(retry_after: str, at: str, now: datetime) -> float | None:
    """What a Retry-After header asks for, in seconds or as a date; None where it says nothing.

    A date is compared with the reply's own, so that our clock need not agree with Intacct's.
    """
    words = retry_after.strip()
    if words.isascii() and words.isdigit():
        return float(words)
    until = _moment(words)
    if until is None:
        return None
    return max(0.0, (until - (_moment(at) or now)).total_seconds())


def _moment(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
