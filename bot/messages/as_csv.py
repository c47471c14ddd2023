"""A table as CSV that a spreadsheet opens, runs nothing of, and anybody reads back exactly.

UTF-8 with a byte order mark: without one Excel takes the file for the machine's old code page and
garbles every name with an accent; readers that know UTF-8 skip it (`utf-8-sig` in Python). RFC
4180: commas, quotes where they are needed, CRLF. One row of names, then the rows; no total, which
would be read in as one row more. Amounts are plain (`1234.50`, `-5.00`), ratios shares (`0.061`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from bot.messages.message import Cell, Column, Ratio, Row
from bot.messages.words import upright

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # begins a formula somewhere


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """The columns' names and the rows."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(column.name) for column in columns])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what begins like one.

    Nor does it turn the figures beside it around, where the file is read as the text it is.
    """
    text = upright(text)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(RUNS) else text


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case Decimal():
            return f"{cell:f}"
        case Ratio():
            return "" if cell.value is None else f"{cell.value:f}"
        case int():
            return str(cell)
