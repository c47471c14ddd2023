"""Somebody looked at every line that changes too much to be approved unseen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from bot.approvals.decide import ALTERED, NOT_FOUND, over
from bot.approvals.outcome import Outcome, as_it_stands
from bot.approvals.proposal import Proposal, ProposalLine, person_as_text
from bot.approvals.queue import flagged, get_proposal, line_key, proposal_in, reviewed_in
from bot.approvals.rights import refusal
from bot.audit import AuditEntry, record
from bot.errors import Altered
from bot.policy import Person
from bot.services import Services
from bot.store import tables
from bot.store.canonical import JSON, instant


def review(services: Services, proposal_id: str, who: Person, at: datetime) -> Outcome:
    """Record that this person, who may decide it, looked at all flagged lines of the proposal.

    Doing it twice is harmless; whatever it comes to is on record.
    """
    ruling = _ruling(services, proposal_id, who, at)
    with services.store.begin() as tx:
        outcome = _unless_decided(tx, ruling)
        lines = _looked_at(services, outcome)
        if outcome.proposal:
            _keep(tx, outcome.proposal, lines, who, at)
        body: dict[str, JSON] = {
            "payload": outcome.proposal.payload_hash if outcome.proposal else "",
            "lines": [line_key(line) for line in lines],
        }
        entry = AuditEntry(at, person_as_text(who), outcome.kind, proposal_id, body)
        record(tx, services.audit_key, entry)
    return outcome


def _ruling(services: Services, proposal_id: str, who: Person, at: datetime) -> Outcome:
    try:
        proposal = get_proposal(services.store, proposal_id)
    except Altered:
        return refusal(services.policy, None, who) or Outcome("altered", None, ALTERED)
    if refused := refusal(services.policy, proposal, who):
        return refused
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    if ended := over(services, proposal, at):
        return ended
    count = len(flagged(proposal, services.policy))
    many = "1 marked line" if count == 1 else f"all {count:,} marked lines"
    sentence = f"Your review of {many} is on record." if count else "No line is marked for review."
    return Outcome("reviewed", proposal, sentence)


def _unless_decided(tx: Connection, ruling: Outcome) -> Outcome:
    """The ruling, unless somebody decided since."""
    if ruling.kind != "reviewed" or ruling.proposal is None:
        return ruling
    now = proposal_in(tx, ruling.proposal.id, to_change=True)
    return ruling if now is None or now.state == "open" else as_it_stands(now)


def _looked_at(services: Services, outcome: Outcome) -> tuple[ProposalLine, ...]:
    if outcome.kind != "reviewed" or outcome.proposal is None:
        return ()
    return flagged(outcome.proposal, services.policy)


def _keep(
    tx: Connection, proposal: Proposal, lines: Iterable[ProposalLine], who: Person, at: datetime
) -> None:
    seen = reviewed_in(tx, proposal.id, who)
    who_and_when = {"team": who.team, "who": who.user, "at": instant(at)}
    fresh = [
        {"proposal": proposal.id, "line_key": line_key(line), **who_and_when}
        for line in lines
        if line_key(line) not in seen
    ]
    if fresh:
        tx.execute(insert(tables.review), fresh)
