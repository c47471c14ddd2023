from __future__ import annotations

import re

import pytest

from bot.approvals.rights import refusal
from bot.policy import Person
from tests.bot.approvals.paper import ANA, BEN, CLEO, DEV, line, policy, proposal

ASKED_BY_ANA = proposal(line("100.00", "110.00"))


@pytest.mark.parametrize("who", [DEV, Person("T02OTHER", BEN.user)])
def test_a_refusal_shows_no_figure_and_says_who_may(who: Person) -> None:
    refused = refusal(policy(), ASKED_BY_ANA, who)

    assert refused is not None
    assert refused.kind == "not allowed"
    assert refused.proposal is None
    assert not re.search(r"\d", refused.sentence)
    assert "another budget approver" in refused.sentence


def test_the_asker_is_not_the_approver_even_with_the_right_to_approve() -> None:
    refused = refusal(policy(frozenset({ANA, BEN})), ASKED_BY_ANA, ANA)

    assert refused is not None
    assert refused.kind == "own proposal"
    assert refused.proposal is None


def test_a_second_permitted_person_is_not_refused() -> None:
    assert refusal(policy(), ASKED_BY_ANA, CLEO) is None


def test_who_may_not_decide_does_not_learn_whether_a_proposal_exists() -> None:
    assert refusal(policy(), None, DEV) == refusal(policy(), ASKED_BY_ANA, DEV)
