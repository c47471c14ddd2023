from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from analytics.ledger import DEPARTMENT, LOCATION, PROJECT, AccountNo, month
from bot.approvals.commit import commit
from bot.approvals.fresh import moved_since_shown
from bot.approvals.stage import stage
from bot.services import Services
from bot.staged.ledger import Books, Copy, ledger_from
from bot.staged.marks import last_runs, marks
from bot.staged.masters import budget_heads
from bot.staged.objects import LINES
from bot.staged.refresh import keep_up, refresh
from bot.staged.tied import UNTIED
from intacct.read.balances import BalancesQuestion
from tests.bot.approvals.ledger import PLAIN, approved, draft
from tests.bot.approvals.paper import budget
from tests.bot.staged.copying import FRESHNESS, Company

SALES = BalancesQuestion("100", month(2026, 1), month(2026, 2), (AccountNo("4000"),))
FIRST = date(2021, 4, 1)


def mine() -> None:
    """Nobody else has the job."""


def february(services: Services, *, fresh: bool = False) -> int:
    """Sales of February as a command would read them, in cents."""
    rows = ledger_from(services, FIRST, fresh=fresh).balances(SALES)
    return int(rows[rows["period"] == "2026-02-01"]["amount"].iloc[0])


def test_without_a_copy_intacct_itself_answers(company: Company, services: Services) -> None:
    ledger = ledger_from(services, FIRST)

    assert isinstance(ledger, Books)
    assert ledger.read_at == company.clock()
    assert february(services) == -2000_00


def test_the_same_question_while_the_copy_is_fresh_makes_no_call(
    company: Company, services: Services
) -> None:
    refresh(services)
    read_at, calls = company.clock(), len(company.calls)
    company.clock.move(minutes=FRESHNESS / timedelta(minutes=1))

    ledger = ledger_from(services, FIRST)
    figures = [february(services) for _ in range(3)]

    assert isinstance(ledger, Copy)
    assert ledger.read_at == read_at
    assert figures == [-2000_00] * 3
    assert len(company.calls) == calls


def test_an_older_copy_is_brought_up_to_date_by_whoever_asks_first(
    company: Company, services: Services
) -> None:
    refresh(services)
    company.sell("5.00")
    within = february(services)
    company.clock.move(minutes=11)
    calls = len(company.calls)

    after, took = february(services), len(company.calls) - calls
    again, more = february(services), len(company.calls) - calls - took

    assert (within, after, again) == (-2000_00, -2005_00, -2005_00)
    assert 1 <= took <= 5
    assert more == 0


def test_whoever_insists_gets_figures_read_for_this_very_question(
    company: Company, services: Services
) -> None:
    refresh(services)
    company.sell("5.00")

    assert february(services) == -2000_00
    assert february(services, fresh=True) == -2005_00


def test_a_policy_without_freshness_asks_intacct_each_time(
    company: Company, services: Services
) -> None:
    refresh(services)
    live = replace(services, policy=replace(services.policy, freshness=timedelta(0)))

    assert isinstance(ledger_from(live, FIRST), Books)


def test_months_before_the_copy_are_read_from_intacct_and_then_kept(
    company: Company, services: Services
) -> None:
    refresh(services)
    earlier = date(2020, 1, 1)

    before = ledger_from(services, earlier)
    keep_up(services)
    after = ledger_from(services, earlier)

    assert isinstance(before, Books)
    assert isinstance(after, Copy)
    assert marks(services.store)[LINES].first == earlier


def test_a_copy_that_does_not_tie_answers_nothing(company: Company, services: Services) -> None:
    refresh(services)
    company.clock.move(minutes=11)
    company.line.restless = lambda: company.sell("1.00")

    ledgers = [ledger_from(services, FIRST) for _ in range(2)]

    assert [ledger.copied for ledger in ledgers] == [False, False]
    assert marks(services.store)[LINES].behind
    assert [run.kind for run in last_runs(services.store)] == ["changes", "whole"]  # not again
    assert UNTIED in last_runs(services.store)[0].outcome


def test_books_found_to_have_moved_at_a_click_are_read_again_when_asked_again(
    company: Company, services: Services
) -> None:
    refresh(services)
    proposal = stage(services, "slack:1", draft(services, budget(PLAIN)))
    company.sell("5.00")
    before = february(services)

    moved = moved_since_shown(services, proposal)

    assert [difference.now for difference in moved] == ["USD (2,005.00)"]
    assert (before, february(services)) == (-2000_00, -2005_00)


def test_what_we_wrote_ourselves_is_seen_by_whoever_asks_next(
    company: Company, services: Services
) -> None:
    refresh(services)
    proposal = approved(services)
    company.clock.move(minutes=1)

    written = commit(services, proposal.id, mine)
    ledger_from(services, FIRST)

    assert written.kind == "committed"
    assert [head.budget_id for head in budget_heads(services.store)] == [
        "2026 Budget",
        "Forecast v1",
    ]


def test_a_click_on_figures_of_the_copy_is_checked_against_intacct_itself(
    company: Company, services: Services
) -> None:
    refresh(services)
    proposal = stage(services, "slack:1", draft(services, budget(PLAIN)))
    calls = len(company.calls)

    assert moved_since_shown(services, proposal) == ()
    assert len(company.calls) > calls


def test_both_ledgers_know_the_same_accounts_entities_and_dimensions(
    company: Company, services: Services
) -> None:
    live = ledger_from(services, FIRST)
    refresh(services)
    copy = ledger_from(services, FIRST)

    assert copy.copied
    assert copy.accounts() == live.accounts()
    assert copy.entities() == live.entities()
    assert copy.base_currency() == live.base_currency()
    for dimension in (DEPARTMENT, LOCATION, PROJECT):
        assert copy.values(dimension) == live.values(dimension)
    assert len(copy.accounts()) == 7


def test_two_who_ask_at_once_read_the_books_once(company: Company, services: Services) -> None:
    refresh(services)
    company.clock.move(minutes=11)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: february(services), range(2)))

    assert found == [-2000_00, -2000_00]
    assert [run.kind for run in last_runs(services.store)] == ["changes", "whole"]
