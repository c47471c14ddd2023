"""What time changed is put on record, and every card shows how its proposal stands.

A card that Slack did not take, or that shows an older state, is posted or drawn again here; one
that is right costs a look into our own store and no call.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.approvals.overdue import expire, look_again, recent
from bot.desk.desk import Desk
from bot.desk.showing import card_key, show_card
from bot.errors import NotDelivered
from bot.messages import send

log = logging.getLogger("tieout")

EVERY = 30.0  # seconds
CARDS_OF = timedelta(days=7)
UNDER_WAY = timedelta(minutes=1)  # for so long a card may say that somebody is deciding


def sweep(desk: Desk) -> None:
    """Expire, look again, and draw what has to be drawn; one round after another is harmless."""
    services = desk.services
    expire(services)
    look_again(services)
    for proposal_id in recent(services, services.clock() - CARDS_OF):
        key = card_key(proposal_id)
        if send.changed_within(desk.slack, key, UNDER_WAY):
            continue
        try:
            show_card(desk, proposal_id, post_to={key: services.policy.approval_channel})
        except NotDelivered:  # one card Slack does not take must not hide the others
            log.warning("a card is not taken: %s", proposal_id)
