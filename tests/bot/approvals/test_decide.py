from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.approvals.decide import Click, Verdict, decide
from bot.approvals.proposal import Proposal
from bot.approvals.queue import get_proposal
from bot.approvals.review import review
from bot.policy import Person
from bot.services import Services
from bot.store import tables
from intacct.errors import Unreachable
from tests.bot.approvals.ledger import STEEP, People, click, done_to, jobs, staged
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, JAN, NOW, Clock, policy


def state_of(services: Services, proposal: Proposal) -> str:
    now = get_proposal(services.store, proposal.id)
    assert now is not None
    return now.state


def altered(services: Services, proposal: Proposal, **columns: str) -> None:
    """Somebody with the database's password changes the row."""
    with services.store.begin() as tx:
        tx.execute(
            update(tables.proposal).where(tables.proposal.c.id == proposal.id).values(**columns)
        )


def test_an_approval_is_a_decision_on_record_and_a_job(services: Services) -> None:
    proposal = staged(services)

    outcome = decide(services, click(services, proposal))

    assert outcome.kind == "approved"
    assert outcome.proposal == get_proposal(services.store, proposal.id)
    assert outcome.proposal == replace(
        proposal, state="approved", decided_by=BEN, decided_at=NOW, reason=""
    )
    assert done_to(services, proposal.id) == [
        ("T01ACME/U01ANA", "staged"),
        ("T01ACME/U02BEN", "approved"),
    ]
    assert jobs(services) == [f"commit:{proposal.id}"]


def test_a_rejection_needs_a_reason_and_queues_nothing(services: Services) -> None:
    proposal = staged(services)

    silent = decide(services, click(services, proposal, verdict="reject", key="1", reason=" "))
    said = decide(services, click(services, proposal, verdict="reject", key="2", reason="too low"))

    assert (silent.kind, said.kind) == ("needs reason", "rejected")
    assert said.proposal is not None
    assert (said.proposal.state, said.proposal.reason) == ("rejected", "too low")
    assert jobs(services) == []


def test_of_twenty_clickers_one_decides_and_one_commit_is_queued(services: Services) -> None:
    crowd = [Person("T01ACME", f"U{number}") for number in range(20)]
    open_to_all = replace(services, policy=policy(frozenset(crowd)))
    proposal = staged(services)
    clicks = [
        click(services, proposal, who, "reject" if number % 2 else "approve", reason="no")
        for number, who in enumerate(crowd)
    ]

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(lambda one: decide(open_to_all, one), clicks))

    decided = [outcome for outcome in outcomes if outcome.kind in ("approved", "rejected")]
    assert len(decided) == 1
    assert sorted(o.kind for o in outcomes if o not in decided) == ["already decided"] * 19
    assert len(done_to(services, proposal.id)) == 21  # staged, and every click
    assert len(jobs(services)) == (1 if decided[0].kind == "approved" else 0)


def test_a_second_click_is_only_recorded_and_says_who_decided_and_when(services: Services) -> None:
    proposal = staged(services)
    decide(services, click(services, proposal, BEN))

    late = decide(services, click(services, proposal, CLEO, "reject", reason="no"))

    assert late.kind == "already decided"
    assert late.sentence == "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."
    assert state_of(services, proposal) == "approved"
    assert done_to(services, proposal.id)[-1] == ("T01ACME/U03CLEO", "already decided")


@pytest.mark.parametrize("verdict", ["approve", "reject"])
def test_the_same_click_delivered_twice_answers_the_same_and_counts_once(
    services: Services, clock: Clock, verdict: Verdict
) -> None:
    proposal = staged(services)
    clicked = click(services, proposal, BEN, verdict, reason="no")

    first = decide(services, clicked)
    clock.move(hours=1)
    again = decide(services, clicked)

    assert again == first
    assert len(done_to(services, proposal.id)) == 2
    assert len(jobs(services)) == (1 if verdict == "approve" else 0)


