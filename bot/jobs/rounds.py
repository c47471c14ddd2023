"""Something done again and again beside the jobs, until it is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError

log = logging.getLogger("tieout.rounds")


@contextmanager
def rounds(do: Callable[[], None], every: float) -> Iterator[None]:
    """Do it every so many seconds in a thread of its own until the block ends.

    A round that fails for a passing reason is left out; the next one makes up for it, so what is
    done must not depend on having been done before.
    """
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            try:
                do()
            except (SQLAlchemyError, BotError) as error:
                log.warning("a round is left out: %s", type(error).__name__)

    thread = threading.Thread(target=go_on, name="rounds", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=20)
