from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from analytics.ledger import AccountNo, month
from bot.approvals.proposal import Ending, Proposal, SourceDifference, hash_of_payload
from bot.approvals.question import PeriodsQuestion
from bot.approvals.queue import get_proposal
from bot.approvals.stored import change, end_unreadable, proposal_as_row, proposal_from_row
from bot.errors import Altered
from bot.store import tables
from bot.store.engine import reading
from intacct.read.balances import BalancesQuestion
from tests.bot.approvals.paper import BEN, NOW, line, proposal

OPEN = replace(
    proposal(line("100.00", "115.00"), line(None, "-7.10", "6000")),
    questions=(BalancesQuestion("100", month(2026, 1), month(2026, 2)), PeriodsQuestion(("P",))),
    turned=(AccountNo("6000"),),
)


def keep(store: Engine, kept: Proposal) -> None:
    """The proposal, as staging would leave it."""
    with store.begin() as tx:
        tx.execute(insert(tables.snapshot), {"id": kept.snapshot_id, "at": "", "body": "[]"})
        tx.execute(insert(tables.proposal), proposal_as_row(kept))


def test_a_proposal_comes_back_as_it_was_kept(store: Engine) -> None:
    decided = replace(
        OPEN,
        state="failed",
        decided_by=BEN,
        decided_at=NOW,
        reason="fine",
        record_no="12",
        ending=Ending("So it is.", (SourceDifference("a", "1", "2"),), "undo it"),
    )
    keep(store, decided)

    assert get_proposal(store, OPEN.id) == decided
    assert get_proposal(store, "PRP-NOTHING0") is None


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.text(),
)
def test_no_amount_and_no_word_is_lost_on_the_way(
    new: Decimal, old: Decimal | None, title: str
) -> None:
    written = replace(line(None, "0"), new=new, old=old)
    kept = replace(proposal(written), title=title)
    row = json.loads(json.dumps(proposal_as_row(kept)))

    back = proposal_from_row(row)

    assert back == kept
    assert hash_of_payload(back) == hash_of_payload(kept)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"kind":"budget version"', '"kind":"bill"'),
        (f'"id":"{OPEN.id}"', '"id":"PRP-ANOTHER0"'),
        ('"old":"100.00"', '"old":"a lot"'),
        ('"lines":', '"lanes":'),
    ],
)
def test_a_row_that_is_no_proposal_is_altered(store: Engine, was: str, becomes: str) -> None:
    keep(store, OPEN)
    with store.begin() as tx:
        body = tx.execute(select(tables.proposal.c.body)).scalar_one()
        assert was in body
        tx.execute(tables.proposal.update().values(body=body.replace(was, becomes)))

    with pytest.raises(Altered):
        get_proposal(store, OPEN.id)


def test_a_state_changes_once_and_only_from_where_it_was(store: Engine) -> None:
    keep(store, OPEN)
    approved = replace(OPEN, state="approved", decided_by=BEN, decided_at=NOW)
    rejected = replace(OPEN, state="rejected", decided_by=BEN, decided_at=NOW)

    with store.begin() as tx:
        assert change(tx, approved, "open")
        assert not change(tx, rejected, "open")

    assert get_proposal(store, OPEN.id) == approved


def test_what_cannot_be_read_is_ended_without_touching_the_evidence(store: Engine) -> None:
    keep(store, OPEN)
    with store.begin() as tx:
        tx.execute(tables.proposal.update().values(body="gone"))
        assert end_unreadable(tx, OPEN.id, "failed", "open")
        assert not end_unreadable(tx, OPEN.id, "failed", "open")

    with reading(store) as tx:
        row = tx.execute(select(tables.proposal)).mappings().one()
    assert (row["state"], row["body"]) == ("failed", "gone")
