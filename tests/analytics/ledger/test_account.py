from __future__ import annotations

from analytics.ledger import Account, AccountNo, Side, Statement


def test_revenue_is_turned_round_for_readers_and_expense_is_not() -> None:
    revenue = Account(AccountNo("4000"), "Sales", Side.CREDIT, Statement.INCOME)
    expense = Account(AccountNo("6000"), "Travel", Side.DEBIT, Statement.INCOME)

    assert (revenue.natural_sign, expense.natural_sign) == (-1, 1)


def test_an_account_number_is_text() -> None:
    padded = Account(AccountNo("0400"), "Sales", Side.CREDIT, Statement.INCOME)
    plain = Account(AccountNo("400"), "Sales", Side.CREDIT, Statement.INCOME)

    assert padded != plain
