from __future__ import annotations

import sqlite3
from datetime import date

from sandbox.company.acme.people import heads, payroll
from sandbox.company.acme.places import ENTITIES
from sandbox.company.acme.plan import History

TOLD = History(date(2022, 11, 1), date(2026, 11, 20), 1)
US, UK, _ = ENTITIES


def test_people_join_as_the_company_grows() -> None:
    assert heads(US, "ENG", date(2022, 11, 1), TOLD) == 15
    # four years at nine percent of the start: 15 x 1.36 = 20.4
    assert heads(US, "ENG", date(2026, 11, 1), TOLD) == 20
    # 4 x 0.42 = 1.68
    assert heads(UK, "FIN", date(2022, 11, 1), TOLD) == 2


def test_pay_follows_heads() -> None:
    first = payroll(US, date(2022, 11, 1), TOLD, chance=False)

    assert first[("6000", "SALES")] == 9 * 7_200_00
    assert first[("6050", "SALES")] == 4_957_20  # 7.65 % of 64,800.00
    assert first[("6060", "SALES")] == 9 * 620_00
    assert first[("6020", "SALES")] == 27_900_00  # 4.5 % of 620,000.00 subscriptions
    assert ("6010", "SALES") not in first


def test_bonuses_come_in_march_and_raises_in_january() -> None:
    # January 2023 is two months on: 9 heads still, 64,800.00 raised by 3.5 %
    assert payroll(US, date(2023, 1, 1), TOLD, chance=False)[("6000", "SALES")] == 67_068_00
    assert payroll(US, date(2023, 3, 1), TOLD, chance=False)[("6010", "SALES")] == 40_240_80


def test_the_statistical_account_holds_the_heads_there_are(demo: sqlite3.Connection) -> None:
    asked = (
        "SELECT SUM(AMOUNT) FROM GLDETAIL WHERE ACCOUNTNO = '9000' AND DEPARTMENTID = 'ENG'"
        " AND LOCATIONID = '110' AND ENTRY_DATE <= ?"
    )

    assert demo.execute(asked, ["2022-11-01"]).fetchone()[0] == 15_00
    # 47 months on, 15 x (1 + 0.09 x 47 / 12) = 20.29
    assert demo.execute(asked, ["2026-10-31"]).fetchone()[0] == 20_00


def test_heads_are_quantities_without_currency_or_balance(demo: sqlite3.Connection) -> None:
    found = demo.execute(
        "SELECT DISTINCT SYMBOL, STATISTICAL, CURRENCY FROM GLDETAIL WHERE ACCOUNTNO = '9000'"
    ).fetchall()

    assert [tuple(row) for row in found] == [("STJ", 1, None)]


def test_what_payroll_withholds_is_paid_the_month_after(demo: sqlite3.Connection) -> None:
    owed = demo.execute(
        "SELECT SUM(AMOUNT) FROM GLDETAIL WHERE ACCOUNTNO = '2150' AND ENTRY_DATE <= ?",
        ["2026-11-15"],
    ).fetchone()[0]

    assert owed == 0
