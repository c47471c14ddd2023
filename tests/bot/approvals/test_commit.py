from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update

from bot.approvals.commit import commit, settle_failed
from bot.approvals.decide import decide
from bot.approvals.ending import document_key
from bot.approvals.outcome import Outcome
from bot.approvals.proposal import Proposal, State
from bot.approvals.queue import get_proposal
from bot.approvals.stage import stage
from bot.errors import Unsettled
from bot.services import Services
from bot.store import tables
from bot.store.engine import reading
from intacct.errors import NotSignedIn, OutcomeUnknown, Unreachable
from intacct.post import post
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.crash import FromTheWriteOn, Line, lost
from tests.bot.approvals.ledger import (
    PLAIN,
    People,
    approved,
    click,
    done_to,
    draft,
    signed_in,
    staged,
)
from tests.bot.approvals.paper import ANA, BEN, CLEO, FEB, JAN, budget, policy


def mine() -> None:
    """This process still has the job."""


def committed(services: Services, proposal: Proposal) -> Outcome:
    return commit(services, proposal.id, mine)


def state_of(services: Services, proposal: Proposal) -> str:
    now = get_proposal(services.store, proposal.id)
    assert now is not None
    return now.state


def receipts(services: Services) -> list[tuple[str, str]]:
    receipt = tables.receipt
    with reading(services.store) as tx:
        rows = tx.execute(select(receipt.c.key, receipt.c.record_no)).all()
    return [(row.key, row.record_no) for row in rows]


def test_what_was_approved_is_in_the_books_to_the_cent(services: Services, people: People) -> None:
    proposal = approved(services)

    outcome = committed(services, proposal)

    assert outcome.kind == "committed"
    assert outcome.proposal == get_proposal(services.store, proposal.id)
    assert outcome.proposal is not None
    number = outcome.proposal.record_no
    assert outcome.sentence == (
        f"Budget version “Forecast v1” is in Intacct as record {number}, read back and equal to"
        " the cent."
    )
    assert people.items() == [("4000", JAN, "990.00"), ("4000", FEB, "2310.00")]
    assert receipts(services) == [(f"{proposal.id}:1", number)]
    assert done_to(services, proposal.id) == [
        ("T01ACME/U01ANA", "staged"),
        ("T01ACME/U02BEN", "reviewed"),
        ("T01ACME/U02BEN", "approved"),
        ("bot", "posting"),
        ("bot", "committed"),
    ]


def test_how_to_undo_it_is_kept_with_it(services: Services) -> None:
    now = committed(services, approved(services)).proposal

    assert now is not None
    assert now.ending.undo == (
        f"Delete budget “Forecast v1” (record number {now.record_no})"
        " in Intacct before the first of its periods is closed; needs a budget approver."
    )


def test_committing_twice_is_one_budget(services: Services, people: People) -> None:
    proposal = approved(services)

    assert committed(services, proposal) == committed(services, proposal)
    assert people.budgets() == 1
    assert len(receipts(services)) == 1


