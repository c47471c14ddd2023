from __future__ import annotations

import sqlite3

import pytest

from sandbox.company.acme.contracts import SCHEDULES


def test_what_was_posted_of_a_contract_is_what_its_customer_was_invoiced(
    demo: sqlite3.Connection,
) -> None:
    # As of 20 November 2026 a contract of twelve months has run since the first of May.
    invoiced = dict(
        tuple(row)
        for row in demo.execute(
            "SELECT i.CUSTOMERID, SUM(l.AMOUNT) FROM ARINVOICEITEM l JOIN ARINVOICE i"
            " ON i.RECORDNO = l.RECORDKEY WHERE l.ACCOUNTNO = '4000'"
            " AND i.WHENCREATED >= '2026-05-01' GROUP BY 1"
        )
    )
    posted = dict(
        tuple(row)
        for row in demo.execute(
            "SELECT c.CUSTOMERID, SUM(e.AMOUNT) FROM CONTRACTBILLINGSCHEDULEENTRY e"
            " JOIN CONTRACT c ON c.CONTRACTID = e.CONTRACTID WHERE e.STATE = 'Posted' GROUP BY 1"
        )
    )

    assert len(posted) == 9
    assert posted == {customer: invoiced[customer] for customer in posted}


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_adds_up_to_its_line_and_is_open_after_today(
    demo: sqlite3.Connection, schedule: str
) -> None:
    off = demo.execute(
        "SELECT d.CONTRACTID FROM CONTRACTDETAIL d LEFT JOIN"
        f" (SELECT CONTRACTDETAILKEY k, SUM(AMOUNT) total, COUNT(*) n FROM {schedule}ENTRY"
        " GROUP BY 1) e ON e.k = d.RECORDNO WHERE e.total IS NOT d.FLATAMOUNT OR e.n <> 12"
    ).fetchall()
    states = demo.execute(
        f"SELECT DISTINCT STATE, POSTINGDATE > '2026-11-20' FROM {schedule}ENTRY ORDER BY 1"
    ).fetchall()

    assert off == []
    assert [tuple(row) for row in states] == [("Open", 1), ("Posted", 0)]
