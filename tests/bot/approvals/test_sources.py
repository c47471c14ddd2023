from __future__ import annotations

import json
from datetime import date
from itertools import permutations

import pytest

from analytics.ledger import Period
from analytics.ledger.balances import balances
from bot.approvals.sources import (
    SourceRow,
    balance_rows,
    budget_rows,
    differences,
    fingerprint,
    period_rows,
    rows_as_json,
    rows_from_json,
)
from intacct.read.periods import ReportingPeriod
from tests.bot.approvals.paper import FEB, JAN, MAR, budget


def moved(account: str, minor: int, department: str = "", currency: str = "USD") -> SourceRow:
    return balance_rows(
        0,
        balances(
            [
                {
                    "account": account,
                    "period": "2026-01-01",
                    "entity": "100",
                    "department": department,
                    "location": "",
                    "project": "",
                    "currency": currency,
                    "amount": minor,
                }
            ]
        ),
    )[0]


def test_a_balance_is_kept_as_text_to_the_cent() -> None:
    row = moved("0400", -123450, "SALES")

    assert (row.kind, row.account, row.value, row.currency) == (
        "balance",
        "0400",
        "-1234.50",
        "USD",
    )


def test_a_currency_without_coins_after_the_point_keeps_none() -> None:
    assert moved("4000", 500, currency="JPY").value == "500"


def test_the_same_rows_in_any_order_have_the_same_fingerprint() -> None:
    rows = [moved("4000", 1), moved("4000", 1, "OPS"), moved("6000", 2)]

    assert len({fingerprint(order) for order in permutations(rows)}) == 1


def test_one_cent_makes_another_fingerprint() -> None:
    assert fingerprint([moved("4000", 100)]) != fingerprint([moved("4000", 101)])


def test_rows_come_back_from_a_snapshot_as_they_were() -> None:
    rows = (moved("4000", 100, "SALES"), *budget_rows(1, "B", budget("4000 Jan - - 7").lines))

    assert rows_from_json(json.loads(json.dumps(rows_as_json(rows)))) == rows


@pytest.mark.parametrize("raw", [{}, None, [["one text"]], [[1] * 20]])
def test_a_snapshot_that_holds_anything_else_is_refused(raw: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        rows_from_json(raw)


def test_differences_say_what_moved_appeared_and_went() -> None:
    before = [moved("4000", -100000, "OPS"), moved("6000", 40000), moved("6100", 1)]
    ops = "entity 100, department OPS"
    after = [moved("4000", -120050, "OPS"), moved("6100", 1), moved("6200", 250)]

    assert [difference.sentence for difference in differences(before, after)] == [
        f"Account 4000, Jan 2026, {ops}: was USD (1,000.00), now USD (1,200.50).",
        "Account 6000, Jan 2026, entity 100: was USD 400.00, now nothing.",
        "Account 6200, Jan 2026, entity 100: was nothing, now USD 2.50.",
    ]


def test_the_same_rows_do_not_differ() -> None:
    rows = [moved("4000", -100000, "SALES"), moved("6000", 40000)]

    assert differences(rows, reversed(rows)) == ()


def test_budget_lines_of_one_place_are_added_up_before_they_are_compared() -> None:
    before = budget_rows(0, "2026 Budget", budget("4000 Jan SALES - 10.00").lines)
    split = budget_rows(
        0, "2026 Budget", budget("4000 Jan SALES - 4.00\n4000 Jan SALES - 6.00").lines
    )
    more = budget_rows(0, "2026 Budget", budget("4000 Jan SALES - 10.01").lines)

    assert differences(before, split) == ()
    assert differences(before, more)[0].sentence == (
        "Budget “2026 Budget”, account 4000, Month Ended January 2026, department SALES:"
        " was 10.00, now 10.01."
    )


def test_a_period_that_was_closed_to_budgets_is_a_difference() -> None:
    span = Period(date(2026, 1, 1), date(2026, 1, 31))
    before = [ReportingPeriod(JAN, span, True), ReportingPeriod(FEB, span, True)]
    after = [ReportingPeriod(JAN, span, False)]
    names = (JAN, FEB, MAR)

    assert [
        difference.sentence
        for difference in differences(period_rows(0, names, before), period_rows(0, names, after))
    ] == [
        "Period Month Ended February 2026: was takes budgets, now nothing.",
        "Period Month Ended January 2026: was takes budgets, now takes no budgets.",
    ]
