"""A million lines of ledger detail as a stream of tables: how fast, and in how much memory.

`python -m benchmarks.ledger_extract [LINES]`. The reader is a process of its own, so that its
memory is its alone; beside it the same lines kept as the dictionaries a client usually gives.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from analytics.ledger import Period
from benchmarks.peers.served import FIELDS, serving
from benchmarks.report import machine, table
from intacct.auth import Address
from intacct.client import Intacct
from intacct.read.ledger_detail import read_ledger_detail
from intacct.read.query import tuples

ROWS = 1_000_000
LIMIT = 600  # MB
WAYS = ("tables, a page at a time", "all of it as dictionaries")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; the exit code is 1 beyond the limit or when a line is missing."""
    if arguments[:1] == ["--read"]:
        print(json.dumps(_read(int(arguments[1]), json.loads(arguments[2]))))
        return 0
    rows = int(arguments[0]) if arguments else ROWS
    with tempfile.TemporaryDirectory() as made, serving(Path(made) / "company", rows) as at:
        lines = at["lines"]
        seen = [_in_a_process(way, at) for way in range(len(WAYS))]
    print(f"{lines:,} lines in the books.\n")
    cells = [
        (way, f"{one['lines']:,}", f"{one['seconds']:.0f} s", _rate(one), f"{one['mb']:.0f} MB")
        for way, one in zip(WAYS, seen, strict=True)
    ]
    print(table(("kept as", "lines read", "time", "lines a second", "peak memory"), cells))
    print(f"\nDebits less credits of all lines: {seen[0]['balance']} cents.\n{machine()}")
    whole = seen[0]["lines"] == lines and seen[0]["balance"] == 0
    return 0 if whole and seen[0]["mb"] <= LIMIT else 1


def _in_a_process(way: int, at: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ledger_extract", "--read", str(way)]
    ended = subprocess.run([*command, json.dumps(at)], check=True, capture_output=True, text=True)
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


def _read(way: int, at: dict[str, Any]) -> dict[str, Any]:
    """What the reading process saw, and the most memory it ever had."""
    address = Address(
        url=at["url"],
        sender_id=at["sender_id"],
        sender_password=at["sender_password"],
        company_id=at["company_id"],
        user_id=at["user_id"],
        user_password=at["user_password"],
    )
    books = Intacct(address, clock=lambda: datetime.now(UTC), on_call=lambda _: None)
    begun = time.perf_counter()
    lines, balance = (_as_tables, _as_dictionaries)[way](books)
    return {
        "lines": lines,
        "balance": balance,
        "seconds": time.perf_counter() - begun,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _as_tables(books: Intacct) -> tuple[int, int]:
    """Each page is a table of exact cents; it is added up and dropped."""
    lines = balance = 0
    for page in read_ledger_detail(books, Period(date(1800, 1, 1), date(2199, 12, 31))):
        lines += len(page)
        balance += int(page["amount"].sum())
    return lines, balance


def _as_dictionaries(books: Intacct) -> tuple[int, int]:
    """What a client gives that returns all it was asked for: a list of texts by name."""
    found = [dict(zip(FIELDS, one, strict=True)) for one in tuples(books, "GLDETAIL", FIELDS)]
    return len(found), sum(round(float(one["AMOUNT"]) * 100) for one in found)


def _rate(seen: dict[str, Any]) -> str:
    return f"{seen['lines'] / seen['seconds']:,.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
