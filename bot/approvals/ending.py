"""How a commit ends: state, receipt and audit entry in one transaction, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.approvals.evidence import last_of
from bot.approvals.outcome import Outcome, OutcomeKind, as_it_stands
from bot.approvals.proposal import Ending, Proposal, State
from bot.approvals.queue import proposal_in
from bot.approvals.stored import change, differences_as_json, end_unreadable
from bot.audit import AuditEntry, record
from bot.errors import Altered
from bot.services import Services
from bot.store import tables
from bot.store.canonical import JSON, instant

BOT = "bot"
POSTING, NOT_POSTED = "posting", "not posted"  # a write may have left; it certainly did not
KINDS: Mapping[State, OutcomeKind] = {
    "open": "open",
    "approved": "approved",
    "rejected": "rejected",
    "stale": "out of date",
    "expired": "expired",
    "committed": "committed",
    "failed": "failed",
    "unsettled": "unsettled",
}
UNDER_WAY: tuple[State, ...] = ("approved", "unsettled")
# What is in the books is in the books: a process that slept through the end of its job and then
# wrote finds the proposal here, and must not leave it saying that nothing was written.
BEFORE_COMMITTED: tuple[State, ...] = (*UNDER_WAY, "stale", "failed")


def how_it_ended(proposal: Proposal) -> Outcome:
    """The outcome of a proposal as it is now, for whoever asks what became of it."""
    sentence = proposal.ending.sentence or as_it_stands(proposal).sentence
    return Outcome(KINDS[proposal.state], proposal, sentence, proposal.ending.differences)


def document_key(proposal: Proposal) -> str:
    """The key of the proposal's document, fixed before anything is written."""
    return f"{proposal.id}:1"


def finished(services: Services, proposal: Proposal, record_no: str) -> Outcome:
    """Committed under this record number: receipt, state and audit entry in one transaction."""
    words = (
        f"Budget version “{proposal.document.budget_id}” is in Intacct as record {record_no},"
        " read back and equal to the cent."
    )
    after = replace(
        proposal,
        state="committed",
        record_no=record_no,
        ending=Ending(words, undo=undo_in_words(proposal, record_no)),
    )
    body = {"key": document_key(proposal), "record_no": record_no}
    with services.store.begin() as tx:
        if not change(tx, after, *BEFORE_COMMITTED):
            return _as_others_left_it(tx, proposal)
        _keep_receipt(tx, after, services.clock())
        _record(tx, services, after, "committed", body)
    return how_it_ended(after)


def ended(services: Services, proposal: Proposal, state: State, ending: Ending) -> Outcome:
    """The proposal in its last state, on record, unless another process was first."""
    after = replace(proposal, state=state, ending=ending)
    with services.store.begin() as tx:
        if not change(tx, after, *UNDER_WAY):
            return _as_others_left_it(tx, proposal)
        body = {
            "sentence": ending.sentence,
            "differences": differences_as_json(ending.differences),
            "undo": ending.undo,
        }
        _record(tx, services, after, state, body)
    return how_it_ended(after)


def given_up(services: Services, proposal: Proposal, why: str) -> Outcome:
    """Failed, or unsettled where a write may have left and nobody could say what became of it."""
    state, words = _last_words(services, proposal.id, why)
    return ended(services, proposal, state, Ending(words))


def given_up_unread(services: Services, proposal_id: str, error: Altered) -> Outcome:
    """The same for a proposal whose row cannot be read."""
    state, words = _last_words(services, proposal_id, str(error))
    with services.store.begin() as tx:
        if end_unreadable(tx, proposal_id, state, *UNDER_WAY):
            entry = AuditEntry(services.clock(), BOT, state, proposal_id, {"sentence": words})
            record(tx, services.audit_key, entry)
    return Outcome(KINDS[state], None, words)


def may_have_left(services: Services, proposal_id: str) -> bool:
    """Whether a write of ours may be in Intacct without our having seen it there."""
    last = last_of(services.store, services.audit_key, proposal_id, POSTING, NOT_POSTED)
    return last == POSTING


def note(services: Services, proposal: Proposal, did: str) -> None:
    """On record before or after what it is about, in a transaction of its own."""
    with services.store.begin() as tx:
        _record(tx, services, proposal, did, {"key": document_key(proposal)})


def undo_in_words(proposal: Proposal, record_no: str) -> str:
    """How to reverse it, until when, and who may."""
    return (
        f"Delete budget “{proposal.document.budget_id}” (record number {record_no}) in Intacct"
        " before the first of its periods is closed; needs a budget approver."
    )


def _last_words(services: Services, proposal_id: str, why: str) -> tuple[State, str]:
    if not may_have_left(services, proposal_id):
        return "failed", f"It was not written to Intacct: {why}"
    return "unsettled", (
        f"It cannot be said whether Intacct has this budget: {why} Look for it in Intacct before"
        " you ask again."
    )


def _keep_receipt(tx: Connection, proposal: Proposal, at: datetime) -> None:
    """The receipt, unless it is held already."""
    receipt, key = tables.receipt, document_key(proposal)
    if tx.execute(select(receipt.c.key).where(receipt.c.key == key)).one_or_none() is None:
        row = {"key": key, "proposal": proposal.id, "record_no": proposal.record_no}
        tx.execute(insert(receipt), {**row, "at": instant(at)})


def _as_others_left_it(tx: Connection, proposal: Proposal) -> Outcome:
    return how_it_ended(proposal_in(tx, proposal.id) or proposal)


def _record(
    tx: Connection, services: Services, proposal: Proposal, did: str, body: Mapping[str, JSON]
) -> None:
    said = {**body, "payload": proposal.payload_hash}
    record(tx, services.audit_key, AuditEntry(services.clock(), BOT, did, proposal.id, said))
