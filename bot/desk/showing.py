"""The card of a proposal wherever it stands: in the approval channel, and with who asked for it.

Every writer draws the same from the same state, one writer at a time: one that is late would put
an older state over a newer one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress

from bot.approvals.decide import Click
from bot.approvals.proposal import Proposal
from bot.approvals.queue import flagged, get_proposal
from bot.approvals.reviewers import reviewers
from bot.approvals.rights import refusal
from bot.desk.cards import approving, card, saving, unsaved
from bot.desk.desk import Desk
from bot.errors import Altered, BotError, NotDelivered
from bot.messages import send
from bot.messages.message import Message, Paragraph
from bot.policy import Person
from bot.store.turn import turn

log = logging.getLogger("tieout")

Places = Mapping[str, str]  # a channel or a person, by the key of the card there
NOWHERE: Places = {}


def card_key(proposal_id: str, of: str = "") -> str:
    """The key of the card to decide on, or of the copy that somebody has."""
    return f"card:{proposal_id}:{of}" if of else f"card:{proposal_id}"


def show_card(desk: Desk, proposal_id: str, post_to: Places = NOWHERE) -> None:
    """The card and its copies as the proposal stands now, posted where they are not yet.

    NotDelivered where Slack refuses for good to post the card; a change it refuses is in the log.
    A proposal that cannot be read stays as it was drawn, and says so at the next tap.
    """
    with turn(desk.services.store, card_key(proposal_id)):
        try:
            proposal = get_proposal(desk.services.store, proposal_id)
        except Altered:
            log.warning("a card cannot be drawn: %s", proposal_id)
            return
        if proposal is None:
            return
        keys = _draw(desk, proposal, post_to, None)
    _push(desk, keys, must=card_key(proposal_id) if post_to else "")


def show_approving(desk: Desk, click: Click, words: str) -> None:
    """Who is approving it and what that waits for, and no buttons; where that takes its time.

    A word of progress fails nothing and keeps nobody waiting.
    """
    with suppress(BotError), turn(desk.services.store, card_key(click.proposal)):
        proposal = get_proposal(desk.services.store, click.proposal)
        if proposal is None or proposal.state != "open":
            return
        if refusal(desk.services.policy, proposal, click.who) is None:
            _draw(desk, proposal, NOWHERE, approving(proposal, click.who, words))


def show_saving(desk: Desk, proposal_id: str, title: str, who: Person, post_to: Places) -> None:
    """Who is saving what, in the place of the card; where that takes its time."""
    message = saving(title, who)
    with turn(desk.services.store, card_key(proposal_id)):
        for key, where in post_to.items():
            send.post(desk.slack, key, where, message, about=proposal_id, soon=True)
            send.change(desk.slack, key, message, soon=True)


def show_unsaved(desk: Desk, proposal_id: str, title: str, sentence: str) -> None:
    """Why there is no card, in its place; nothing where nobody was told of one."""
    with turn(desk.services.store, card_key(proposal_id)):
        if get_proposal(desk.services.store, proposal_id):
            return
        keys = send.keys_about(desk.slack, proposal_id, card_key(proposal_id))
        for key in keys:
            send.change(desk.slack, key, unsaved(title, sentence), soon=True)
    _push(desk, keys, must="")


def _draw(
    desk: Desk, proposal: Proposal, post_to: Places, under_way: Paragraph | None
) -> tuple[str, ...]:
    """Note what each copy is to say, without saying it; their keys."""
    own = card_key(proposal.id)
    lines = flagged(proposal, desk.services.policy)
    seen = reviewers(desk.services.store, proposal.id, lines)

    def drawn(key: str) -> Message:
        return card(proposal, lines, seen, decides=key == own, under_way=under_way)

    for key, where in post_to.items():
        send.post(desk.slack, key, where, drawn(key), about=proposal.id, soon=True)
    keys = send.keys_about(desk.slack, proposal.id, own)
    for key in keys:
        send.change(desk.slack, key, drawn(key), soon=True)
    return keys


def _push(desk: Desk, keys: tuple[str, ...], must: str) -> None:
    for key in keys:
        try:
            send.push(desk.slack, key)
        except NotDelivered:
            if key == must:
                raise
