"""An approved proposal goes into Intacct, once: looked up before it is written, read back after.

The order makes every crash harmless: the receipt we hold, else the document Intacct holds, else
the sources once more, else a write that is on record before it leaves. What Intacct holds is told
by the document's own id there, which it keeps unique.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from bot.approvals.decide import NOT_FOUND
from bot.approvals.evidence import approval_on_record, last_of, why_altered
from bot.approvals.fresh import MOST_LISTED, moved_in_words, moved_since_shown
from bot.approvals.outcome import Outcome, OutcomeKind, as_it_stands
from bot.approvals.proposal import Ending, Proposal, State
from bot.approvals.queue import get_proposal, proposal_in
from bot.approvals.stored import change, differences_as_json, end_unreadable
from bot.audit import AuditEntry, record
from bot.errors import Altered, BotError, Unsettled
from bot.services import Services
from bot.store import tables
from bot.store.canonical import JSON, instant
from bot.store.engine import reading
from intacct.errors import (
    IntacctError,
    NotFound,
    NotPermitted,
    OutcomeUnknown,
    Rejected,
    Unreachable,
)
from intacct.post import Receipt, find_posted, post, read_back

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


def commit(services: Services, proposal_id: str, still_mine: Callable[[], None]) -> Outcome:
    """What became of the approved proposal; running it again, or killing it anywhere, is harmless.

    `still_mine` is asked right before the write and raises where another process has the job.
    Unreachable, Busy, OutcomeUnknown (looked up, and not there) and Unsettled (it cannot be said)
    are raised for the job to try again; `settle_failed` is for when it gives up.
    """
    try:
        proposal = get_proposal(services.store, proposal_id)
    except Altered as error:
        return _unreadable(services, proposal_id, error)
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    if proposal.state not in UNDER_WAY:
        return how_it_ended(proposal)
    if why := _unapproved(services, proposal):
        return _given_up(services, proposal, f"It was not written to Intacct: {why}.")
    if held := _held(services.store, document_key(proposal)):
        return _finished(services, proposal, held)
    if found := find_posted(services.books, proposal.document):
        return _found(services, proposal, found)
    return _written(services, proposal, still_mine)


def settle_failed(services: Services, proposal_id: str, error: Exception) -> Outcome:
    """The end of a commit that kept failing: failed, or unsettled where a write may have left.

    Committing an unsettled proposal again looks in Intacct first, and settles it.
    """
    try:
        proposal = get_proposal(services.store, proposal_id)
    except Altered as altered:
        return _unreadable(services, proposal_id, altered)
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    if proposal.state not in UNDER_WAY:
        return how_it_ended(proposal)
    ours = isinstance(error, IntacctError | BotError)
    words = str(error) if ours else "something unexpected went wrong on our side"
    return _given_up(services, proposal, f"It was not written to Intacct: {words}")


def how_it_ended(proposal: Proposal) -> Outcome:
    """The outcome of a proposal as it is now, for whoever asks what became of it."""
    sentence = proposal.ending.sentence or as_it_stands(proposal).sentence
    return Outcome(KINDS[proposal.state], proposal, sentence, proposal.ending.differences)


def document_key(proposal: Proposal) -> str:
    """The key of the proposal's document, fixed before anything is written."""
    return f"{proposal.id}:1"


def _unapproved(services: Services, proposal: Proposal) -> str:
    """Why this is not what a permitted person approved, "" where it is."""
    if why := why_altered(services, proposal):
        return why
    return "" if approval_on_record(services, proposal) else "its approval is not on record"


def _held(store: Engine, key: str) -> Receipt | None:
    query = select(tables.receipt.c.record_no).where(tables.receipt.c.key == key)
    with reading(store) as tx:
        record_no = tx.execute(query).scalar_one_or_none()
    return Receipt(key, record_no) if record_no else None


def _written(services: Services, proposal: Proposal, still_mine: Callable[[], None]) -> Outcome:
    """The write itself, when all that can be asked beforehand has been asked."""
    approver = proposal.decided_by
    if approver is None or not services.policy.may_decide(approver, proposal.asked_by):
        why = "who approved it may no longer do so"
        return _given_up(services, proposal, f"It was not written to Intacct: {why}.")
    if moved := moved_since_shown(services, proposal):
        words = f"{moved_in_words(moved)} It was not written to Intacct."
        return _ended(services, proposal, "stale", Ending(words, moved[:MOST_LISTED]))
    _note(services, proposal, POSTING)
    still_mine()
    try:
        receipt = post(services.books, proposal.document, document_key(proposal))
    except OutcomeUnknown as lost:
        receipt = _looked_up(services, proposal, lost)
    except Rejected as refused:  # perhaps only because an earlier write of ours arrived after all
        found = find_posted(services.books, proposal.document)
        if found is None:
            return _refused(services, proposal, refused)
        receipt = found
    except (NotPermitted, NotFound) as refused:
        return _refused(services, proposal, refused)
    except Unreachable:
        _note(services, proposal, NOT_POSTED)
        raise
    return _found(services, proposal, receipt)


