from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from analytics.ledger import AccountNo
from bot.approvals.proposal import Ending, Proposal, ProposalLine, SourceDifference, State
from bot.approvals.queue import flagged
from bot.desk.cards import approving, card, decided_before
from bot.messages.render import blocks_of, text_of
from bot.messages.sentences import in_line
from bot.policy import Person
from tests.bot.approvals.paper import ANA, BEN, JAN, NOW, budget, policy
from tests.snapshots import looks_like


def line(account: str, old: str | None, new: str, period: str = JAN) -> ProposalLine:
    return ProposalLine(
        account=AccountNo(account),
        title="Sales",
        period=period,
        department="MKT",
        location="100",
        old=None if old is None else Decimal(old),
        new=Decimal(new),
    )


def proposal(*lines: ProposalLine, state: State = "open", **more: object) -> Proposal:
    base = Proposal(
        id="PRP-ABCDEFGH",
        key="save:FC-1",
        state=state,
        kind="budget version",
        asked_by=ANA,
        channel="C01FINANCE",
        title="Revenue forecast, US Inc (100)",
        document=budget("4000 Jan MKT 100 115.00"),
        lines=lines or (line("4000", "100.00", "115.00"),),
        compared_with="2026 Budget",
        questions=(),
        payload_hash="a" * 64,
        sources_hash="b" * 64,
        snapshot_id="SNP-1",
        policy_version=3,
        made_at=NOW,
        expires_at=NOW + timedelta(hours=72),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def words(message: object) -> str:
    return str(message)


@pytest.mark.parametrize(
    ("state", "more"),
    [
        ("open", {}),
        ("approved", {"decided_by": BEN, "decided_at": NOW}),
        (
            "committed",
            {
                "decided_by": BEN,
                "decided_at": NOW,
                "record_no": "7",
                "ending": Ending("In Intacct.", undo="Delete GLBUDGETHEADER record number 7."),
            },
        ),
        ("rejected", {"decided_by": BEN, "decided_at": NOW, "reason": "<!channel> Too *high*"}),
        (
            "stale",
            {
                "ending": Ending(
                    "The books moved.",
                    (SourceDifference("Account 4000, Oct 2026", "1.00 USD", "2.00 USD"),),
                )
            },
        ),
        ("expired", {}),
        ("failed", {"ending": Ending("Intacct refused the budget, and nothing was written.")}),
        ("unsettled", {"ending": Ending("It cannot be said whether Intacct has it.")}),
    ],
)
def test_a_card_looks_as_it_should_in_each_state(state: State, more: dict[str, object]) -> None:
    lines = (line("4000", "100.00", "115.01"), line("4100", None, "5.00"), line("4200", "0", "0"))
    shown = proposal(*lines, state=state, **more)

    drawn = blocks_of(card(shown, flagged(shown, policy())))

    assert looks_like(f"card-{state}", drawn)


def test_only_an_open_card_can_be_decided() -> None:
    assert "proposal.approve" in words(blocks_of(card(proposal(), ())))
    for state in ("approved", "committed", "rejected", "stale", "expired", "failed", "unsettled"):
        drawn = words(blocks_of(card(proposal(state=state), ())))
        assert "proposal.approve" not in drawn
        assert "proposal.reject" not in drawn


def test_the_copy_of_who_asked_has_no_buttons_to_decide_with() -> None:
    for state in ("open", "unsettled"):
        drawn = words(blocks_of(card(proposal(state=state), (), decides=False)))
        assert "paper.sources" in drawn
        assert "proposal.approve" not in drawn
        assert "proposal.reject" not in drawn
        assert "proposal.settle" not in drawn


def test_while_somebody_is_approving_it_says_who_and_offers_no_buttons() -> None:
    shown = proposal()

    said = card(shown, (), under_way=approving(shown, BEN, "checking the books…"))

    assert text_of(said).endswith(
        "<@U02BEN> is approving USD 115.00 in 1 line: checking the books…"
    )
    assert "button" not in words(blocks_of(said))


def test_a_button_carries_the_proposals_id_and_nothing_else() -> None:
    drawn = blocks_of(card(proposal(), ()))
    values = {
        e["value"] for block in drawn if block["type"] == "actions" for e in block["elements"]
    }

    assert values == {"PRP-ABCDEFGH"}


def test_who_comes_too_late_reads_a_name_and_their_own_time_and_no_id() -> None:
    said = in_line(decided_before(proposal(state="approved", decided_by=BEN, decided_at=NOW)))

    assert said.startswith("<@U02BEN> approved this already, <!date^")


def test_what_no_longer_holds_is_not_compared() -> None:
    moved = SourceDifference("Account 4000, Oct 2026", "USD (1.00)", "USD (2.00)")
    stale = proposal(state="stale", ending=Ending("The books moved.", (moved,)))

    drawn = words(blocks_of(card(stale, ())))

    assert "Against" not in drawn
    assert drawn.index("was USD (1.00), now USD (2.00)") < drawn.index("Asked by")
    assert "credits in parentheses" in drawn


def test_what_it_is_bound_to_stands_last() -> None:
    last = blocks_of(card(proposal(), ()))[-1]

    assert last["type"] == "context"
    assert "PRP-ABCDEFGH bound to payload" in words(last)


def test_lines_marked_for_review_come_first() -> None:
    lines = (line("4000", "1000.00", "1100.00"), line("4100", "10.00", "12.00"))
    shown = proposal(*lines)

    drawn = words(blocks_of(card(shown, flagged(shown, policy()))))

    assert drawn.index("4100 Sales") < drawn.index("4000 Sales")


def test_the_notification_says_the_result() -> None:
    said = text_of(card(proposal(), ()))

    assert said.startswith("To approve: Revenue forecast, US Inc (100): USD 115.00 in 1 line, ")
    assert "budget version Forecast v1" in said


def test_before_and_after_are_told_on_the_lines_in_both_versions_and_what_is_new_beside() -> None:
    lines = (line("4000", "100.00", "110.00"), line("4100", "50.00", "49.00"))
    shown = proposal(*lines, line("4200", None, "7.00"))

    drawn = words(blocks_of(card(shown, ())))

    assert "150.00 → 159.00 (+6.00" in drawn
    assert "on 2 lines in both, and 1 new line of 7.00." in drawn


def test_the_next_step_is_the_one_in_colour() -> None:
    shown = proposal(line("4000", "10.00", "20.00"))
    marked = flagged(shown, policy())

    def coloured(*reviewers: Person) -> list[str]:
        buttons = blocks_of(card(shown, marked, reviewers))[-3]["elements"]
        return [b["text"]["text"] for b in buttons if b.get("style") == "primary"]

    assert coloured() == ["Review 1"]
    assert coloured(BEN) == ["Approve"]
