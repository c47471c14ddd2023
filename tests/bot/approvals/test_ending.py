from __future__ import annotations

from dataclasses import replace

import pytest

from bot.approvals.ending import document_key, how_it_ended, undo_in_words
from bot.approvals.outcome import OutcomeKind
from bot.approvals.proposal import Ending, SourceDifference, State
from tests.bot.approvals.paper import BEN, NOW, line, proposal

DECIDED = replace(proposal(line("100.00", "110.00")), decided_by=BEN, decided_at=NOW)
MOVED = SourceDifference("Account 4000", "1", "2")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("approved", "approved"),
        ("committed", "committed"),
        ("failed", "failed"),
        ("unsettled", "unsettled"),
        ("stale", "out of date"),
        ("rejected", "rejected"),
        ("expired", "expired"),
    ],
)
def test_every_end_has_its_sentence(state: State, kind: OutcomeKind) -> None:
    after = replace(DECIDED, state=state, ending=Ending("So it is.", (MOVED,)))

    outcome = how_it_ended(after)

    assert (outcome.kind, outcome.sentence, outcome.differences) == (kind, "So it is.", (MOVED,))


def test_what_has_not_ended_says_who_decided() -> None:
    assert how_it_ended(replace(DECIDED, state="approved")).sentence == (
        "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."
    )


def test_the_documents_key_is_the_proposals_and_the_undo_names_the_record() -> None:
    assert document_key(DECIDED) == "PRP-AAAAAAAA:1"
    assert "(record number 12)" in undo_in_words(DECIDED, "12")
