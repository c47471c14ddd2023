"""Who may decide a proposal, asked at every click."""

from __future__ import annotations

from bot.approvals.outcome import Outcome
from bot.approvals.proposal import Proposal
from bot.policy import Person, Policy

NOT_ALLOWED = "You may not decide this; another budget approver can."
OWN_PROPOSAL = "You asked for this yourself, so another budget approver has to decide it."


def refusal(policy: Policy, proposal: Proposal | None, who: Person) -> Outcome | None:
    """Why this person may not decide it, None where they may; shows no figure and no proposal."""
    if proposal and who == proposal.asked_by:
        return Outcome("own proposal", None, OWN_PROPOSAL)
    if who not in policy.budget_deciders:
        return Outcome("not allowed", None, NOT_ALLOWED)
    return None
