from __future__ import annotations

import sqlite3

from sandbox.company.acme.chart import BALANCE_SHEET, INCOME_STATEMENT, TITLES, account_rows
from sandbox.company.acme.plan import PLAN


def test_every_account_has_one_number_and_every_planned_one_is_in_the_chart() -> None:
    numbers = [row["ACCOUNTNO"] for row in account_rows()]

    assert len(set(numbers)) == len(numbers) == len(BALANCE_SHEET) + len(INCOME_STATEMENT)
    assert {line.account for line in PLAN} <= set(TITLES)


def test_the_control_accounts_are_marked(demo: sqlite3.Connection) -> None:
    marked = demo.execute(
        "SELECT ACCOUNTNO, ALTERNATIVEACCOUNT FROM GLACCOUNT WHERE ALTERNATIVEACCOUNT <> 'None'"
    ).fetchall()

    assert [tuple(row) for row in marked] == [
        ("1200", "Receivables account"),
        ("2000", "Payables account"),
    ]


def test_only_the_income_statement_closes(demo: sqlite3.Connection) -> None:
    kinds = demo.execute(
        "SELECT DISTINCT ACCOUNTTYPE, CLOSINGTYPE, CLOSINGACCOUNTNO FROM GLACCOUNT ORDER BY 1"
    ).fetchall()

    assert [tuple(row) for row in kinds] == [
        ("balancesheet", "non-closing account", None),
        ("incomestatement", "closing account", "3900"),
    ]


def test_heads_are_counted_up_over_time(demo: sqlite3.Connection) -> None:
    found = demo.execute("SELECT ACCOUNTNO, ACCOUNTTYPE FROM STATACCOUNT").fetchall()

    assert [tuple(row) for row in found] == [("9000", "cumulative")]
