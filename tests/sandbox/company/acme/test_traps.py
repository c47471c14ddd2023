from __future__ import annotations

import sqlite3


def column(demo: sqlite3.Connection, question: str) -> list[object]:
    return [row[0] for row in demo.execute(question)]


def test_a_customer_is_named_like_a_broadcast(demo: sqlite3.Connection) -> None:
    named = column(demo, "SELECT NAME FROM CUSTOMER WHERE NAME LIKE '<%'")

    assert named == ["<!channel> ACME"]
    assert column(
        demo, "SELECT COUNT(*) > 40 FROM ARINVOICE WHERE CUSTOMERNAME = '<!channel> ACME'"
    ) == [1]


def test_two_pairs_of_customers_are_easily_taken_for_each_other(demo: sqlite3.Connection) -> None:
    assert column(
        demo,
        "SELECT NAME FROM CUSTOMER WHERE NAME LIKE 'Orbit%' OR NAME LIKE 'Kestrel%' ORDER BY 1",
    ) == ["Kestrel Brewing Co", "Kestrel Brewing Corp", "Orbit Holding LLC", "Orbit Holdings Inc"]


def test_memos_try_to_give_orders(demo: sqlite3.Connection) -> None:
    for table, field in (
        ("ARINVOICE", "DESCRIPTION"),
        ("APBILLITEM", "ENTRYDESCRIPTION"),
        ("GLDETAIL", "DESCRIPTION"),
    ):
        asked = f"SELECT COUNT(*) > 0 FROM {table} WHERE {field} LIKE 'Ignore previous%'"
        assert column(demo, asked) == [1], table


def test_one_bill_was_entered_twice(demo: sqlite3.Connection) -> None:
    twins = demo.execute(
        """
        SELECT a.RECORDID, b.RECORDID FROM APBILL a JOIN APBILL b
        ON a.VENDORID = b.VENDORID AND a.TOTALENTERED = b.TOTALENTERED AND a.RECORDNO < b.RECORDNO
        AND REPLACE(a.RECORDID, '-', '') = REPLACE(b.RECORDID, '-', '')
        """
    ).fetchall()

    assert [tuple(row) for row in twins] == [("5061-2610", "50612610")]


def test_a_department_and_an_account_are_closed_and_unused(demo: sqlite3.Connection) -> None:
    asked = "SELECT DEPARTMENTID FROM DEPARTMENT WHERE STATUS = 'inactive'"
    assert column(demo, asked) == ["OLD"]
    assert column(demo, "SELECT ACCOUNTNO FROM GLACCOUNT WHERE STATUS = 'inactive'") == ["6999"]
    used = "SELECT COUNT(*) FROM GLENTRY WHERE DEPARTMENT = 'OLD' OR ACCOUNTNO = '6999'"
    assert column(demo, used) == [0]
