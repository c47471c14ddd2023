"""What time changed is put on record, and every card shows how its proposal stands.

A card that Slack did not take, or that shows an older state, is posted or drawn again here; one
at which nothing happened since the last round costs neither a call nor a drawing.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.approvals.overdue import expire, look_again, marks
from bot.desk.desk import Desk
from bot.desk.showing import card_key, show_card
from bot.errors import NotDelivered
from bot.messages import send

log = logging.getLogger("tieout")

EVERY = 30.0  # seconds
CARDS_OF = timedelta(days=7)
UNDER_WAY = timedelta(minutes=1)  # for so long a card may say that somebody is deciding
REFUSED = timedelta(minutes=5)  # until a card is tried again that Slack did not take


def sweep(desk: Desk, drawn: dict[str, str]) -> None:
    """Expire, look again, and draw what has to be drawn; one round after another is harmless.

    `drawn` is kept from round to round: what the proposals were like that were drawn before.
    """
    services = desk.services
    expire(services)
    look_again(services)
    now = marks(services, services.clock() - CARDS_OF)
    for proposal_id in drawn.keys() - now.keys():
        del drawn[proposal_id]
    for proposal_id, mark in now.items():
        key = card_key(proposal_id)
        if mark and drawn.get(proposal_id) == mark:
            continue
        if send.changed_within(desk.slack, key, UNDER_WAY if mark else REFUSED):
            continue
        try:
            show_card(desk, proposal_id, post_to={key: services.policy.approval_channel})
        except NotDelivered:  # one card Slack does not take must not hide the others
            log.warning("a card is not taken: %s", proposal_id)
        else:
            drawn[proposal_id] = mark
