"""The details of a payment as they are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.trail import new_record
from sandbox.intacct.work import Work


def details_of(work: Work, number: int) -> list[sqlite3.Row]:
    """The details of a payment in their order."""
    return work.books.rows(
        "SELECT * FROM ARPYMTDETAIL WHERE PAYMENTKEY = ? ORDER BY RECORDNO", [number]
    )


def keep_detail(
    work: Work, number: int, header: Mapping[str, Value], columns: Mapping[str, Value], state: str
) -> None:
    """Writes one detail."""
    row: dict[str, Value] = {
        **new_record(work),
        **columns,
        "PAYMENTKEY": number,
        "PAYMENTDATE": header["RECEIPTDATE"],
        "CURRENCY": header["CURRENCY"],
        "BASECURR": header["BASECURR"],
        "STATE": state,
    }
    insert(work.books.connection, "ARPYMTDETAIL", [row])