def _looked_up(services: Services, proposal: Proposal, lost: OutcomeUnknown) -> Receipt:
    """The document whose answer was lost; the loss itself where Intacct does not hold it."""
    try:
        receipt = find_posted(services.books, proposal.document)
    except IntacctError as error:
        name = proposal.document.budget_id
        raise Unsettled(f"It cannot be said whether Intacct has budget “{name}”.") from error
    if receipt is None:
        raise lost
    return receipt


def _found(services: Services, proposal: Proposal, receipt: Receipt) -> Outcome:
    """Committed where Intacct holds what was approved, to the cent; failed where it does not."""
    problems = read_back(services.books, proposal.document)
    if not problems:
        return _finished(services, proposal, receipt)
    more = f" ({len(problems) - 1:,} more like it.)" if problems[1:] else ""
    words = (
        f"Intacct holds a budget “{proposal.document.budget_id}” (record {receipt.record_no}) that"
        f" is not the one approved. {problems[0].about}: {problems[0].sentence}{more}"
        " Look at it in Intacct, then ask again under another name."
    )
    undo = _undo(proposal, receipt) if _may_have_left(services, proposal) else ""
    return _ended(services, proposal, "failed", Ending(words, undo=undo))


def _finished(services: Services, proposal: Proposal, receipt: Receipt) -> Outcome:
    """Receipt, state and audit entry, in one transaction."""
    words = (
        f"Budget version “{proposal.document.budget_id}” is in Intacct as record"
        f" {receipt.record_no}, read back and equal to the cent."
    )
    after = replace(
        proposal,
        state="committed",
        record_no=receipt.record_no,
        ending=Ending(words, undo=_undo(proposal, receipt)),
    )
    body = {"key": document_key(proposal), "record_no": receipt.record_no}
    with services.store.begin() as tx:
        if not change(tx, after, *UNDER_WAY):
            return _as_others_left_it(tx, proposal)
        _keep(tx, after, services.clock())
        _record(tx, services, after, "committed", body)
    return how_it_ended(after)


def _keep(tx: Connection, proposal: Proposal, at: datetime) -> None:
    """The receipt, unless it is held already."""
    receipt, key = tables.receipt, document_key(proposal)
    if tx.execute(select(receipt.c.key).where(receipt.c.key == key)).one_or_none() is None:
        tx.execute(
            insert(receipt),
            {
                "key": key,
                "proposal": proposal.id,
                "record_no": proposal.record_no,
                "at": instant(at),
            },
        )


def _undo(proposal: Proposal, receipt: Receipt) -> str:
    return (
        f"Delete GLBUDGETHEADER record number {receipt.record_no} (budget"
        f" “{proposal.document.budget_id}”) in Intacct before the first of its periods is closed;"
        " needs a budget approver."
    )


def _refused(services: Services, proposal: Proposal, refused: IntacctError) -> Outcome:
    words = f"Intacct refused the budget, and nothing was written: {refused}"
    return _ended(services, proposal, "failed", Ending(words))


def _given_up(services: Services, proposal: Proposal, words: str) -> Outcome:
    """Failed, or unsettled where a write may have left and nobody could say what became of it."""
    if not _may_have_left(services, proposal):
        return _ended(services, proposal, "failed", Ending(words))
    name = proposal.document.budget_id
    unsure = (
        f"It cannot be said whether Intacct has budget “{name}”. Look for it in Intacct before you"
        f" ask again. ({words})"
    )
    return _ended(services, proposal, "unsettled", Ending(unsure))


def _may_have_left(services: Services, proposal: Proposal) -> bool:
    last = last_of(services.store, services.audit_key, proposal.id, POSTING, NOT_POSTED)
    return last == POSTING


def _ended(services: Services, proposal: Proposal, state: State, ending: Ending) -> Outcome:
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


def _unreadable(services: Services, proposal_id: str, error: Altered) -> Outcome:
    last = last_of(services.store, services.audit_key, proposal_id, POSTING, NOT_POSTED)
    state: State = "unsettled" if last == POSTING else "failed"
    words = f"It was not written to Intacct: {error}."
    with services.store.begin() as tx:
        if end_unreadable(tx, proposal_id, state, *UNDER_WAY):
            entry = AuditEntry(services.clock(), BOT, state, proposal_id, {"sentence": words})
            record(tx, services.audit_key, entry)
    return Outcome(KINDS[state], None, words)


def _as_others_left_it(tx: Connection, proposal: Proposal) -> Outcome:
    now = proposal_in(tx, proposal.id)
    return how_it_ended(now or proposal)


def _note(services: Services, proposal: Proposal, did: str) -> None:
    """On record before or after what it is about, in a transaction of its own."""
    with services.store.begin() as tx:
        _record(tx, services, proposal, did, {"key": document_key(proposal)})


def _record(
    tx: Connection, services: Services, proposal: Proposal, did: str, body: Mapping[str, JSON]
) -> None:
    said = {**body, "payload": proposal.payload_hash}
    record(tx, services.audit_key, AuditEntry(services.clock(), BOT, did, proposal.id, said))
