from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal

from sandbox.company.store import insert


def post(company: sqlite3.Connection, batch: int, state: str) -> None:
    """One entry of 12.34, debit 6000 credit 1000, in entity 100's site 110."""
    insert(
        company,
        "GLBATCH",
        [
            {
                "RECORDNO": batch,
                "BATCH_TITLE": "Rent",
                "BATCH_DATE": date(2026, 1, 31),
                "JOURNAL": "GJ",
                "STATE": state,
                "MODULE": "2.GL",
            }
        ],
    )
    insert(
        company,
        "GLENTRY",
        [
            {
                "BATCHNO": batch,
                "LINE_NO": line,
                "TR_TYPE": side,
                "ENTRY_DATE": date(2026, 1, 31),
                "AMOUNT": Decimal("12.34"),
                "TRX_AMOUNT": Decimal("12.34"),
                "ACCOUNTNO": account,
                "LOCATION": "110",
            }
            for line, side, account in ((1, 1, "6000"), (2, -1, "1000"))
        ],
    )


def test_the_ledger_detail_is_what_is_posted_with_the_ledger_sign(
    company: sqlite3.Connection,
) -> None:
    post(company, 1, "Posted")
    post(company, 2, "Draft")

    rows = company.execute(
        "SELECT BATCHKEY, ACCOUNTNO, AMOUNT, DEBITAMOUNT, CREDITAMOUNT FROM GLDETAIL"
        " ORDER BY LINE_NO"
    ).fetchall()

    assert [tuple(row) for row in rows] == [
        (1, "6000", 1234, 1234, 0),
        (1, "1000", -1234, 0, 1234),
    ]


def test_a_reversed_entry_stays_in_the_ledger_beside_its_reversal(
    company: sqlite3.Connection,
) -> None:
    post(company, 1, "Reversed")

    assert company.execute("SELECT COUNT(*) FROM GLDETAIL").fetchone()[0] == 2


def test_a_site_belongs_to_the_entity_above_it(company: sqlite3.Connection) -> None:
    insert(company, "LOCATIONENTITY", [{"LOCATIONID": "100", "NAME": "US"}])
    insert(
        company,
        "LOCATION",
        [
            {"LOCATIONID": "100", "NAME": "US", "PARENTID": None},
            {"LOCATIONID": "110", "NAME": "Austin", "PARENTID": "100"},
            {"LOCATIONID": "111", "NAME": "Austin lab", "PARENTID": "110"},
        ],
    )

    rows = company.execute("SELECT LOCATIONID, ENTITYID FROM LOCATION_ENTITY ORDER BY 1").fetchall()

    assert [tuple(row) for row in rows] == [("100", "100"), ("110", "100"), ("111", "100")]
