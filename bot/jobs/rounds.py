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
def rounds(
    do: Callable[[], None], every: float, stirred: threading.Event | None = None
) -> Iterator[None]:
    """Do it every so many seconds, and when stirred, in a thread of its own until the block ends.

    A round that fails for a passing reason is left out; the next one makes up for it, so what is
    done must not depend on having been done before.
    """
    ended, stirred = threading.Event(), stirred or threading.Event()

    def go_on() -> None:
        while True:
            stirred.wait(every)
            stirred.clear()
            if ended.is_set():
                return
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
        stirred.set()
        thread.join(timeout=20)
