from __future__ import annotations

import sqlite3


def test_an_accrual_ends_the_last_full_month_and_is_reversed_the_next_day(
    demo: sqlite3.Connection,
) -> None:
    booked = demo.execute(
        "SELECT ENTRY_DATE, AMOUNT FROM GLDETAIL WHERE ACCOUNTNO = '2100' ORDER BY ENTRY_DATE"
    ).fetchall()
    batch = demo.execute(
        "SELECT BATCH_DATE, REVERSEDATE FROM GLBATCH WHERE BATCH_TITLE LIKE 'Berlin fair%'"
    ).fetchone()

    assert [tuple(row) for row in booked] == [("2026-10-31", -3_140_000), ("2026-11-01", 3_140_000)]
    assert tuple(batch) == ("2026-10-31", "2026-11-01")


def test_depreciation_is_booked_against_what_is_already_depreciated(
    demo: sqlite3.Connection,
) -> None:
    # November 2022, entity 100: 11,000.00 in engineering and 2,500.00 in administration
    added = demo.execute(
        "SELECT SUM(AMOUNT) FROM GLDETAIL WHERE ACCOUNTNO = '1590' AND LOCATIONID = '100'"
        " AND ENTRY_DATE = '2022-11-30'"
    ).fetchone()[0]

    assert added == -13_500_00


def test_exchange_differences_fall_on_both_sides(demo: sqlite3.Connection) -> None:
    sides = demo.execute(
        "SELECT COUNT(DISTINCT TR_TYPE) FROM GLDETAIL WHERE ACCOUNTNO = '8200'"
    ).fetchone()[0]

    assert sides == 2


def test_each_entity_opens_on_the_first_day_with_its_share(demo: sqlite3.Connection) -> None:
    opened = demo.execute(
        "SELECT LOCATIONID, AMOUNT FROM GLDETAIL WHERE ACCOUNTNO = '3000'"
        " AND ENTRY_DATE = '2022-11-01' ORDER BY 1"
    ).fetchall()

    assert [tuple(row) for row in opened] == [
        ("100", -1_500_000_00),
        ("200", -630_000_00),
        ("300", -495_000_00),
    ]
