from __future__ import annotations

import sqlite3


def budgeted(demo: sqlite3.Connection, account: str, location: str, period: str) -> list[int]:
    asked = (
        "SELECT AMOUNT FROM GLBUDGETITEM WHERE BUDGETID = '2026 Budget'"
        " AND ACCT_NO = ? AND LOCATION_NO = ? AND PERIODNAME = ?"
    )
    return [row[0] for row in demo.execute(asked, [account, location, period])]


def test_this_years_budget_is_the_one_compared_by_default(demo: sqlite3.Connection) -> None:
    headers = demo.execute(
        "SELECT BUDGETID, DEFAULT_BUDGET FROM GLBUDGETHEADER ORDER BY RECORDNO"
    ).fetchall()

    assert [tuple(row) for row in headers] == [("2025 Budget", 0), ("2026 Budget", 1)]


def test_amounts_are_round_and_have_their_natural_sign(demo: sqlite3.Connection) -> None:
    # insurance 5,913.00 in January 2026, budgeted at the nearest ten
    assert budgeted(demo, "6230", "100", "Month Ended January 2026") == [5_910_00]
    # 620,000 growing 17 % a year, 38 months on: 953,766.67
    assert budgeted(demo, "4000", "100", "Month Ended January 2026") == [953_770_00]
    assert demo.execute("SELECT MIN(AMOUNT) > 0 FROM GLBUDGETITEM").fetchone()[0] == 1


def test_a_step_after_the_budget_was_written_is_not_in_it(demo: sqlite3.Connection) -> None:
    # hosting without the step of March 2026: 134,933.33
    assert budgeted(demo, "5000", "110", "Month Ended March 2026") == [134_930_00]


def test_a_year_adds_up(demo: sqlite3.Connection) -> None:
    # 5,400 x (1 + 0.03 x n / 12) for n = 38 … 49, each to the nearest ten:
    # 5,910 5,930 5,940 5,950 5,970 5,980 5,990 6,010 6,020 6,030 6,050 6,060
    total = demo.execute(
        "SELECT SUM(AMOUNT) FROM GLBUDGETITEM WHERE BUDGETID = '2026 Budget'"
        " AND ACCT_NO = '6230' AND LOCATION_NO = '100'"
    ).fetchone()[0]

    assert total == 71_840_00


def test_some_lines_were_forgotten(demo: sqlite3.Connection) -> None:
    assert budgeted(demo, "6150", "100", "Month Ended May 2026") == []
    assert len(budgeted(demo, "6150", "200", "Month Ended May 2026")) == 1
    assert len(budgeted(demo, "6400", "200", "Month Ended June 2026")) == 1
    assert budgeted(demo, "6400", "200", "Month Ended July 2026") == []


def test_every_item_is_in_a_budgetable_period_and_only_once(demo: sqlite3.Connection) -> None:
    stray = demo.execute(
        "SELECT COUNT(*) FROM GLBUDGETITEM i LEFT JOIN REPORTINGPERIOD p ON p.NAME = i.PERIODNAME"
        " AND p.START_DATE = i.PSTARTDATE AND p.END_DATE = i.PENDDATE"
        " WHERE p.BUDGETING IS NOT 1"
    ).fetchone()[0]
    twice = demo.execute(
        "SELECT COUNT(*) FROM GLBUDGETITEM"
        " GROUP BY BUDGETKEY, ACCT_NO, PERIODNAME, DEPT_NO, LOCATION_NO HAVING COUNT(*) > 1"
    ).fetchall()

    assert stray == 0
    assert twice == []
