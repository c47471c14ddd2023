"""What time changed is put on record, and every card shows how its proposal stands.

A card that Slack did not take, or that shows an older state, is posted or drawn again here; one
that is right costs a look into our own store and no call.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from bot.approvals.overdue import expire, look_again, recent
from bot.desk.deciding import show_card
from bot.desk.desk import Desk
from bot.errors import NotDelivered

EVERY = 30.0  # seconds
CARDS_OF = timedelta(days=7)


def sweep(desk: Desk) -> None:
    """Expire, look again, and draw what has to be drawn; one round after another is harmless."""
    services = desk.services
    expire(services)
    look_again(services)
    for proposal_id in recent(services, services.clock() - CARDS_OF):
        with suppress(NotDelivered):  # one card Slack does not take must not hide the others
            show_card(desk, proposal_id, post_to=services.policy.approval_channel)
