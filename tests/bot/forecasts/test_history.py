from __future__ import annotations

from analytics.ledger import month
from analytics.ledger.balances import balances
from bot.forecasts.history import histories_of


def row(account: str, period: str, amount: int, department: str = "") -> dict[str, object]:
    return {
        "account": account,
        "period": period,
        "entity": "100",
        "department": department,
        "location": "",
        "project": "",
        "currency": "USD",
        "amount": amount,
    }


def test_a_line_begins_with_its_first_posting_and_quiet_months_are_nothing() -> None:
    books = balances(
        [
            row("4000", "2026-06-01", -10_000),
            row("4000", "2026-08-01", -12_050),
        ]
    )

    (history,) = histories_of(books, -1, month(2026, 9))

    assert history.line.first == month(2026, 6)
    assert history.line.amounts == (10_000, 0, 12_050, 0)
    assert history.last_year == 22_050


def test_each_account_and_place_is_a_line_of_its_own() -> None:
    books = balances(
        [
            row("6100", "2026-08-01", 100, "MKT"),
            row("6100", "2026-08-01", 300, "ENG"),
            row("6200", "2026-09-01", 500, "ENG"),
        ]
    )

    lines = histories_of(books, 1, month(2026, 9))

    assert [(h.account, h.department, h.line.amounts) for h in lines] == [
        ("6100", "ENG", (300, 0)),
        ("6100", "MKT", (100, 0)),
        ("6200", "ENG", (500,)),
    ]


def test_an_account_that_was_never_used_is_no_line() -> None:
    assert histories_of(balances([row("4000", "2026-06-01", 0)]), -1, month(2026, 9)) == ()


def test_the_same_month_a_year_before_is_found_and_nothing_where_there_was_no_line() -> None:
    books = balances([row("4000", "2025-11-01", -700), row("4000", "2026-09-01", -900)])

    (history,) = histories_of(books, -1, month(2026, 10))

    assert history.ago(month(2026, 11)) == 700
    assert history.ago(month(2026, 10)) == 0
    assert history.ago(month(2027, 9)) == 900
