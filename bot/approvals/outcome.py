"""What a click, a review or a commit came to, in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
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
