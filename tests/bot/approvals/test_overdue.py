from __future__ import annotations

from dataclasses import replace

from bot.approvals.commit import settle_failed
from bot.approvals.ending import POSTING, note
from bot.approvals.overdue import expire, look_again, marks
from bot.approvals.queue import get_proposal
from bot.audit import trail
from bot.services import Services
from intacct.errors import OutcomeUnknown
from tests.bot.approvals.ledger import approved, staged
from tests.bot.approvals.paper import Clock


def test_a_proposal_nobody_decided_in_time_is_expired_once_and_on_record(
    services: Services, clock: Clock
) -> None:
    proposal = staged(services)
    assert expire(services) == ()

    clock.move(hours=72)

    assert expire(services) == (proposal.id,)
    assert expire(services) == ()
    now = get_proposal(services.store, proposal.id)
    assert now
    assert now.state == "expired"
    assert [row.did for row in trail(services.store, proposal.id)].count("expired") == 1


def test_what_was_approved_and_is_not_settled_is_looked_for_every_ten_minutes_for_a_week(
    services: Services, clock: Clock
) -> None:
    proposal = approved(services)
    assert look_again(services) == ()

    clock.move(minutes=11)
    assert look_again(services) == (proposal.id,)
    assert look_again(services) == ()
    clock.move(minutes=10)
    assert look_again(services) == (proposal.id,)
    clock.move(days=8)
    assert look_again(services) == ()


def test_a_proposal_that_could_not_be_settled_is_looked_for_too(
    services: Services, clock: Clock
) -> None:
    proposal = approved(services)
    note(services, proposal, POSTING)
    settled = settle_failed(services, proposal.id, OutcomeUnknown("no answer"))
    assert settled.kind == "unsettled"

    clock.move(minutes=11)

    assert look_again(services) == (proposal.id,)


def test_cards_of_open_and_of_young_proposals_may_have_to_be_drawn(
    services: Services, clock: Clock
) -> None:
    proposal = staged(services)
    later = replace(services, clock=clock)

    assert list(marks(later, clock())) == [proposal.id]
    clock.move(hours=72)
    expire(later)
    assert list(marks(later, clock())) == []
