from __future__ import annotations

import pytest

from analytics.errors import NotEnoughHistory
from bot.errors import BotError, OutOfDate
from bot.jobs.failure import expected, kept, recalled
from intacct.errors import Busy, OutcomeUnknown, PeriodClosed


@pytest.mark.parametrize(
    "error",
    [
        OutOfDate("the books moved"),
        BotError("something"),
        PeriodClosed("June is closed"),
        OutcomeUnknown("create"),
        Busy("come back", 30.0),
        NotEnoughHistory("11 of 24 periods"),
    ],
)
def test_an_error_of_ours_is_still_itself_after_a_crash(error: Exception) -> None:
    again = recalled(kept(error))

    assert expected(again)
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_an_error_that_is_not_ours_is_told_as_what_it_was() -> None:
    again = recalled(kept(KeyError("6120")))

    assert not expected(again)
    assert type(again) is RuntimeError
    assert str(again) == "KeyError: '6120'"
