"""Whether the books still say what was shown: the source rows read again, just now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.approvals.proposal import Proposal, SourceDifference
from bot.approvals.queue import source_rows
from bot.approvals.sources import differences, read_rows
from bot.services import Services
from bot.staged.marks import fall_behind

MOST_LISTED = 200  # more are counted, not listed


def moved_since_shown(services: Services, proposal: Proposal) -> tuple[SourceDifference, ...]:
    """What the books say now that they did not when the proposal was staged; empty = the same.

    Reads Intacct itself, so never inside a transaction; its errors are raised as they are. Where
    something moved, the copy of the books is behind, and whoever asks again gets fresh figures.
    """
    shown = source_rows(services.store, proposal)
    moved = differences(shown, read_rows(services.books, proposal.questions))
    if moved:
        fall_behind(services.store)
    return moved


def moved_in_words(moved: Sequence[SourceDifference]) -> str:
    """How much moved and what to do; which figures these are, whoever shows it lists below."""
    figures = "1 source figure" if len(moved) == 1 else f"{len(moved):,} source figures"
    return (
        f"The books moved since this was shown: {figures} changed."
        " Ask for it again to see it with the books as they are now."
    )
