from __future__ import annotations

import pytest

from bot.approvals.decide import decide
from bot.approvals.outcome import OutcomeKind
from bot.approvals.queue import reviewed, unreviewed
from bot.approvals.review import review
from bot.policy import Person
from bot.services import Services
from tests.bot.approvals.ledger import PLAIN, STEEP, click, done_to, staged
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, NOW, Clock


def test_a_review_of_the_flagged_lines_is_on_record_for_one_person(services: Services) -> None:
    proposal = staged(services, STEEP)

    outcome = review(services, proposal.id, BEN, NOW)

    assert (outcome.kind, outcome.sentence) == (
        "reviewed",
        "Your review of 1 marked line is on record.",
    )
    assert len(reviewed(services.store, proposal.id, BEN)) == 1
    assert unreviewed(services, proposal, BEN) == ()
    assert len(unreviewed(services, proposal, CLEO)) == 1
    assert done_to(services, proposal.id)[-1] == ("T01ACME/U02BEN", "reviewed")


def test_reviewing_twice_is_harmless(services: Services) -> None:
    proposal = staged(services, STEEP)

    assert review(services, proposal.id, BEN, NOW).kind == "reviewed"
    assert review(services, proposal.id, BEN, NOW).kind == "reviewed"
    assert len(reviewed(services.store, proposal.id, BEN)) == 1


def test_where_nothing_is_marked_a_review_says_so(services: Services) -> None:
    proposal = staged(services, PLAIN)

    assert review(services, proposal.id, BEN, NOW).sentence == "No line is marked for review."


@pytest.mark.parametrize(("who", "kind"), [(ANA, "own proposal"), (DEV, "not allowed")])
def test_only_who_may_decide_may_review(services: Services, who: Person, kind: OutcomeKind) -> None:
    proposal = staged(services, STEEP)

    outcome = review(services, proposal.id, who, NOW)

    assert (outcome.kind, outcome.proposal) == (kind, None)
    assert reviewed(services.store, proposal.id, who) == frozenset()


def test_what_is_decided_or_over_is_not_reviewed(services: Services, clock: Clock) -> None:
    decided, over = staged(services), staged(services, STEEP, key="slack:2")
    decide(services, click(services, decided))
    clock.move(hours=72)

    assert review(services, decided.id, CLEO, clock()).kind == "already decided"
    assert review(services, over.id, CLEO, clock()).kind == "expired"
    assert review(services, "PRP-NOTHING0", CLEO, clock()).kind == "not found"
    assert reviewed(services.store, over.id, CLEO) == frozenset()
