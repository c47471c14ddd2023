from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.engine import reading
from bot.store.tables import STATES, proposal, snapshot

AT = "2025-07-01T09:00:00.000000Z"
PROPOSAL = {
    "id": "PRP-7Q2M4K5A",
    "kind": "budget version",
    "state": "open",
    "team": "T1",
    "asked_by": "U1",
    "channel": "C1",
    "title": "Revenue forecast v13",
    "body": "{}",
    "payload_hash": "p",
    "sources_hash": "s",
    "snapshot_id": "S1",
    "policy_version": 7,
    "made_at": AT,
    "expires_at": AT,
}


def test_a_proposal_may_be_in_each_named_state_and_in_no_other(store: Engine) -> None:
    with store.begin() as tx:
        tx.execute(insert(snapshot), {"id": "S1", "at": AT, "body": "[]"})
        tx.execute(insert(proposal), PROPOSAL)
        for state in STATES:
            tx.execute(update(proposal).values(state=state))

    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.execute(update(proposal).values(state="almost"))

    with reading(store) as tx:
        assert tx.execute(select(proposal.c.state)).scalar_one() == "unsettled"


def test_a_proposal_needs_the_snapshot_it_was_drawn_from(store: Engine) -> None:
    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.execute(insert(proposal), PROPOSAL)
