"""What a person asked to have forecast, and how the words after `/forecast` are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analytics.errors import UnknownPeriod
from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    DimensionName,
    FiscalCalendar,
    Period,
)
from bot.errors import NotUnderstood

LONGEST = 36
EXAMPLE = "for example `/forecast revenue 12m by department` or `/forecast 6100 6m dept=MKT`"

DIMENSIONS = {
    "dept": DEPARTMENT,
    "department": DEPARTMENT,
    "departments": DEPARTMENT,
    "location": LOCATION,
    "loc": LOCATION,
    "locations": LOCATION,
    "project": PROJECT,
    "projects": PROJECT,
}
MONTHS = {"m": 1, "mo": 1, "month": 1, "q": 3, "quarter": 3, "y": 12, "year": 12}

_ASSIGNED = re.compile(r"""\b(\w+)\s*=\s*("[^"]*"|\S+)""")
_AS_OF = re.compile(r"\bas\s+of\s+(\S+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(\w+(?:\s*(?:,|\band\b)\s*\w+)*)", re.IGNORECASE)
_HORIZON = re.compile(
    r"(?<![\w.,-])([+-]?\d[\d,.]*)\s*(months?|mo|m|quarters?|q|years?|y)\b", re.IGNORECASE
)

_BARE = re.compile(r"(?<=\S)\s+(\d{1,2})\s*$")  # `revenue 12`; accounts have more digits


_FRESH = re.compile(r"(?:^|\s+)fresh\s*$", re.IGNORECASE)  # last, or it is part of a name


@dataclass(frozen=True, slots=True)
class Request:
    """Which accounts, how far, cut how, and from which closed month on; `fresh` insists on
    figures read from Intacct for this very question."""

    what: str
    horizon: int
    by: tuple[DimensionName, ...]
    where: tuple[tuple[DimensionName, str], ...]
    entity: str
    last_actual: Period
    fresh: bool = False


def read_request(words: str, today: date, calendar: FiscalCalendar) -> Request:
    """The request in these words; nothing means revenue, twelve months, from the last closed one.

    NotUnderstood says what does not fit, with an example that does.
    """
    rest = words.strip().translate({0x201C: '"', 0x201D: '"', 0xA0: " "})
    rest, fresh = _fresh(rest)
    rest, entity, where, horizon, last = _assigned(rest, today, calendar)
    rest, last = _as_of(rest, last, today, calendar)
    rest, by = _by(rest)
    rest, horizon = _horizon(rest, horizon)
    what = " ".join(rest.split()) or "revenue"
    return Request(what, horizon, by, where, entity, last, fresh)


def _fresh(words: str) -> tuple[str, bool]:
    """Without the word that insists, where it stands last."""
    return _FRESH.sub("", words), _FRESH.search(words) is not None


def _assigned(
    words: str, today: date, calendar: FiscalCalendar
) -> tuple[str, str, tuple[tuple[DimensionName, str], ...], int | None, Period]:
    entity, horizon, last = "", None, calendar.last_closed(today)
    where: dict[DimensionName, str] = {}
    for name, value in _ASSIGNED.findall(words):
        said = value.strip('"')
        match name.lower():
            case "entity":
                entity = said
            case "horizon":
                horizon = _months(said, 1)
            case "asof" | "as_of":
                last = _closed(said, today, calendar)
            case known if known in DIMENSIONS:
                where[DIMENSIONS[known]] = said
            case _:
                raise NotUnderstood(
                    f"I do not know “{name}=”. You can say entity=, dept=, location=, project= "
                    f"or asof=, {EXAMPLE}."
                )
    return _ASSIGNED.sub(" ", words), entity, tuple(sorted(where.items())), horizon, last


def _as_of(words: str, last: Period, today: date, calendar: FiscalCalendar) -> tuple[str, Period]:
    if found := _AS_OF.search(words):
        return _AS_OF.sub(" ", words, count=1), _closed(found[1], today, calendar)
    return words, last


def _closed(text: str, today: date, calendar: FiscalCalendar) -> Period:
    try:
        period = calendar.read(text)
    except UnknownPeriod as error:
        raise NotUnderstood(f"{error}, {EXAMPLE.replace('6m', '6m as of 2025-05')}.") from error
    if period > calendar.last_closed(today):
        raise NotUnderstood(
            f"{period} is not over yet. Leave “as of” out, or name a month up to "
            f"{calendar.last_closed(today)}."
        )
    return period


def _by(words: str) -> tuple[str, tuple[DimensionName, ...]]:
    found = _BY.search(words)
    if not found:
        return words, ()
    names = [n for n in re.split(r"\s*,\s*|\s+and\s+", found[1]) if n]
    unknown = [name for name in names if name.lower() not in DIMENSIONS]
    if unknown:
        raise NotUnderstood(
            f"I cannot split by “{unknown[0]}”. You can say by department, location or project, "
            f"{EXAMPLE}."
        )
    return _BY.sub(" ", words, count=1), tuple(dict.fromkeys(DIMENSIONS[n.lower()] for n in names))


def _horizon(words: str, horizon: int | None) -> tuple[str, int]:
    if found := _HORIZON.search(words) or _BARE.search(words):
        unit = found[2] if found.re is _HORIZON else "m"
        horizon = _months(found[1], MONTHS[unit.lower().rstrip("s")])
        words = found.re.sub(" ", words, count=1)
    months = 12 if horizon is None else horizon
    if not 1 <= months <= LONGEST:
        raise NotUnderstood(
            f"I can forecast 1 to {LONGEST} months ahead, not {months:,}; {EXAMPLE}."
        )
    return words, months


def _months(number: str, each: int) -> int:
    digits = number.replace(",", "").lower().removesuffix("m")
    try:
        return int(digits) * each
    except ValueError as error:
        raise NotUnderstood(f"“{number}” is no number of months; {EXAMPLE}.") from error
