from __future__ import annotations

import sqlite3
from datetime import date

from sandbox.company.acme.places import ENTITIES
from sandbox.company.acme.plan import PLAN, History, actual, history
from sandbox.company.acme.receivables import customers
from sandbox.company.demo import SEED
from tests.sandbox.company.conftest import AS_OF

TOLD: History = history(AS_OF, SEED)


def test_forty_customers_the_first_of_each_entity_the_largest() -> None:
    everyone = customers(TOLD)

    assert len({customer.party.id for customer in everyone}) == 40
    for entity in ENTITIES:
        theirs = [customer.weight for customer in everyone if customer.entity == entity]
        assert theirs[0] == max(theirs)


def test_what_is_invoiced_is_the_months_revenue(demo: sqlite3.Connection) -> None:
    asked = (
        "SELECT SUM(AMOUNT) FROM ARINVOICEITEM WHERE ACCOUNTNO = ? AND LOCATIONID = ?"
        " AND ENTRY_DATE BETWEEN '2026-05-01' AND '2026-05-31'"
    )
    for line in PLAN[:3]:
        location = "210" if line.department == "OPS" else "200"
        invoiced = demo.execute(asked, [line.account, location]).fetchone()[0]
        assert invoiced == actual(line, ENTITIES[1], date(2026, 5, 1), TOLD)


def test_invoices_are_numbered_by_date_and_due_by_their_term(demo: sqlite3.Connection) -> None:
    found = demo.execute(
        "SELECT RECORDID, WHENCREATED, JULIANDAY(WHENDUE) - JULIANDAY(WHENCREATED), TERMNAME"
        " FROM ARINVOICE ORDER BY RECORDNO"
    ).fetchall()
    days = {"Net 30": 30, "Net 45": 45, "Net 60": 60, "2/10 Net 30": 30}

    assert found[0]["RECORDID"] == "INV-10001"
    assert [row["WHENCREATED"] for row in found] == sorted(row["WHENCREATED"] for row in found)
    assert all(row[2] == days[row["TERMNAME"]] for row in found)


def test_money_arrives_on_banking_days_after_the_invoice(demo: sqlite3.Connection) -> None:
    early = demo.execute(
        "SELECT COUNT(*) FROM ARPYMTDETAIL d JOIN ARINVOICE i ON i.RECORDNO = d.RECORDKEY"
        " WHERE d.PAYMENTDATE < i.WHENCREATED"
    ).fetchone()[0]
    weekdays = demo.execute(
        "SELECT DISTINCT STRFTIME('%w', RECEIPTDATE) FROM ARPYMT ORDER BY 1"
    ).fetchall()

    assert early == 0
    assert {row[0] for row in weekdays} <= {"1", "2", "3", "4", "5"}


def test_some_pay_late_some_in_parts_and_some_several_at_once(demo: sqlite3.Connection) -> None:
    late, parts, several = (
        demo.execute(question).fetchone()[0]
        for question in (
            "SELECT COUNT(*) FROM ARINVOICE WHERE JULIANDAY(WHENPAID) - JULIANDAY(WHENDUE) > 30",
            (
                "SELECT COUNT(*) FROM (SELECT 1 FROM ARPYMTDETAIL GROUP BY RECORDKEY"
                " HAVING COUNT(*) > 1)"
            ),
            (
                "SELECT COUNT(*) FROM (SELECT 1 FROM ARPYMTDETAIL GROUP BY PAYMENTKEY"
                " HAVING COUNT(*) > 1)"
            ),
        )
    )

    assert late > 50
    assert parts > 50
    assert several > 20
