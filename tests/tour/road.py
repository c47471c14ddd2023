"""The stops of the tour in their order; the essential half of them; and how they are walked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import httpx
from playwright.sync_api import Error as BrowserError

from tests.tour import asking, deciding, homes, trouble
from tests.tour.walk import Walk

Stop = Callable[[Walk], None]

WHOLE: tuple[Stop, ...] = (
    homes.before,
    asking.an_empty_channel,
    asking.help_with_commands,
    asking.in_words,
    asking.a_forecast,
    asking.its_sources,
    asking.all_its_lines,
    asking.its_export,
    asking.other_forms,
    asking.words_that_do_not_fit,
    asking.elsewhere,
    asking.without_rights,
    deciding.a_version_is_saved,
    deciding.its_papers,
    deciding.a_review_and_an_approval,
    deciding.what_is_in_intacct,
    deciding.an_audit,
    deciding.a_rejection,
    deciding.decided_already,
    homes.with_something_waiting,
    deciding.books_that_moved,
    trouble.intacct_is_away,
    trouble.a_chart_slack_does_not_take,
    trouble.a_version_nobody_answered_for,
    trouble.an_expired_one,
    homes.after,
)
ESSENTIAL: tuple[Stop, ...] = (
    asking.in_words,
    asking.a_forecast,
    asking.its_sources,
    asking.its_export,
    asking.without_rights,
    deciding.a_version_is_saved,
    deciding.its_papers,
    deciding.a_review_and_an_approval,
    deciding.an_audit,
    homes.after,
)


def walks(walk: Walk, stops: Sequence[Stop], tell: Callable[[str], None]) -> list[str]:
    """Every stop in turn; what could not be reached, by the name of the stop and why.

    A stop that fails is pictured as it stands, and the next is tried all the same.
    """
    missed = []
    for stop in stops:
        name = f"{stop.__module__.rpartition('.')[2]}.{stop.__name__}"
        began = time.monotonic()
        try:
            stop(walk)
            tell(f"{time.monotonic() - began:5.1f} s  {name}")
        except (AssertionError, BrowserError, LookupError, ValueError) as error:
            why = " ".join(str(error).split())[:600]
            missed.append(f"{name}: {why}")
            tell(f"{time.monotonic() - began:5.1f} s  {name} MISSED: {why}")
            walk.shows(f"missed-{stop.__name__.replace('_', '-')}", f"Missed here: {why[:200]}")
            _clear(walk)
    return missed


def _clear(walk: Walk) -> None:
    """Nothing left open or out of order for the next stop."""
    walk.world.fault(kind="none")
    walk.page.goto("about:blank")
    for _, who in homes.PEOPLE:
        for view in walk.world.windows(who)[-1:]:
            told = {"as": who, "view_id": view["id"], "all": True}
            httpx.post(f"{walk.world.slack['page']}desk/close", json=told, timeout=30)
