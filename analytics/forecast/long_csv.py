"""Series in long form, one row a month: `unique_id, ds, y` in, forecasts out.

Each series gets as many digits after the point as its figures need, at least six where they fit
a float exactly, so that amounts are whole units inside and nothing is lost on the way.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from analytics.errors import MalformedRows
from analytics.forecast.line import Line, LineForecast
from analytics.ledger import FiscalCalendar, Period, shifted

COLUMNS: Final = ("unique_id", "ds", "y")
HEADER: Final = ("unique_id", "ds", "yhat", "lo80", "hi80", "lo95", "hi95", "method")
LISTED: Final = 20  # complaints shown of a file
DIGITS: Final = 6
EXACT: Final = 15  # significant digits a float holds

Figures = dict[Period, Decimal]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a file, and by key how many digits after the point one unit has."""

    lines: tuple[Line, ...]
    digits: Mapping[str, int]


def read_long(text_lines: Iterable[str]) -> Sheet:
    """The series of a long file in order of first appearance; rows may come in any order.

    MalformedRows lists up to twenty rows by line number (wrong date, no number, a month given
    twice) or missing months by series; nothing is read from a file with any.
    """
    found: dict[str, Figures] = defaultdict(dict)
    complaints = list(_rows(text_lines, found))
    if not complaints and not found:
        complaints = ["line 1: a header and no rows"]
    elif not complaints:
        complaints = [c for key, figures in found.items() for c in _gaps(key, figures)]
    if complaints:
        raise MalformedRows(_listed(complaints))
    digits = {key: _digits(figures.values()) for key, figures in found.items()}
    lines = tuple(_line(key, figures, digits[key]) for key, figures in found.items())
    return Sheet(lines, digits)


def write_long(forecasts: Iterable[LineForecast], digits: Mapping[str, int]) -> Iterator[str]:
    """The text of the forecasts, header first, one line of CSV at a time with its line end."""
    page: list[str] = []
    writer = csv.writer(_Page(page), lineterminator="\n")
    writer.writerow(HEADER)
    for forecast in forecasts:
        for e in forecast.estimates:
            figures = (e.mid, e.low80, e.high80, e.low95, e.high95)
            shown = [_text(figure, digits[forecast.key]) for figure in figures]
            writer.writerow([forecast.key, e.period.first.isoformat(), *shown, forecast.method])
        yield from page
        page.clear()
    yield from page


@dataclass(frozen=True, slots=True)
class _Page:
    """Where the csv module writes to: a list of lines."""

    lines: list[str]

    def write(self, text: str) -> None:
        self.lines.append(text)


def _rows(text_lines: Iterable[str], found: dict[str, Figures]) -> Iterator[str]:
    """Puts every good row into `found`; what comes out are the complaints about the others."""
    reader = csv.DictReader(text_lines)
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        yield f"line 1: no column {', '.join(missing)}"
        return
    for row in reader:
        place = f"line {reader.line_num}"
        key = (row["unique_id"] or "").strip()
        month = _month(row["ds"] or "")
        amount = _number(row["y"] or "")
        if not key:
            yield f"{place}: no unique_id"
        elif month is None:
            yield f"{place}: “{row['ds'] or ''}” is not the first day of a month (YYYY-MM-01)"
        elif amount is None:
            yield f"{place}: “{row['y'] or ''}” is no number"
        elif month in found[key]:
            yield f"{place}: {key} has {month.first:%Y-%m} twice"
        else:
            found[key][month] = amount


def _month(text: str) -> Period | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return FiscalCalendar().of(day) if day.day == 1 and len(text.strip()) == 10 else None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 18 else None


def _gaps(key: str, figures: Figures) -> Iterator[str]:
    """The months that are missing between the first and the last."""
    month, last = min(figures), max(figures)
    while month < last:
        month = shifted(month, 1)
        if month not in figures:
            yield f"series {key} has no row for {month.first:%Y-%m}"


def _listed(complaints: Sequence[str]) -> str:
    more = len(complaints) - LISTED
    shown = "\n".join(complaints[:LISTED])
    return f"{shown}\nand {more} more" if more > 0 else shown


def _digits(amounts: Iterable[Decimal]) -> int:
    """Digits after the point: those in use, as far as a float holds them, and six where it can."""
    used = 0
    before = 1
    for amount in amounts:
        used = max(used, -int(amount.normalize().as_tuple().exponent))
        before = max(before, amount.adjusted() + 1)
    fits = max(EXACT - before, 0)
    return max(min(max(used, DIGITS), fits), min(used, DIGITS))


def _line(key: str, figures: Figures, digits: int) -> Line:
    months = sorted(figures)
    units = (figures[m].scaleb(digits).to_integral_value(ROUND_HALF_UP) for m in months)
    return Line(key, months[0], tuple(int(unit) for unit in units))


def _text(units: int, digits: int) -> str:
    """The units as a decimal number, without zeros at the end."""
    number = f"{Decimal(units).scaleb(-digits):f}"
    return number.rstrip("0").rstrip(".") if "." in number else number
