"""An approved proposal goes into Intacct, once: looked up before it is written, read back after.

The order makes every crash harmless: the receipt we hold, else the document Intacct holds, else
the sources once more, else a write that is on record before it leaves. What Intacct holds is told
by the document's own id there, which it keeps unique.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, select

from bot.approvals.decide import NOT_FOUND
from bot.approvals.ending import (
    NOT_POSTED,
    POSTING,
    UNDER_WAY,
    document_key,
    ended,
    finished,
    given_up,
    given_up_unread,
    how_it_ended,
    may_have_left,
    note,
    undo_in_words,
)
from bot.approvals.evidence import approval_on_record, why_altered
from bot.approvals.fresh import MOST_LISTED, moved_in_words, moved_since_shown
from bot.approvals.outcome import Outcome
from bot.approvals.proposal import Ending, Proposal
from bot.approvals.queue import get_proposal
from bot.errors import Altered, BotError, Unsettled, explain
from bot.services import Services
from bot.staged.marks import fall_behind
from bot.store import tables
from bot.store.engine import reading
from intacct.errors import (
    IntacctError,
    NotAuthorised,
    NotFound,
    NotPermitted,
    NotSignedIn,
    OutcomeUnknown,
    Refused,
    Rejected,
    Unreachable,
)
from intacct.post import Receipt, find_posted, post, read_back


def commit(services: Services, proposal_id: str, still_mine: Callable[[], None]) -> Outcome:
    """What became of the approved proposal; running it again, or killing it anywhere, is harmless.

    `still_mine` is asked right before the write and raises where another process has the job.
    Unreachable, Busy, OutcomeUnknown (looked up, and not there) and Unsettled (it cannot be said)
    are raised for the job to try again; `settle_failed` is for when it gives up.
    """
    try:
        proposal = get_proposal(services.store, proposal_id)
    except Altered as error:
        return given_up_unread(services, proposal_id, error)
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    if proposal.state not in UNDER_WAY:
        return how_it_ended(proposal)
    if why := _unapproved(services, proposal):
        return given_up(services, proposal, f"{why}.")
    if held := _held(services.store, document_key(proposal)):
        return finished(services, proposal, held)
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
        return given_up_unread(services, proposal_id, altered)
    if proposal is None:
        return Outcome("not found", None, NOT_FOUND)
    if proposal.state not in UNDER_WAY:
        return how_it_ended(proposal)
    return given_up(services, proposal, _why(error))


def _why(error: Exception) -> str:
    """What went wrong, as a whole sentence; a sign-in is explained, for Sage's word says little.

    Not every explanation will do here: some add that nothing was written, and one may have left.
    """
    match error:
        case NotSignedIn() | NotAuthorised():
            return explain(error).sentence
        case IntacctError() | BotError():
            return f"{str(error).rstrip('.')}."
    return "something unexpected went wrong on our side."


def _unapproved(services: Services, proposal: Proposal) -> str:
    """Why this is not what a permitted person approved, "" where it is."""
    if why := why_altered(services, proposal):
        return why
    return "" if approval_on_record(services, proposal) else "its approval is not on record"


def _held(store: Engine, key: str) -> str:
    """The record number on the receipt we hold, "" where we hold none."""
    query = select(tables.receipt.c.record_no).where(tables.receipt.c.key == key)
    with reading(store) as tx:
        return tx.execute(query).scalar_one_or_none() or ""


def _written(services: Services, proposal: Proposal, still_mine: Callable[[], None]) -> Outcome:
    """The write itself, when all that can be asked beforehand has been asked."""
    approver = proposal.decided_by
    if approver is None or not services.policy.may_decide(approver, proposal.asked_by):
        return given_up(services, proposal, "who approved it may no longer do so.")
    if moved := moved_since_shown(services, proposal):
        if may_have_left(services, proposal.id):  # it may still arrive: nobody can say it did not
            return given_up(services, proposal, f"{moved_in_words(moved)} {moved[0].sentence}")
        words = f"{moved_in_words(moved)} It was not written to Intacct."
        return ended(services, proposal, "stale", Ending(words, moved[:MOST_LISTED]))
    earlier = may_have_left(services, proposal.id)
    note(services, proposal, POSTING)
    still_mine()
    try:
        receipt = post(services.books, proposal.document, document_key(proposal))
    except OutcomeUnknown as lost:
        receipt = _looked_up(services, proposal, lost)
    except Rejected as refused:  # perhaps only because an earlier write of ours arrived after all
        found = find_posted(services.books, proposal.document)
        if found is None and earlier:  # this one was refused; the one before may still arrive
            return given_up(services, proposal, str(refused))
        if found is None:
            return _refused(services, proposal, refused)
        receipt = found
    except (NotPermitted, NotFound) as refused:
        return _refused(services, proposal, refused)
    except (Unreachable, Refused):  # neither arrived
        note(services, proposal, NOT_POSTED)
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
        fall_behind(services.store)  # whoever asks now shall see what was written
        return finished(services, proposal, receipt.record_no)
    more = f" ({len(problems) - 1:,} more like it.)" if problems[1:] else ""
    words = (
        f"Intacct holds a budget “{proposal.document.budget_id}” (record {receipt.record_no}) that"
        f" is not the one approved. {problems[0].about}: {problems[0].sentence}{more}"
        " Look at it in Intacct, then ask again under another name."
    )
    ours = may_have_left(services, proposal.id)
    undo = undo_in_words(proposal, receipt.record_no) if ours else ""
    return ended(services, proposal, "failed", Ending(words, undo=undo))


def _refused(services: Services, proposal: Proposal, refused: IntacctError) -> Outcome:
    words = f"Intacct refused the budget, and nothing was written: {refused}"
    return ended(services, proposal, "failed", Ending(words))
