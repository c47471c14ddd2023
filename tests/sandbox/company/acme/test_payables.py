from __future__ import annotations

import sqlite3


def test_a_bill_is_the_vendors_accounts_of_the_month(demo: sqlite3.Connection) -> None:
    lines = demo.execute(
        "SELECT i.ACCOUNTNO, i.DEPARTMENTID, i.LOCATIONID, i.AMOUNT FROM APBILLITEM i"
        " JOIN APBILL b ON b.RECORDNO = i.RECORDKEY WHERE b.RECORDID = '5071-2211'"
    ).fetchall()

    # the landlord's first bill: rent without noise, growth or step
    assert [tuple(line) for line in lines] == [
        ("6200", "SALES", "100", 9_000_00),
        ("6200", "ENG", "110", 12_000_00),
        ("6200", "OPS", "110", 8_000_00),
        ("6200", "FIN", "100", 4_000_00),
    ]


def test_bills_are_paid_on_thursdays_not_before_they_are_due(demo: sqlite3.Connection) -> None:
    days = demo.execute("SELECT DISTINCT STRFTIME('%w', PAYMENTDATE) FROM APPYMT").fetchall()
    early = demo.execute("SELECT COUNT(*) FROM APBILL WHERE WHENPAID < WHENDUE").fetchone()[0]

    assert [row[0] for row in days] == ["4"]
    assert early == 0


def test_every_vendor_bills_every_entity(demo: sqlite3.Connection) -> None:
    pairs = demo.execute("SELECT COUNT(DISTINCT VENDORID || MEGAENTITYID) FROM APBILL").fetchone()

    assert pairs[0] == 15 * 3
