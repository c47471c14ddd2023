"""A click becomes a decision: once, by somebody who may, on what was shown, and on the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Connection

from bot.approvals.evidence import body_of, sealed_rows, why_altered
from bot.approvals.fresh import MOST_LISTED, moved_in_words, moved_since_shown
from bot.approvals.outcome import Outcome, OutcomeKind, as_it_stands
from bot.approvals.proposal import Ending, Proposal, State, person_as_text
from bot.approvals.queue import get_proposal, line_key, proposal_in, unreviewed
from bot.approvals.rights import refusal
from bot.approvals.stored import (
    change,
    differences_as_json,
    differences_from_json,
    end_unreadable,
    texts,
)
from bot.audit import AuditEntry, record
from bot.errors import Altered
from bot.jobs.work import enqueue
from bot.policy import Person
from bot.services import Services
from bot.store.canonical import JSON
from bot.store.engine import reading
from intacct.errors import IntacctError

Verdict = Literal["approve", "reject"]

# The outcomes that move an open proposal, and where to.
MOVES: Mapping[OutcomeKind, State] = {
    "approved": "approved",
    "rejected": "rejected",
    "out of date": "stale",
    "expired": "expired",
    "altered": "failed",
}
NOT_FOUND = "There is no such proposal here."
ALTERED = "What is stored is not what was proposed, so it cannot be decided. Ask for it again."


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody's verdict; `key` is Slack's own id of it, the same when it is delivered again."""

    key: str
    proposal: str
    verdict: Verdict
    who: Person
    at: datetime
    reason: str = ""


def decide(services: Services, click: Click) -> Outcome:
    """What the click came to; it is on record whatever that is, and delivered again it answers
    the same. Approving queues the commit in the same transaction.

    Rights come first. The books are read before the transaction; where they cannot be, the
    proposal stays open, that is on record, and the gateway's error is raised as it is.
    """
    with reading(services.store) as tx:
        if held := _answered(tx, services, click):
            return held
    try:
        ruling = _ruling(services, click)
    except IntacctError as error:
        with services.store.begin() as tx:
            _record(tx, services, click, "could not check", {"error": type(error).__name__})
        raise
    with services.store.begin() as tx:
        return _settled(tx, services, click, ruling)


def _ruling(services: Services, click: Click) -> Outcome:
    """What the click would come to if nobody else decided meanwhile; changes nothing."""
    try:
        proposal = get_proposal(services.store, click.proposal)
    except Altered:
        return refusal(services.policy, None, click.who) or Outcome("altered", None, ALTERED)
    if refused := refusal(services.policy, proposal, click.who):
        return refused
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    return over(services, proposal, click.at) or _judged(services, proposal, click)


def over(services: Services, proposal: Proposal, at: datetime) -> Outcome | None:
    """Why nothing can be decided about the proposal any more, None where it still can."""
    if proposal.state != "open":
        return as_it_stands(proposal)
    if why := why_altered(services, proposal):
        return Outcome("altered", proposal, f"{ALTERED} ({why[0].upper()}{why[1:]}.)")
    if at >= proposal.expires_at:
        when = f"{proposal.expires_at:%d %b %Y at %H:%M} UTC"
        return Outcome("expired", proposal, f"The time to decide this ended on {when}.")
    return None


def _judged(services: Services, proposal: Proposal, click: Click) -> Outcome:
    if click.verdict == "reject":
        if not click.reason.strip():
            return Outcome("needs reason", proposal, "Say in a few words why you reject it.")
        return Outcome("rejected", proposal, "Rejected; nothing was written to Intacct.")
    if lines := unreviewed(services, proposal, click.who):
        many = "1 line needs" if len(lines) == 1 else f"{len(lines):,} lines need"
        sentence = f"{many} your review before you can approve this."
        return Outcome("needs review", proposal, sentence, unreviewed=lines)
    if moved := moved_since_shown(services, proposal):
        return Outcome("out of date", proposal, moved_in_words(moved), moved[:MOST_LISTED])
    return Outcome("approved", proposal, "Approved; it is on its way into Intacct.")


def _settled(tx: Connection, services: Services, click: Click, ruling: Outcome) -> Outcome:
    """The ruling, on record and in effect, unless somebody else's came first."""
    now = _current(tx, click.proposal, to_change=True)
    if held := _answered(tx, services, click):
        return held
    outcome = _in_effect(tx, click, ruling, now)
    _record(tx, services, click, outcome.kind, _said(outcome))
    if outcome.kind == "approved":
        job = f"commit:{click.proposal}"
        enqueue(tx, job, "commit", {"proposal": click.proposal}, click.at)
    return outcome


def _current(tx: Connection, proposal_id: str, *, to_change: bool) -> Proposal | None:
    try:
        return proposal_in(tx, proposal_id, to_change=to_change)
    except Altered:
        return None


def _in_effect(tx: Connection, click: Click, ruling: Outcome, now: Proposal | None) -> Outcome:
    if now is None and (ruling.proposal or ruling.kind == "altered"):
        end_unreadable(tx, click.proposal, "failed", "open")
        return Outcome("altered", None, ALTERED)
    if now is None or ruling.proposal is None:
        return ruling
    after = _after(now, click, ruling)
    if after is None and now.state == "open":
        return replace(ruling, proposal=now)
    if after and change(tx, after, "open"):
        return replace(ruling, proposal=after)
    return as_it_stands(now)


def _after(now: Proposal, click: Click, ruling: Outcome) -> Proposal | None:
    """The proposal as the ruling leaves it, None where it leaves it as it is."""
    if ruling.kind not in MOVES:
        return None
    after = replace(now, state=MOVES[ruling.kind])
    if ruling.kind in ("approved", "rejected"):
        return replace(after, decided_by=click.who, decided_at=click.at, reason=click.reason)
    return replace(after, ending=Ending(ruling.sentence, ruling.differences))


def _answered(tx: Connection, services: Services, click: Click) -> Outcome | None:
    """What this very click came to when it was delivered before."""
    for row in sealed_rows(tx, services.audit_key, click.proposal):
        body = body_of(row)
        mine = body.get("click") == click.key and row.who == person_as_text(click.who)
        if mine and "outcome" in body:
            return _retold(tx, click, body)
    return None


def _retold(tx: Connection, click: Click, body: Mapping[str, JSON]) -> Outcome:
    shown = _current(tx, click.proposal, to_change=False) if body["shown"] else None
    listed = set(texts(body["unreviewed"]))
    return Outcome(
        kind=cast("OutcomeKind", body["outcome"]),  # written by _said
        proposal=shown,
        sentence=str(body["sentence"]),
        differences=differences_from_json(body["differences"]),
        unreviewed=tuple(line for line in shown.lines if line_key(line) in listed) if shown else (),
    )


def _said(outcome: Outcome) -> Mapping[str, JSON]:
    return {
        "outcome": outcome.kind,
        "sentence": outcome.sentence,
        "shown": outcome.proposal is not None,
        "payload": outcome.proposal.payload_hash if outcome.proposal else "",
        "differences": differences_as_json(outcome.differences),
        "unreviewed": [line_key(line) for line in outcome.unreviewed],
    }


def _record(
    tx: Connection, services: Services, click: Click, did: str, body: Mapping[str, JSON]
) -> None:
    who = person_as_text(click.who)
    said = {"click": click.key, "verdict": click.verdict, "reason": click.reason, **body}
    record(tx, services.audit_key, AuditEntry(click.at, who, did, click.proposal, said))
