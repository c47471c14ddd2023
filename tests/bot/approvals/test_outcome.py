from __future__ import annotations

from dataclasses import replace

import pytest

from bot.approvals.outcome import OutcomeKind, as_it_stands
from bot.approvals.proposal import Ending, SourceDifference, State
from tests.bot.approvals.paper import BEN, NOW, line, proposal

OPEN = proposal(line("100.00", "110.00"))
DECIDED = replace(OPEN, decided_by=BEN, decided_at=NOW)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("approved", "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."),
        ("rejected", "U02BEN rejected this on 10 Mar 2026 at 09:00 UTC."),
        ("committed", "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."),
        ("failed", "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."),
        ("unsettled", "U02BEN approved this on 10 Mar 2026 at 09:00 UTC."),
    ],
)
def test_what_was_decided_says_who_and_when(state: State, sentence: str) -> None:
    outcome = as_it_stands(replace(DECIDED, state=state))

    assert (outcome.kind, outcome.sentence) == ("already decided", sentence)


def test_what_became_of_a_decision_follows_it() -> None:
    ended = replace(DECIDED, state="failed", ending=Ending("Intacct refused it."))

    assert as_it_stands(ended).sentence.endswith("09:00 UTC. Intacct refused it.")


@pytest.mark.parametrize(
    ("state", "kind"),
    [("open", "open"), ("expired", "expired"), ("stale", "out of date"), ("failed", "altered")],
)
def test_what_nobody_decided_says_why_it_is_over(state: State, kind: OutcomeKind) -> None:
    moved = SourceDifference("Account 4000", "1", "2")
    ended = replace(OPEN, state=state, ending=Ending("So it is.", (moved,)))

    assert as_it_stands(ended).kind == kind
    assert as_it_stands(ended).differences == ((moved,) if state == "stale" else ())
