"""The copy of the books made, brought up to date, or made anew; one run at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from analytics.ledger import shifted
from bot.services import Services, silent
from bot.staged.changes import catch_up
from bot.staged.marks import Mark, last_runs, marks, oldest
from bot.staged.masters import base_currency
from bot.staged.objects import LINES
from bot.staged.run import Reading, on_record
from bot.staged.tied import tie
from bot.staged.whole import build, extend
from bot.store.turn import turn
from intacct.errors import IntacctError
from intacct.read.setup import read_setup

MONTHS = 61  # what a forecast reads, and the month that is not over
PAUSE = timedelta(minutes=5)  # after a run that failed
TURN = "staged"

log = logging.getLogger("tieout.staged")

Marks = Mapping[str, Mark]


def refresh(
    services: Services,
    told: Callable[[str], None] = silent,
    *,
    enough: Callable[[Marks], bool] = lambda _held: False,
) -> None:
    """Bring the copy up to date, or make it where there is none; then see that it ties.

    Whoever waited for another's run is content where that left `enough`. Raises the gateway's
    errors as they are; the copy then stands as it was.
    """
    with turn(services.store, TURN):
        held = marks(services.store)
        if enough(held):
            return
        with on_record(services, "changes" if LINES in held else "whole", told) as run:
            _read(run, held)


def rebuild(services: Services, told: Callable[[str], None] = silent) -> None:
    """Forget the copy and make it anew, as far back as it went."""
    with turn(services.store, TURN):
        held = marks(services.store)
        first = held[LINES].first if LINES in held else None
        with on_record(services, "whole", told) as run:
            _make(run, first)


def keep_up(services: Services, told: Callable[[str], None] = silent) -> None:
    """What is due of its own accord: the first copy, earlier months asked for, what changed.

    A run that fails is tried again later, and anything it left undone is due then.
    """
    every = services.policy.refresh_every
    if not every or _due(services, marks(services.store)) is None or _failed_lately(services):
        return
    try:
        refresh(services, told, enough=lambda held: _due(services, held) is None)
    except IntacctError as error:
        log.warning("the copy of the books was not brought up to date: %s", type(error).__name__)


def _due(services: Services, held: Marks) -> str | None:
    """What there is to do, None for nothing."""
    if LINES not in held:
        return "whole"
    if _earlier(held[LINES]):
        return "earlier"
    age = services.clock() - oldest(held)
    return "changes" if age >= services.policy.refresh_every else None


def _failed_lately(services: Services) -> bool:
    newest = next(iter(last_runs(services.store, 1)), None)
    if newest is None or newest.outcome.startswith("done"):
        return False
    return services.clock() - newest.started < PAUSE


def _read(run: Reading, held: Marks) -> None:
    if LINES not in held:
        _make(run, None)
        return
    run.base = base_currency(run.services.store)
    if first := _earlier(held[LINES]):
        extend(run, held[LINES], first)
        held = marks(run.services.store)
    catch_up(run, held)
    tie(run)


def _make(run: Reading, first: date | None) -> None:
    setup = read_setup(run.services.books)
    run.books.calls += 1
    run.base = setup.base_currency
    build(run, setup, first or _first_day(run.services))
    tie(run)


def _earlier(mark: Mark) -> date | None:
    """The day asked for that lies before the copy's first, None where there is none."""
    wanted = mark.wanted
    return wanted if wanted and mark.first and wanted < mark.first else None


def _first_day(services: Services) -> date:
    this_month = services.calendar.of(services.clock().date())
    return shifted(this_month, 1 - MONTHS).first