def test_the_same_click_delivered_ten_times_at_once_is_one_decision(services: Services) -> None:
    proposal = staged(services)
    clicked = click(services, proposal)

    with ThreadPoolExecutor(10) as threads:
        outcomes = list(threads.map(lambda _: decide(services, clicked), range(10)))

    assert {outcome.kind for outcome in outcomes} == {"approved"}
    assert len(done_to(services, proposal.id)) == 2
    assert jobs(services) == [f"commit:{proposal.id}"]


def test_another_persons_click_under_the_same_key_is_another_click(services: Services) -> None:
    proposal = staged(services)
    decide(services, click(services, proposal, BEN, key="same"))

    assert decide(services, click(services, proposal, DEV, key="same")).kind == "not allowed"
    assert decide(services, click(services, proposal, CLEO, key="same")).kind == "already decided"


def test_the_asker_cannot_approve_even_with_the_right_to(services: Services) -> None:
    proposal = staged(services, asked_by=CLEO)

    outcome = decide(services, click(services, proposal, CLEO))

    assert (outcome.kind, outcome.proposal) == ("own proposal", None)
    assert state_of(services, proposal) == "open"
    assert done_to(services, proposal.id)[-1] == ("T01ACME/U03CLEO", "own proposal")


def test_a_person_without_rights_is_refused_without_any_figure(services: Services) -> None:
    proposal = staged(services)

    outcome = decide(services, click(services, proposal, DEV))

    assert (outcome.kind, outcome.proposal) == ("not allowed", None)
    assert not re.search(r"\d", outcome.sentence)
    assert (outcome.differences, outcome.unreviewed) == ((), ())
    assert done_to(services, proposal.id)[-1] == ("T01ACME/U04DEV", "not allowed")


def test_rights_are_checked_at_the_click_and_not_when_it_was_drawn(services: Services) -> None:
    proposal = staged(services)
    without_ben = replace(services, policy=policy(frozenset({CLEO})))

    assert decide(without_ben, click(services, proposal, BEN)).kind == "not allowed"


def test_a_proposal_nobody_made_is_not_found(services: Services) -> None:
    nothing = Click("k", "PRP-NOTHING0", "approve", BEN, NOW)

    assert decide(services, nothing).kind == "not found"
    assert decide(services, replace(nothing, who=DEV, key="k2")).kind == "not allowed"
    assert done_to(services, "PRP-NOTHING0") == [
        ("T01ACME/U02BEN", "not found"),
        ("T01ACME/U04DEV", "not allowed"),
    ]


def test_flagged_lines_have_to_be_reviewed_by_whoever_approves(services: Services) -> None:
    proposal = staged(services, STEEP)

    blind = decide(services, click(services, proposal, BEN, key="1"))
    review(services, proposal.id, CLEO, NOW)  # somebody else's review does not count for Ben
    still = decide(services, click(services, proposal, BEN, key="2"))
    review(services, proposal.id, BEN, NOW)
    seen = decide(services, click(services, proposal, BEN, key="3"))

    assert (blind.kind, still.kind, seen.kind) == ("needs review", "needs review", "approved")
    assert [(line.account, line.period) for line in blind.unreviewed] == [("4000", JAN)]
    assert blind.sentence == "1 line needs your review before you can approve this."


def test_a_click_that_needed_review_answers_the_same_when_delivered_again(
    services: Services,
) -> None:
    proposal = staged(services, STEEP)
    clicked = click(services, proposal)
    first = decide(services, clicked)
    review(services, proposal.id, BEN, NOW)

    assert decide(services, clicked) == first
    assert len(done_to(services, proposal.id)) == 3


def test_rejecting_needs_no_review(services: Services) -> None:
    proposal = staged(services, STEEP)

    assert (
        decide(services, click(services, proposal, BEN, "reject", reason="no")).kind == "rejected"
    )


def test_a_proposal_whose_sources_moved_is_refused_with_the_difference(
    services: Services, people: People
) -> None:
    proposal = staged(services)
    people.post("250.00")

    clicked = click(services, proposal)
    outcome = decide(services, clicked)

    assert outcome.kind == "out of date"
    (moved,) = outcome.differences
    assert moved.what == "Account 4000, Feb 2026, entity 100, department SALES"
    assert (moved.was, moved.now) == ("USD (2,000.00)", "USD (2,250.00)")
    assert "1 source figure changed" in outcome.sentence
    assert state_of(services, proposal) == "stale"
    assert jobs(services) == []
    assert decide(services, clicked) == outcome
    late = decide(services, click(services, proposal, CLEO))
    assert (late.kind, late.differences) == ("out of date", outcome.differences)


