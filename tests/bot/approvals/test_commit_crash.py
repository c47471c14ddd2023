"""A commit that dies at any step, and is run again: one budget, one receipt, a chain that holds."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.approvals.commit import commit
from bot.approvals.proposal import Proposal
from bot.audit import verify
from bot.services import Services
from bot.settings import Secret
from bot.store import tables
from bot.store.engine import reading
from sandbox.intacct.server import LocalIntacct
from tests.bot.approvals.crash import Killed, LastClock, Line, killed, writes
from tests.bot.approvals.ledger import People, approved, done_to, signed_in

ROOT = Path(__file__).parents[3]
MORE_STEPS_THAN_THERE_ARE = 40


def mine() -> None:
    """This process still has the job."""


def check_one_budget(services: Services, people: People, proposal: Proposal) -> None:
    """The proposal is in the books once, whatever happened, and all of it is on record."""
    outcome = commit(services, proposal.id, mine)
    assert outcome.kind == "committed", outcome.sentence
    name = proposal.document.budget_id
    assert people.budgets(name) == 1
    assert [amount for _, _, amount in people.items(name)] == ["990.00", "2310.00"]
    receipt = tables.receipt
    with reading(services.store) as tx:
        held = tx.execute(select(receipt.c.record_no).where(receipt.c.proposal == proposal.id))
        assert len(held.all()) == 1
    assert [did for _, did in done_to(services, proposal.id)].count("committed") == 1
    assert verify(services.store, services.audit_key).ok


def dies_at(services: Services, people: People, way: str, dying: Callable[[int], Services]) -> int:
    """How many steps a commit has that can die that way; each one is died at, and recovered."""
    for step in range(1, MORE_STEPS_THAN_THERE_ARE):
        name = f"{way} {step}"
        proposal = approved(services, key=name, budget_id=name)
        doomed = dying(step)
        try:
            commit(doomed, proposal.id, mine)
        except Killed:
            check_one_budget(services, people, proposal)
        else:
            return step - 1
        finally:
            if doomed.books is not services.books:
                doomed.books.close()
    pytest.fail("a commit never ended")


@pytest.mark.parametrize("after", [False, True])
def test_dying_before_or_after_any_request_to_intacct_leaves_one_budget(
    services: Services, gateway: LocalIntacct, people: People, after: bool
) -> None:
    def on_the_line(step: int) -> Services:
        line = Line(killed, lambda number, _body: number == step, after=after)
        return replace(services, books=signed_in(gateway.url, line=line))

    steps = dies_at(services, people, f"line {after}", on_the_line)

    # sign in, look up, three source questions, write, and two to read back
    assert steps >= 8


def test_dying_before_either_record_leaves_one_budget(services: Services, people: People) -> None:
    def by_the_clock(step: int) -> Services:
        return replace(services, clock=LastClock(services.clock, killed, step))

    # before “posting” is on record, and inside the transaction that keeps the receipt
    assert dies_at(services, people, "clock", by_the_clock) >= 2


def test_dying_when_the_lease_is_asked_for_leaves_one_budget(
    services: Services, people: People
) -> None:
    proposal = approved(services)

    with pytest.raises(Killed):
        commit(services, proposal.id, killed)

    assert people.budgets() == 0
    assert done_to(services, proposal.id)[-1] == ("bot", "posting")
    check_one_budget(services, people, proposal)


def test_what_was_written_before_dying_is_found_even_when_the_books_move_meanwhile(
    services: Services, gateway: LocalIntacct, people: People
) -> None:
    proposal = approved(services)
    doomed = signed_in(gateway.url, line=Line(killed, writes, after=True))
    with pytest.raises(Killed):
        commit(replace(services, books=doomed), proposal.id, mine)
    doomed.close()

    people.post("250.00")

    check_one_budget(services, people, proposal)


def test_a_process_killed_between_the_write_and_the_receipt_leaves_one_budget(
    services: Services,
    store_url: str,
    audit_key: Secret,
    gateway: LocalIntacct,
    people: People,
) -> None:
    proposal = approved(services)
    here = [sys.executable, "-m", "tests.bot.approvals.one_commit"]

    ended = subprocess.run(
        [*here, store_url, gateway.url, audit_key.reveal(), proposal.id],
        cwd=ROOT,
        timeout=60,
        check=False,
    )

    assert ended.returncode == -signal.SIGKILL
    assert people.budgets() == 1
    assert done_to(services, proposal.id)[-1] == ("bot", "posting")
    check_one_budget(services, people, proposal)
