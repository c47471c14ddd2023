"""A company of made-up monthly series, served by the local Intacct in a process of its own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx

FIRST_MONTH = 12 * 1800
MOST_MONTHS = 12 * 400
FIELDS = [
    "RECORDNO",
    "BATCHKEY",
    "BATCH_NO",
    "BATCH_TITLE",
    "BATCH_DATE",
    "ENTRY_DATE",
    "SYMBOL",
    "BOOKID",
    "MODULEKEY",
    "LINE_NO",
    "TR_TYPE",
    "ACCOUNTNO",
    "ACCOUNTTITLE",
    "STATISTICAL",
    "AMOUNT",
    "DEBITAMOUNT",
    "CREDITAMOUNT",
    "TRX_AMOUNT",
    "DOCUMENT",
    "DESCRIPTION",
    "DEPARTMENTID",
    "LOCATIONID",
    "LOCATIONNAME",
    "CURRENCY",
    "WHENMODIFIED",
]


def write_ledger(path: Path, rows: int) -> None:
    """So many rows of `unique_id, ds, y`, the same every time."""
    chance = Random(20260101)
    series, _ = _shape(rows)
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("unique_id", "ds", "y"))
        for number in range(rows):
            name, month = number % series, FIRST_MONTH + number // series
            amount = Decimal(chance.randrange(1, 10_000_000)).scaleb(-2)
            writer.writerow((f"S-{name}", f"{month // 12}-{month % 12 + 1:02d}-01", amount))


@contextmanager
def serving(folder: Path, rows: int) -> Iterator[dict[str, Any]]:
    """Where the company is served, with what a client needs to sign in and write an entry."""
    folder.mkdir(parents=True)
    ledger = folder / "ledger.csv"
    write_ledger(ledger, rows)
    load = [sys.executable, "-m", "sandbox", "load", str(folder), "--ledger", str(ledger)]
    subprocess.run(load, check=True, capture_output=True)
    serve = [sys.executable, "-m", "sandbox", "intacct", "--company", str(folder)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            at: dict[str, Any] = json.loads(process.stdout.readline())
            months = _shape(rows)[1]
            last = FIRST_MONTH + months - 1
            yield at | {
                "lines": rows + months,  # one for each row, and the other side of each month
                "object": "GLDETAIL",
                "fields": FIELDS,
                "journal": "GJ",
                "debit_account": "10000",
                "credit_account": "40001",
                "location": "100",
                "day": f"{last // 12}-{last % 12 + 1:02d}-15",
            }
        finally:
            process.terminate()


def table_of(at: dict[str, Any], name: str) -> list[dict[str, str | None]]:
    """All rows of a table as the local Intacct itself holds them, past its gateway."""
    parts = urlsplit(at["url"])
    answered = httpx.get(f"{parts.scheme}://{parts.netloc}/sandbox/tables/{name}", timeout=120)
    found: list[dict[str, str | None]] = answered.raise_for_status().json()
    return found


def _shape(rows: int) -> tuple[int, int]:
    """How many series of how many months."""
    series = max(10, -(-rows // MOST_MONTHS))
    return series, -(-rows // series)