def test_it_can_be_approved_until_its_time_is_over_and_not_after(
    services: Services, clock: Clock
) -> None:
    in_time, late = staged(services), staged(services, key="slack:2")

    clock.at = NOW + timedelta(hours=72) - timedelta(seconds=1)
    assert decide(services, click(services, in_time)).kind == "approved"

    clock.move(seconds=1)
    outcome = decide(services, click(services, late, key="2"))

    assert outcome.kind == "expired"
    assert outcome.sentence == "The time to decide this ended on 13 Mar 2026 at 09:00 UTC."
    assert state_of(services, late) == "expired"
    assert decide(services, click(services, late, CLEO)).kind == "expired"


@pytest.mark.parametrize("verdict", ["approve", "reject"])
def test_a_document_changed_in_the_database_can_not_be_decided(
    services: Services, verdict: Verdict
) -> None:
    proposal = staged(services)
    with services.store.connect() as tx:
        body = tx.execute(tables.proposal.select()).mappings().one()["body"]
    altered(services, proposal, body=body.replace('"990.00"', '"9990.00"'))

    outcome = decide(services, click(services, proposal, BEN, verdict, reason="no"))

    assert outcome.kind == "altered"
    assert "not the ones that were proposed" in outcome.sentence
    assert state_of(services, proposal) == "failed"
    assert jobs(services) == []


def test_a_hash_changed_along_with_the_document_is_still_not_the_one_on_record(
    services: Services,
) -> None:
    proposal = staged(services)
    altered(services, proposal, payload_hash="f" * 64)

    assert decide(services, click(services, proposal)).kind == "altered"


def test_source_rows_changed_in_the_database_are_noticed(services: Services) -> None:
    proposal = staged(services)
    with services.store.begin() as tx:
        body = tx.execute(tables.snapshot.select()).mappings().one()["body"]
        tx.execute(update(tables.snapshot).values(body=body.replace("-1000.00", "-1001.00")))

    outcome = decide(services, click(services, proposal))

    assert outcome.kind == "altered"
    assert "source rows" in outcome.sentence


@pytest.mark.parametrize("body", ["", "{}", "[]", json.dumps({"payload": {"id": "other"}})])
def test_a_proposal_that_cannot_be_read_is_altered_and_shows_nothing(
    services: Services, body: str
) -> None:
    proposal = staged(services)
    altered(services, proposal, body=body)

    assert decide(services, click(services, proposal, DEV)).kind == "not allowed"
    outcome = decide(services, click(services, proposal, BEN))

    assert (outcome.kind, outcome.proposal) == ("altered", None)
    with services.store.connect() as tx:
        assert tx.execute(tables.proposal.select()).mappings().one()["state"] == "failed"


def test_an_asker_written_over_in_the_database_does_not_make_the_asker_an_approver(
    services: Services,
) -> None:
    proposal = staged(services, asked_by=CLEO)
    with services.store.connect() as tx:
        body = tx.execute(tables.proposal.select()).mappings().one()["body"]
    altered(services, proposal, body=body.replace("U03CLEO", "U01ANA"), asked_by=ANA.user)

    assert decide(services, click(services, proposal, CLEO)).kind == "altered"
    assert jobs(services) == []


def test_while_the_books_cannot_be_read_it_stays_open_and_the_click_is_on_record(
    services: Services, people: People
) -> None:
    proposal = staged(services)
    people.fault("down", count=50)

    with pytest.raises(Unreachable):
        decide(services, click(services, proposal))

    assert state_of(services, proposal) == "open"
    assert done_to(services, proposal.id)[-1] == ("T01ACME/U02BEN", "could not check")

    people.fault("none")
    assert decide(services, click(services, proposal)).kind == "approved"
