"""Every half minute: what time changed is on record, and every card shows how its proposal stands.

A card that Slack did not take, or that shows an older state, is posted or drawn again here; one
that is right costs a look into our own store and no call.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.approvals.overdue import expire, look_again, recent
from bot.desk.deciding import show_card
from bot.desk.desk import Desk
from bot.errors import BotError, NotDelivered

EVERY = 30.0  # seconds
CARDS_OF = timedelta(days=7)

log = logging.getLogger("tieout.sweep")


def sweep(desk: Desk) -> None:
    """Expire, look again, and draw what has to be drawn."""
    services = desk.services
    expire(services)
    look_again(services)
    for proposal_id in recent(services, services.clock() - CARDS_OF):
        with suppress(NotDelivered):  # one card Slack does not take must not hide the others
            show_card(desk, proposal_id, post_to=services.policy.approval_channel)


@contextmanager
def sweeping(desk: Desk, every: float = EVERY) -> Iterator[None]:
    """Sweep in the background until the block ends."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            try:
                sweep(desk)
            except (SQLAlchemyError, BotError) as error:
                log.warning("the sweep waits: %s", type(error).__name__)

    thread = threading.Thread(target=go_on, name="sweep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=20)
