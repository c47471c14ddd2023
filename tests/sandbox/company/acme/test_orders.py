from __future__ import annotations

import sqlite3

import pytest


@pytest.mark.parametrize("order", ["PODOCUMENT", "SODOCUMENT"])
def test_an_order_is_quantity_times_price(demo: sqlite3.Connection, order: str) -> None:
    off = demo.execute(
        f"SELECT h.DOCID FROM {order} h LEFT JOIN {order}ENTRY l ON l.DOCHDRNO = h.RECORDNO"
        " AND l.DOCHDRID = h.DOCID WHERE l.RECORDNO IS NULL OR l.TOTAL <> h.TOTAL"
        " OR CAST(l.QUANTITY AS INTEGER) * CAST(REPLACE(l.PRICE, '.', '') AS INTEGER) <> l.TOTAL"
    ).fetchall()

    assert off == []


def test_old_orders_are_done_and_new_ones_are_not(demo: sqlite3.Connection) -> None:
    states = demo.execute(
        "SELECT DISTINCT DOCPARID, WHENCREATED < '2026-09-21', STATE FROM PODOCUMENT ORDER BY 2, 3"
    ).fetchall()

    assert [tuple(row) for row in states] == [
        ("Purchase Order", 0, "Draft"),
        ("Purchase Order", 0, "Pending"),
        ("Purchase Order", 1, "Converted"),
    ]
