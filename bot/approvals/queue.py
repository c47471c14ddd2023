"""What waits for whom, and how one proposal stands; reading only."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Engine, select

from bot.approvals.proposal import Proposal, ProposalLine
from bot.approvals.sources import SourceRow, rows_from_json
from bot.approvals.stored import proposal_from_row
from bot.errors import Altered
from bot.policy import Person, Policy
from bot.services import Services
from bot.store import tables
from bot.store.canonical import canonical
from bot.store.engine import reading


def get_proposal(store: Engine, proposal_id: str) -> Proposal | None:
    """The proposal with this id, None where there is none; Altered where it cannot be read."""
    with reading(store) as tx:
        return proposal_in(tx, proposal_id)


def proposal_in(tx: Connection, proposal_id: str, *, to_change: bool = False) -> Proposal | None:
    """The same inside a transaction; `to_change` lets nobody else change it until that ends."""
    query = select(tables.proposal).where(tables.proposal.c.id == proposal_id)
    if to_change:
        query = query.with_for_update()
    row = tx.execute(query).mappings().one_or_none()
    return proposal_from_row(row) if row else None


def source_rows(store: Engine, proposal: Proposal) -> tuple[SourceRow, ...]:
    """The rows the proposal was drawn from, from its snapshot; Altered where it is gone."""
    query = select(tables.snapshot.c.body).where(tables.snapshot.c.id == proposal.snapshot_id)
    with reading(store) as tx:
        body = tx.execute(query).scalar_one_or_none()
    try:
        return rows_from_json(json.loads(body or ""))
    except (ValueError, TypeError) as error:
        raise Altered(f"the source rows of {proposal.id} are not as they were stored") from error


def flagged(proposal: Proposal, policy: Policy) -> tuple[ProposalLine, ...]:
    """The lines that need their own review; none where there is no version to compare with.

    A line the version before does not have needs one too, but not in months that version says
    nothing about at all: there is no change to look at.
    """
    months = _compared_months(proposal)
    return tuple(
        line
        for line in proposal.lines
        if line.period in months and policy.needs_review(line.old, line.new)
    )


def _compared_months(proposal: Proposal) -> frozenset[str]:
    return frozenset(line.period for line in proposal.lines if line.old is not None)


def reviewed(store: Engine, proposal_id: str, who: Person) -> frozenset[str]:
    """The keys of the lines this person has reviewed (see `line_key`)."""
    with reading(store) as tx:
        return reviewed_in(tx, proposal_id, who)


def reviewed_in(tx: Connection, proposal_id: str, who: Person) -> frozenset[str]:
    """The same inside a transaction."""
    review = tables.review
    query = select(review.c.line_key).where(
        review.c.proposal == proposal_id, review.c.team == who.team, review.c.who == who.user
    )
    return frozenset(tx.execute(query).scalars())


def unreviewed(services: Services, proposal: Proposal, who: Person) -> tuple[ProposalLine, ...]:
    """The flagged lines this person has not looked at."""
    seen = reviewed(services.store, proposal.id, who)
    return tuple(line for line in flagged(proposal, services.policy) if line_key(line) not in seen)


def line_key(line: ProposalLine) -> str:
    """The line's key as one text."""
    return canonical(list(line.key))
