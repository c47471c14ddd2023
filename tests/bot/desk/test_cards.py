from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from analytics.ledger import AccountNo
from bot.approvals.proposal import Ending, Proposal, ProposalLine, SourceDifference, State
from bot.approvals.queue import flagged
from bot.desk.cards import card, lines_as_table, lines_modal, review_modal
from bot.messages.render import blocks_of, text_of, view_of
from bot.messages.tables import words_of
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


def test_a_button_carries_the_proposals_id_and_nothing_else() -> None:
    drawn = blocks_of(card(proposal(), ()))
    values = {
        e["value"] for block in drawn if block["type"] == "actions" for e in block["elements"]
    }

    assert values == {"PRP-ABCDEFGH"}


def test_what_is_not_shown_is_a_number_so_that_the_total_can_be_checked() -> None:
    many = [line(str(4000 + n), "10.00", "12.50") for n in range(30)]

    shown = words_of(lines_as_table(many, 10))

    assert len(shown) == 13
    assert shown[11][:4] == ["and 20 more lines", "200.00", "250.00", "50.00"]
    assert shown[12][1:] == ["300.00", "375.00", "75.00", "+25.00 %"]


def test_a_total_with_lines_that_were_not_there_has_no_percent() -> None:
    table = lines_as_table([line("4000", "10.00", "12.50"), line("4100", None, "5.00")], 10)

    assert words_of(table)[-1][1:] == ["10.00", "17.50", "7.50", "n/m"]


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
        buttons = blocks_of(card(shown, marked, reviewers))[-2]["elements"]
        return [b["text"]["text"] for b in buttons if b.get("style") == "primary"]

    assert coloured() == ["Review 1"]
    assert coloured(BEN) == ["Approve"]


def test_many_lines_are_paged() -> None:
    lines = tuple(line(str(4000 + n), "10.00", "20.00") for n in range(45))
    shown = proposal(*lines)

    first, last = lines_modal(shown, lines, 0), review_modal(shown, lines, 9)

    assert "proposal.lines.page.1" in words(view_of(first))
    assert "proposal.review.page.1" in words(view_of(last))  # page 9 there is not: the last one
    assert "4044 Sales" in words(view_of(last))
