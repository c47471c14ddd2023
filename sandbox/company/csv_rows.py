"""Rows of a CSV with a header, plain or gzipped; what is wrong is told with its line."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from sandbox.company.values import hundredths

Cells = tuple[str, ...]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
YEARS = range(1800, 2200)
LARGEST = 10**12
APART = "surrogateescape"
CONTENTS = (gzip.BadGzipFile, EOFError, zlib.error)


class Malformed(Exception):
    """A file does not hold what it should; the message names the line and what is wrong there."""


def opened(path: Path) -> TextIO:
    """The file as UTF-8 text, unpacked if its name ends in `.gz`.

    Bytes that are no such text are kept apart, so that their line can be told.
    """
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors=APART, newline="")
    return path.open(encoding="utf-8-sig", errors=APART, newline="")


def read_cells(
    lines: Iterable[str], required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, Cells]]:
    """Each row's line number and its cells in the order asked for; an optional column that is
    not there is empty. Other columns are passed over. The first bad row raises Malformed.
    """
    reader = csv.reader(_checked(lines), strict=True)
    try:
        header = next(reader, [])
        if missing := [name for name in required if header.count(name) != 1]:
            raise Malformed(f"line 1: there is no single column {' or '.join(missing)}")
        if twice := [name for name in optional if header.count(name) > 1]:
            raise Malformed(f"line 1: there is more than one column {' and '.join(twice)}")
        places = [header.index(name) if name in header else None for name in (*required, *optional)]
        for cells in reader:
            if len(cells) != len(header):
                raise Malformed(
                    f"line {reader.line_num}: {len(cells)} columns"
                    f" where the header has {len(header)}"
                )
            yield (
                reader.line_num,
                tuple("" if place is None else cells[place] for place in places),
            )
    except csv.Error as error:
        raise Malformed(f"line {reader.line_num}: {error}") from error
    except CONTENTS as error:
        raise Malformed(f"after line {reader.line_num}: this is not a whole gzip file") from error


def _checked(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            line.encode()
        except UnicodeEncodeError as error:
            raise Malformed(f"line {number}: this is not UTF-8 text") from error
        yield line


def read_day(text: str, line: int) -> date:
    """A day written like 2026-01-31."""
    try:
        if not DAY.fullmatch(text):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Malformed(f"line {line}: {text!r} is not a date like 2026-01-31") from error
    if day.year not in YEARS:
        raise Malformed(f"line {line}: {text} is not between {YEARS[0]} and {YEARS[-1]}")
    return day


def read_number(text: str, line: int) -> Decimal:
    """A number in plain digits, of a size that amounts have."""
    if not NUMBER.fullmatch(text):
        raise Malformed(f"line {line}: {text!r} is not a number")
    figure = Decimal(text)
    if abs(figure) > LARGEST:
        raise Malformed(f"line {line}: {text} is larger than {LARGEST:,}")
    return figure


def read_amount(text: str, line: int) -> int:
    """An amount in whole hundredths; it is never rounded."""
    try:
        return hundredths(read_number(text, line))
    except ValueError as error:
        raise Malformed(f"line {line}: {text} cannot be an amount: {error}") from error


def read_id(text: str, column: str, line: int) -> str:
    """An id as it is written, leading zeros and all, without the blanks around it."""
    id_ = text.strip()
    if not id_:
        raise Malformed(f"line {line}: {column} is empty")
    if not id_.isprintable():
        raise Malformed(f"line {line}: {column} {id_!r} has characters that cannot be printed")
    return id_


def read_currency(text: str, line: int) -> str:
    """A currency code like USD."""
    code = text.strip()
    if not CURRENCY.fullmatch(code):
        raise Malformed(f"line {line}: {text!r} is not a currency code like USD")
    return code


def read_days(text: str, line: int) -> int | None:
    """How many days a term has, if it says."""
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdecimal() and int(text) <= 3660):
        raise Malformed(f"line {line}: {text!r} is not a number of days")
    return int(text)