def test_five_processes_that_commit_at_once_make_one_budget(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    each = [replace(services, books=signed_in(gateway.url)) for _ in range(5)]

    with ThreadPoolExecutor(5) as threads:
        outcomes = list(threads.map(lambda one: committed(one, proposal), each))

    assert {outcome.kind for outcome in outcomes} == {"committed"}
    assert people.budgets() == 1
    assert len(receipts(services)) == 1
    assert [did for _, did in done_to(services, proposal.id)].count("committed") == 1
    for one in each:
        one.books.close()


def test_what_nobody_approved_is_not_written(services: Services, people: People) -> None:
    waiting, refused = staged(services), staged(services, key="slack:2")
    decide(services, click(services, refused, BEN, "reject", reason="no"))

    assert committed(services, waiting).kind == "open"
    assert committed(services, refused).kind == "rejected"
    assert commit(services, "PRP-NOTHING0", mine).kind == "not found"
    assert people.budgets() == 0


@pytest.mark.parametrize("state", ["approved", "unsettled"])
def test_an_approval_that_is_not_on_record_writes_nothing(
    services: Services, people: People, state: State
) -> None:
    proposal = staged(services)
    with services.store.begin() as tx:
        tx.execute(update(tables.proposal).values(state=state, decided_by="T01ACME/U02BEN"))

    outcome = committed(services, proposal)

    assert outcome.kind == "failed"
    assert outcome.sentence == "It was not written to Intacct: its approval is not on record."
    assert people.budgets() == 0


def test_an_approver_who_may_no_longer_approve_writes_nothing(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    later = replace(services, policy=policy(frozenset({CLEO})))

    outcome = committed(later, proposal)

    assert (outcome.kind, people.budgets()) == ("failed", 0)
    assert "may no longer do so" in outcome.sentence


def test_a_document_changed_after_the_approval_is_not_written(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    with services.store.begin() as tx:
        body = tx.execute(select(tables.proposal.c.body)).scalar_one()
        tx.execute(update(tables.proposal).values(body=body.replace('"990.00"', '"9990.00"')))

    outcome = committed(services, proposal)

    assert (outcome.kind, people.budgets()) == ("failed", 0)
    assert "not the ones that were proposed" in outcome.sentence


def test_a_row_that_cannot_be_read_ends_as_failed(services: Services, people: People) -> None:
    proposal = approved(services)
    with services.store.begin() as tx:
        tx.execute(update(tables.proposal).values(body="gone"))

    assert committed(services, proposal).kind == "failed"
    assert people.budgets() == 0
    with reading(services.store) as tx:
        assert tx.execute(select(tables.proposal.c.state)).scalar_one() == "failed"


def test_sources_that_moved_after_the_approval_stop_it(services: Services, people: People) -> None:
    proposal = approved(services)
    people.post("250.00")

    outcome = committed(services, proposal)

    assert (outcome.kind, people.budgets()) == ("out of date", 0)
    assert [(moved.was, moved.now) for moved in outcome.differences] == [
        ("USD (2,000.00)", "USD (2,250.00)")
    ]
    assert outcome.sentence.endswith("It was not written to Intacct.")
    assert state_of(services, proposal) == "stale"
    assert committed(services, proposal) == outcome


def test_a_reply_lost_after_intacct_acted_is_found_and_not_posted_twice(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    people.fault("lose_reply", function="create")

    assert committed(services, proposal).kind == "committed"
    assert people.budgets() == 1


def test_a_write_that_never_arrived_is_looked_up_before_it_is_tried_again(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    people.fault("garbled", function="create")

    with pytest.raises(OutcomeUnknown):
        committed(services, proposal)
    assert (state_of(services, proposal), people.budgets()) == ("approved", 0)

    assert committed(services, proposal).kind == "committed"
    assert people.budgets() == 1


def test_where_nobody_can_say_it_is_unsettled_and_looking_again_settles_it(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    cut_off = signed_in(gateway.url, line=Line(lost, FromTheWriteOn(), after=True))

    with pytest.raises(Unsettled) as caught:
        committed(replace(services, books=cut_off), proposal)
    cut_off.close()
    given_up = settle_failed(services, proposal.id, caught.value)

    assert given_up.kind == "unsettled"
    assert "Look for it in Intacct" in given_up.sentence
    assert state_of(services, proposal) == "unsettled"
    assert committed(services, proposal).kind == "committed"
    assert people.budgets() == 1


def test_a_gateway_that_is_down_leaves_it_approved_until_the_job_gives_up(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    people.fault("down", count=50)

    with pytest.raises(Unreachable) as caught:
        committed(services, proposal)
    people.fault("none")

    assert state_of(services, proposal) == "approved"
    given_up = settle_failed(services, proposal.id, caught.value)
    assert given_up.kind == "failed"
    assert given_up.sentence.startswith("It was not written to Intacct: ")
    assert (committed(services, proposal), people.budgets()) == (given_up, 0)


def test_a_write_that_may_have_left_is_never_called_failed_because_of_a_later_error(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    people.fault("garbled", function="create")
    with pytest.raises(OutcomeUnknown):
        committed(services, proposal)

    given_up = settle_failed(services, proposal.id, Unreachable("nobody answered"))

    assert given_up.kind == "unsettled"


def test_an_error_of_ours_is_told_without_its_words(services: Services) -> None:
    given_up = settle_failed(services, approved(services).id, RuntimeError("secret 12"))

    assert given_up.sentence == (
        "It was not written to Intacct: something unexpected went wrong on our side."
    )


def test_giving_up_does_not_undo_what_was_committed(services: Services) -> None:
    proposal = approved(services)
    committed(services, proposal)

    assert settle_failed(services, proposal.id, RuntimeError()).kind == "committed"
    assert settle_failed(services, "PRP-NOTHING0", RuntimeError()).kind == "not found"


def test_what_intacct_refuses_ends_as_failed_in_its_own_words(
    services: Services, people: People
) -> None:
    proposal = approved(services, "6999 Jan OPS 100 5.00")  # an account no longer in use

    outcome = committed(services, proposal)

    assert (outcome.kind, people.budgets()) == ("failed", 0)
    assert outcome.sentence.startswith("Intacct refused the budget, and nothing was written: ")
    assert "6999" in outcome.sentence
    assert committed(services, proposal) == outcome


def test_a_month_closed_to_budgets_after_the_approval_is_refused(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    with gateway.books.lock:
        gateway.books.run("UPDATE REPORTINGPERIOD SET BUDGETING = 0 WHERE NAME = ?", (JAN,))

    outcome = committed(services, proposal)

    assert (outcome.kind, people.budgets()) == ("out of date", 0)
    assert [moved.sentence for moved in outcome.differences] == [
        "Period Month Ended January 2026: was takes budgets, now takes no budgets."
    ]


def test_a_gateway_without_room_is_asked_again(services: Services, people: People) -> None:
    proposal = approved(services)
    people.fault("busy", count=2)

    assert committed(services, proposal).kind == "committed"
    assert people.budgets() == 1


def test_a_user_without_rights_in_intacct_ends_as_failed(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    reader = replace(services, books=signed_in(gateway.url, "reader"))

    outcome = committed(reader, proposal)

    assert (outcome.kind, people.budgets()) == ("failed", 0)
    assert "permission" in outcome.sentence
    reader.books.close()


def test_somebody_elses_budget_of_that_name_is_left_alone_and_said(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    theirs = budget("4000 Jan SALES 100 1.00")
    number = post(services.books, theirs, "theirs").record_no

    outcome = committed(services, proposal)

    assert outcome.kind == "failed"
    assert outcome.sentence.startswith(
        f"Intacct holds a budget “Forecast v1” (record {number}) that is not the one approved."
    )
    assert people.items() == [("4000", JAN, "1.00")]
    assert outcome.proposal is not None
    assert outcome.proposal.ending.undo == ""


def test_a_second_proposal_of_the_same_name_does_not_write_over_the_first(
    services: Services, people: People
) -> None:
    first = approved(services)
    second = stage(services, "slack:2", draft(services, budget("4000 Jan SALES 100 950.00")))
    decide(services, click(services, second, key="2"))

    assert committed(services, first).kind == "committed"
    assert committed(services, second).kind == "failed"
    assert people.items() == [("4000", JAN, "990.00"), ("4000", FEB, "2310.00")]


def test_the_same_budget_already_in_the_books_is_not_written_again(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    number = post(services.books, budget(PLAIN), "an earlier run").record_no

    outcome = committed(services, proposal)

    assert outcome.kind == "committed"
    assert receipts(services) == [(document_key(proposal), number)]
    assert people.budgets() == 1


def test_a_receipt_we_hold_is_enough_without_asking_intacct(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    row = {"key": document_key(proposal), "proposal": proposal.id, "record_no": "77", "at": ""}
    with services.store.begin() as tx:
        tx.execute(insert(tables.receipt), row)
    people.fault("down", count=50)

    outcome = committed(services, proposal)

    assert outcome.kind == "committed"
    assert outcome.proposal is not None
    assert outcome.proposal.record_no == "77"
    people.fault("none")


def test_the_asker_is_never_the_approver_even_at_commit(services: Services, people: People) -> None:
    proposal = approved(services)
    with services.store.begin() as tx:
        tx.execute(update(tables.proposal).values(decided_by=f"{ANA.team}/{ANA.user}"))

    assert committed(services, proposal).kind == "failed"
    assert people.budgets() == 0


def test_a_process_that_slept_through_the_end_of_its_job_leaves_no_false_word(
    services: Services, people: People
) -> None:
    proposal = approved(services)
    others: list[Outcome] = []

    def sleeps() -> None:  # meanwhile the books move, and another process looks at the job
        people.post("250.00")
        others.append(committed(services, proposal))

    late = commit(services, proposal.id, sleeps)

    assert [other.kind for other in others] == ["unsettled"]
    assert late.kind == "committed"
    assert (state_of(services, proposal), people.budgets()) == ("committed", 1)


def test_a_refused_sign_in_says_that_nothing_was_written(
    services: Services, people: People
) -> None:
    proposal = approved(services)

    given_up = settle_failed(services, proposal.id, NotSignedIn("Sign-in information is incorrect"))

    assert given_up.sentence.startswith(
        "It was not written to Intacct: Intacct refused our sign-in. Have an administrator"
    )
    assert "Sign-in information" not in given_up.sentence
