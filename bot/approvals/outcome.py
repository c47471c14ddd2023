"""What a click, a review or a commit came to, in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Literal

from bot.approvals.proposal import Proposal, ProposalLine, SourceDifference

OutcomeKind = Literal[
    "approved",
    "rejected",
    "reviewed",
    "already decided",
    "not allowed",
    "own proposal",
    "out of date",
    "altered",
    "expired",
    "needs review",
    "needs reason",
    "not found",
    "open",
    "committed",
    "failed",
    "unsettled",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, the proposal as it stands now, and what a person should look at.

    `proposal` is None where there is none, or where this person may not see it.
    """

    kind: OutcomeKind
    proposal: Proposal | None
    sentence: str
    differences: tuple[SourceDifference, ...] = ()
    unreviewed: tuple[ProposalLine, ...] = ()


def as_it_stands(proposal: Proposal) -> Outcome:
    """Where the proposal stands: decided by whom and when, over for which reason, or still open."""
    match proposal.state:
        case "open":
            return Outcome("open", proposal, "Nobody has decided this yet.")
        case "expired":
            return Outcome("expired", proposal, proposal.ending.sentence)
        case "stale":
            moved = proposal.ending.differences
            return Outcome("out of date", proposal, proposal.ending.sentence, moved)
        case "failed" if proposal.decided_by is None:
            return Outcome("altered", proposal, proposal.ending.sentence)
    return Outcome("already decided", proposal, decision_in_words(proposal))


def decision_in_words(proposal: Proposal) -> str:
    """Who decided what and when, and what became of it."""
    if proposal.decided_by is None or proposal.decided_at is None:
        return "Nobody has decided this yet."
    did = "rejected" if proposal.state == "rejected" else "approved"
    when = f"{proposal.decided_at.astimezone(UTC):%d %b %Y at %H:%M} UTC"
    return f"{proposal.decided_by.user} {did} this on {when}. {proposal.ending.sentence}".rstrip()
