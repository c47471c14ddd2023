"""What time alone changes: proposals nobody decided, and approved ones nobody finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.approvals.ending import BOT
from bot.approvals.proposal import Ending, Proposal
from bot.approvals.stored import change, proposal_from_row
from bot.audit import AuditEntry, record
from bot.errors import Altered
from bot.jobs.work import enqueue
from bot.services import Services
from bot.store import tables
from bot.store.canonical import JSON, canonical, instant
from bot.store.engine import reading

LOOK_EVERY = timedelta(minutes=10)
LOOK_FOR = timedelta(days=7)


def expire(services: Services) -> tuple[str, ...]:
    """End every open proposal whose time is over, each on record; their ids."""
    ended = []
    for proposal in _in_state(services, "open"):
        if services.clock() < proposal.expires_at:
            continue
        words = "Its time is over; nothing was written. Type /forecast again."
        after = replace(proposal, state="expired", ending=Ending(words))
        with services.store.begin() as tx:
            if change(tx, after, "open"):
                entry = AuditEntry(services.clock(), BOT, "expired", proposal.id, {})
                record(tx, services.audit_key, entry)
                ended.append(proposal.id)
    return tuple(ended)


def look_again(services: Services) -> tuple[str, ...]:
    """Queue another look at what was approved and is not settled, every ten minutes for a week.

    A look finds what Intacct holds before it writes anything, so one too many is harmless.
    """
    now, asked = services.clock(), []
    for state in ("approved", "unsettled"):
        for proposal in _in_state(services, state):
            since = now - (proposal.decided_at or proposal.made_at)
            if LOOK_EVERY < since < LOOK_FOR:
                key = f"commit:{proposal.id}:{_slot(now)}"
                with services.store.begin() as tx:
                    if enqueue(tx, key, "commit", {"proposal": proposal.id}, now):
                        asked.append(proposal.id)
    return tuple(asked)


def marks(services: Services, since: datetime) -> Mapping[str, str]:
    """The proposals whose cards may have to be drawn, open ones and all made since then; each with
    a mark of how it stands and of what its cards say.

    The same mark twice says that nothing happened between; "" that Slack does not show all yet.
    """
    proposal, message = tables.proposal, tables.message
    stands = proposal.c.state, proposal.c.decided_at, proposal.c.reason, proposal.c.record_no
    says = message.c.key, message.c.wanted_hash, message.c.body_hash, message.c.next_try_at
    query = (
        select(proposal.c.id, *stands, *says)
        .outerjoin(message, message.c.about == proposal.c.id)
        .where((proposal.c.state == "open") | (proposal.c.made_at >= instant(since)))
        .order_by(proposal.c.made_at, proposal.c.id, message.c.key)
    )
    with reading(services.store) as tx:
        rows = tx.execute(query).all()
    found: dict[str, list[JSON]] = {}
    behind: set[str] = set()
    for row in rows:
        found.setdefault(row.id, []).append([*row[1:]])
        if row.key is None or row.next_try_at or row.body_hash != row.wanted_hash:
            behind.add(row.id)
    return {id_: "" if id_ in behind else canonical(told) for id_, told in found.items()}


def _slot(now: datetime) -> str:
    return str(int(now.timestamp() // LOOK_EVERY.total_seconds()))


def _in_state(services: Services, state: str) -> tuple[Proposal, ...]:
    """The proposals in this state that can be read; an unreadable one says so at its next click."""
    query = select(tables.proposal).where(tables.proposal.c.state == state)
    with reading(services.store) as tx:
        rows = tx.execute(query).mappings().all()
    found = []
    for row in rows:
        try:
            found.append(proposal_from_row(row))
        except Altered:
            continue
    return tuple(found)
