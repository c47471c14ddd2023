"""A journal entry as it was sent: read whole, checked against the books, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lxml import etree

from sandbox.intacct.exchange import rate_of
from sandbox.intacct.inter_entity import balanced_by_entity
from sandbox.intacct.journal_lines import (
    Line,
    Places,
    complaint,
    complaints_about,
    currency_of,
    out_of_balance,
    read_lines,
)
from sandbox.intacct.masters import accounts, entity_of_location
from sandbox.intacct.received import date_of
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.shown import american
from sandbox.intacct.work import Work

REQUIRED = ("JOURNAL", "BATCH_DATE", "BATCH_TITLE")
OPTIONAL = ("REVERSEDATE", "REFERENCENO", "BASELOCATION_NO", "SUPDOCID", "STATE", "HISTORY_COMMENT")
KNOWN = ("RECORDNO", *REQUIRED, *OPTIONAL, "ENTRIES")


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry that may be written."""

    words: dict[str, str]
    day: str
    reversed_on: str | None
    statistical: bool
    lines: tuple[Line, ...]
    places: Places


def read_entry(work: Work, element: etree._Element) -> Entry:
    """The entry an element describes; Refused with everything that keeps it out of the books."""
    words = _words(element)
    day, reversed_on = _days(words)
    statistical = _is_statistical(work, words["JOURNAL"])
    places = _places(work)
    read = [read_lines(one, places) for held in element.findall("ENTRIES") for one in held]
    complaints = [one for _, found in read for one in found]
    lines = tuple(line for found, _ in read for line in found)
    if not complaints:
        complaints = complaints_about(work, lines, places, statistical=statistical)
    if not complaints:
        if not statistical:
            lines = tuple(_rated(work, line, places, day) for line in lines)
            lines = balanced_by_entity(work, words.get("BASELOCATION_NO", ""), lines, places)
        complaints = _closed(work, lines, places, [one for one in (day, reversed_on) if one])
    if not complaints:
        complaints = _unbalanced(words, lines, places, statistical=statistical)
    if complaints:
        raise Refused(*complaints)
    return Entry(words, day, reversed_on, statistical, lines, places)


def _words(element: etree._Element) -> dict[str, str]:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    wrong = [f"Field {name} is not valid for GLBATCH." for name in words if name not in KNOWN]
    wrong += [f"Required field {name} is missing." for name in REQUIRED if not words.get(name)]
    if words.get("STATE", "Posted") not in ("", "Posted", "Draft"):
        wrong.append(f"STATE cannot be '{words['STATE']}'.")
    if wrong:
        raise Refused(*(complaint(text) for text in wrong))
    return words


def _rated(work: Work, line: Line, places: Places, day: str) -> Line:
    """The line at the rate it gives, or at the company's on its day; its own currency has none."""
    base, wanted = currency_of(line, places), line.words.get("CURRENCY")
    if not wanted or wanted == base:
        return replace(line, rate=Decimal(1))
    if line.words.get("EXCHANGE_RATE"):
        return line
    on = line.words.get("EXCH_RATE_DATE")
    try:
        rate = rate_of(work, wanted, base, date_of(on) if on else day, None)
    except ValueError as error:
        raise Refused(complaint(f"EXCH_RATE_DATE: {error}.")) from error
    return replace(line, rate=rate)


def _days(words: dict[str, str]) -> tuple[str, str | None]:
    try:
        day = date_of(words["BATCH_DATE"])
        later = date_of(words["REVERSEDATE"]) if words.get("REVERSEDATE") else None
    except ValueError as error:
        raise Refused(complaint(f"{error}.")) from error
    if later and later <= day:
        raise Refused(complaint("REVERSEDATE must be later than BATCH_DATE."))
    return day, later


def _is_statistical(work: Work, journal: str) -> bool:
    for table in ("GLJOURNAL", "STATJOURNAL"):
        if work.books.row(
            f"SELECT 1 FROM {table} WHERE SYMBOL = ? AND STATUS IS NOT 'inactive'",  # noqa: S608 - one of two
            [journal],
        ):
            return table == "STATJOURNAL"
    raise Refused(complaint(f"Journal '{journal}' does not exist."))


def _places(work: Work) -> Places:
    rows = work.books.rows("SELECT LOCATIONID, CURRENCY FROM LOCATIONENTITY")
    own = work.books.setup().base_currency
    return Places(
        accounts(work),
        entity_of_location(work),
        {row[0]: row[1] or own for row in rows},
        own,
        work.caller.entity,
    )


def _closed(
    work: Work, lines: Sequence[Line], places: Places, days: Sequence[str]
) -> list[Complaint]:
    entities = {places.entities.get(line.words["LOCATION"], "") for line in lines}
    shut = [
        (one.entity, one.through.isoformat())
        for one in work.books.setup().closed
        if one.application == "GL" and one.entity in entities
    ]
    found = [
        complaint(
            f"The period of {american(day)} is closed for entity {entity}. "
            f"Date must be on or after the day following {american(through)}."
        )
        for entity, through in shut
        for day in days
        if day <= through
    ]
    known = "SELECT 1 FROM REPORTINGPERIOD WHERE ? BETWEEN START_DATE AND END_DATE"
    without = [day for day in days if not work.books.row(known, [day])]
    return found + [complaint(f"There is no reporting period for {american(x)}.") for x in without]


def _unbalanced(
    words: dict[str, str], lines: Sequence[Line], places: Places, *, statistical: bool
) -> list[Complaint]:
    fewest = 1 if statistical else 2
    if len(lines) < fewest:
        return [complaint(f"A journal entry needs at least {fewest} GLENTRY lines.")]
    differing = {} if statistical else out_of_balance(lines, places)
    if not differing:
        return []
    if words.get("BASELOCATION_NO") and not sum(differing.values()):
        named = " and ".join(sorted(differing))
        return [complaint(f"Inter-entity accounts are not set up between entities {named}.")]
    return [
        complaint(f"Debits and credits do not balance for entity {entity}: difference {total:f}.")
        for entity, total in sorted(differing.items())
    ]
