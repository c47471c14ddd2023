from __future__ import annotations

import json

import pytest

from analytics.ledger import DEPARTMENT, PROJECT, AccountNo, dimensions, month
from bot.approvals.question import (
    PeriodsQuestion,
    Question,
    question_as_json,
    question_from_json,
)
from intacct.read.balances import BalancesQuestion
from intacct.read.budgets import BudgetQuestion


@pytest.mark.parametrize(
    "question",
    [
        BalancesQuestion("100", month(2025, 1), month(2026, 2)),
        BalancesQuestion(
            "",
            month(2025, 1),
            month(2025, 1),
            accounts=(AccountNo("0040"), AccountNo("4000-1")),
            by=(DEPARTMENT, PROJECT),
            where=dimensions({"department": "SALES", "location": "100"}),
            statistical=True,
        ),
        BudgetQuestion("2026 Budget", (AccountNo("4000"),)),
        PeriodsQuestion(("Month Ended January 2026",)),
    ],
)
def test_a_question_that_was_written_asks_the_same(question: Question) -> None:
    assert question_from_json(json.loads(json.dumps(question_as_json(question)))) == question


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"ask": "the weather"},
        {"ask": "budget", "budget_id": "B", "accounts": "4000"},
        {"ask": "balances", "by": [], "where": [], "entity": "", "first": "2025", "last": "2026"},
    ],
)
def test_what_is_no_question_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no "):
        question_from_json(raw)
