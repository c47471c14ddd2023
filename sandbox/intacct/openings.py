"""What the ledger held when each fiscal year began, summed once and kept until it is written to."""

from __future__ import annotations

import sqlite3

from sandbox.intacct.books import Books

DIMENSIONS = (
    "DEPARTMENTID",
    "LOCATIONID",
    "PROJECTID",
    "CUSTOMERID",
    "VENDORID",
    "ITEMID",
    "CLASSID",
)
PLACES = ", ".join(("ACCOUNTNO", *DIMENSIONS, "STATISTICAL"))
TABLES = f"""
CREATE TEMP TABLE OPENING (YEAR TEXT NOT NULL, {PLACES}, AMOUNT INTEGER NOT NULL);
CREATE TEMP TABLE OPENING_YEAR (YEAR TEXT PRIMARY KEY);
CREATE INDEX temp.OPENING_ACCOUNTS ON OPENING (YEAR, ACCOUNTNO);
"""
FORGET = "BEGIN DELETE FROM OPENING; DELETE FROM OPENING_YEAR; END;"
# The sums go with the transaction that makes them wrong, and come back if it is undone.
WATCHES = "\n".join(
    f"CREATE TEMP TRIGGER {table}_{event}D AFTER {event} ON main.{table} {FORGET}"
    for table in ("GLENTRY", "GLBATCH")
    for event in ("INSERT", "UPDATE", "DELETE")
)
SUMMED = f"""
INSERT INTO OPENING
SELECT ?, {PLACES}, SUM(AMOUNT) FROM (
    SELECT {PLACES}, AMOUNT FROM OPENING WHERE YEAR = ?
    UNION ALL
    SELECT {PLACES}, AMOUNT FROM GLDETAIL WHERE ENTRY_DATE >= ? AND ENTRY_DATE < ?
) GROUP BY {PLACES}
"""  # noqa: S608 - our own names


def prepare(connection: sqlite3.Connection) -> None:
    """Makes room for the sums, and sees to it that a write to the ledger throws them away."""
    connection.executescript(TABLES + WATCHES)


def sum_up(books: Books, year: str) -> None:
    """Sums everything before a fiscal year's first day, starting from the last year summed."""
    if books.row("SELECT 1 FROM OPENING_YEAR WHERE YEAR = ?", [year]):
        return
    row = books.row("SELECT MAX(YEAR) FROM OPENING_YEAR WHERE YEAR < ?", [year])
    earlier = row[0] if row and row[0] else ""
    books.run(SUMMED, [year, earlier, earlier, year])
    books.run("INSERT INTO OPENING_YEAR VALUES (?)", [year])
