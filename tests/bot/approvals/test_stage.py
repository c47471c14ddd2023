from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.approvals.proposal import hash_of_payload
from bot.approvals.question import PeriodsQuestion
from bot.approvals.queue import get_proposal, source_rows
from bot.approvals.sources import fingerprint
from bot.approvals.stage import proposal_id, stage
from bot.errors import NotAllowed, NotUnderstood, OutOfDate
from bot.services import Services
from intacct.read.budgets import BudgetQuestion
from tests.bot.approvals.ledger import BUDGETED, PLAIN, SALES, People, done_to, draft, staged
from tests.bot.approvals.paper import DEV, FEB, JAN, NOW, Clock, budget, policy


def test_a_document_becomes_a_proposal_with_old_and_new_side_by_side(services: Services) -> None:
    proposal = staged(services)

    assert [(line.period, line.old, line.new) for line in proposal.lines] == [
        (JAN, Decimal("900.00"), Decimal("990.00")),
        (FEB, Decimal("2100.00"), Decimal("2310.00")),
    ]
    assert [line.title for line in proposal.lines] == ["Sales", "Sales"]
    assert proposal.questions == (SALES, BUDGETED, PeriodsQuestion((FEB, JAN)))
    assert proposal.state == "open"
    assert get_proposal(services.store, proposal.id) == proposal


def test_the_rows_it_rests_on_are_kept_with_it(services: Services) -> None:
    proposal = staged(services)
    rows = source_rows(services.store, proposal)

    assert fingerprint(rows) == proposal.sources_hash
    assert [(row.kind, row.period, row.value) for row in rows] == [
        ("balance", "2026-01-01", "-1000.00"),
        ("balance", "2026-02-01", "-2000.00"),
        ("balance", "2026-01-01", "-250.50"),  # in Boston, which is part of entity 100
        ("budget", FEB, "2100.00"),
        ("budget", JAN, "900.00"),
        ("period", FEB, "takes budgets"),
        ("period", JAN, "takes budgets"),
    ]


def test_staging_is_on_record_with_its_hashes(services: Services) -> None:
    proposal = staged(services)

    assert proposal.payload_hash == hash_of_payload(proposal)
    assert done_to(services, proposal.id) == [("T01ACME/U01ANA", "staged")]


def test_the_same_key_stages_the_same_proposal_even_when_the_books_have_moved(
    services: Services, people: People, clock: Clock
) -> None:
    first = staged(services)
    again_draft = draft(services, budget(PLAIN))
    people.post("5.00")
    clock.move(minutes=5)

    assert stage(services, "slack:1", again_draft) == first
    assert done_to(services, first.id) == [("T01ACME/U01ANA", "staged")]


def test_an_id_is_made_of_the_key_alone() -> None:
    assert proposal_id("slack:1") == proposal_id("slack:1") != proposal_id("slack:2")
    assert proposal_id("slack:1").startswith("PRP-")
    assert len(proposal_id("slack:1")) == 12


def test_lines_the_version_before_has_and_this_one_lacks_go_to_nothing(services: Services) -> None:
    everything = BudgetQuestion("2026 Budget")  # 6000 too: 380.00 in January, in OPS
    lines = budget("4000 Jan SALES 100 990.00\n4100 Jan OPS 100 7.00")
    proposal = stage(services, "k", draft(services, lines, questions=(everything,)))

    assert [(line.account, line.department, line.old, line.new) for line in proposal.lines] == [
        ("4000", "SALES", Decimal("900.00"), Decimal("990.00")),
        ("4100", "OPS", None, Decimal("7.00")),
        ("6000", "OPS", Decimal("380.00"), Decimal(0)),
    ]  # February's 2,100.00 stay out of it: this version does not speak of February


def test_without_a_version_before_no_line_has_an_old_amount(services: Services) -> None:
    proposal = stage(
        services, "k", draft(services, budget(PLAIN), compared_with="", questions=(SALES,))
    )

    assert [line.old for line in proposal.lines] == [None, None]


def test_who_may_not_ask_stages_nothing(services: Services) -> None:
    with pytest.raises(NotAllowed):
        staged(services, asked_by=DEV)


def test_a_document_that_will_not_do_is_refused_with_its_sentence(services: Services) -> None:
    twice = "4000 Jan SALES 100 1.00\n4000 Jan SALES 100 2.00"

    with pytest.raises(NotUnderstood, match="names this place 2 times"):
        staged(services, twice)


def test_more_lines_than_can_be_looked_at_are_refused(services: Services) -> None:
    few = replace(services, policy=policy(most_lines=1))

    with pytest.raises(NotUnderstood, match="has 2 lines; at most 1"):
        staged(few)


def test_a_month_that_takes_no_budget_is_refused_before_anyone_approves(services: Services) -> None:
    with pytest.raises(NotUnderstood, match="takes no budget for Month Ended May 2031"):
        stage(services, "k", draft(services, budget("4000 Month_Ended_May_2031 SALES 100 1.00")))


def test_a_draft_whose_books_moved_meanwhile_is_refused(services: Services, people: People) -> None:
    made = draft(services, budget(PLAIN))
    people.post("100.00")

    with pytest.raises(OutOfDate, match=r"was USD \(2,000\.00\), now USD \(2,100\.00\)"):
        stage(services, "k", made)


def test_a_comparison_nobody_asked_the_books_for_is_a_mistake_of_ours(services: Services) -> None:
    with pytest.raises(ValueError, match="2025 Budget"):
        stage(services, "k", draft(services, budget(PLAIN), compared_with="2025 Budget"))


def test_a_proposal_waits_three_days_but_not_into_the_next_month(
    services: Services, clock: Clock
) -> None:
    assert staged(services).expires_at == NOW + timedelta(hours=72)

    clock.at = datetime(2026, 3, 30, 18, 0, tzinfo=UTC)

    assert staged(services, key="slack:2").expires_at == datetime(2026, 4, 1, tzinfo=UTC)
