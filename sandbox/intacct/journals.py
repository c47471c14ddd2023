"""Journal entries: written whole, balanced per entity, never into closed periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.journal_lines import (
    Line,
    Places,
    complaint,
    complaints_about,
    currency_of,
    out_of_balance,
    read_line,
)
from sandbox.intacct.masters import BY_COLUMN, accounts, entity_of_location
from sandbox.intacct.received import date_of
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.shown import american
from sandbox.intacct.trail import leave_trail, new_record, update, user_number
from sandbox.intacct.work import Work

REQUIRED = ("JOURNAL", "BATCH_DATE", "BATCH_TITLE")
OPTIONAL = ("REVERSEDATE", "REFERENCENO", "BASELOCATION_NO", "SUPDOCID", "STATE", "HISTORY_COMMENT")
KNOWN = ("RECORDNO", *REQUIRED, *OPTIONAL, "ENTRIES")
Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry that may be written."""

    words: dict[str, str]
    day: str
    reversed_on: str | None
    statistical: bool
    lines: tuple[Line, ...]
    places: Places


def create_journal_entry(work: Work, element: etree._Element) -> Keys:
    """A new entry, and the one that reverses it where a day for that is given."""
    entry = _read(work, element)
    number = _write(work, entry, entry.day, 1, None)
    if entry.reversed_on:
        reversal = _write(work, entry, entry.reversed_on, -1, entry.day)
        update(work, "GLBATCH", number, {"REVERSED": entry.reversed_on, "REVERSEDKEY": reversal})
    leave_trail(work, "GLBATCH", number, "create")
    return (("RECORDNO", str(number)),)


def update_journal_entry(work: Work, element: etree._Element) -> Keys:
    """The same entry with these lines and no others."""
    number = (element.findtext("RECORDNO") or "").strip()
    row = work.books.row(
        "SELECT JOURNAL, STATE, RECORDNO FROM GLBATCH WHERE RECORDNO = CAST(? AS INTEGER)", [number]
    )
    if row is None or not number.isdecimal():
        raise Refused(Complaint(f"Cannot update non-existing GLBATCH with RECORDNO={number}."))
    if element.find("JOURNAL") is None:
        etree.SubElement(element, "JOURNAL").text = row["JOURNAL"]
    _check_erasable(work, row["RECORDNO"])
    entry = _read(work, element)
    work.books.run("DELETE FROM GLENTRY WHERE BATCHNO = ?", [row["RECORDNO"]])
    changes = _header(entry, entry.day, row["STATE"])
    update(work, "GLBATCH", row["RECORDNO"], changes)
    _write_lines(work, entry, row["RECORDNO"], entry.day, 1)
    leave_trail(work, "GLBATCH", row["RECORDNO"], "modify")
    return (("RECORDNO", number),)


def delete_journal_entry(work: Work, number: int) -> None:
    """The entry and its lines are gone, unless they lie in a closed period."""
    _check_erasable(work, number)
    work.books.run("DELETE FROM GLENTRY WHERE BATCHNO = ?", [number])
    work.books.run("DELETE FROM GLBATCH WHERE RECORDNO = ?", [number])
    leave_trail(work, "GLBATCH", number, "delete")


def _read(work: Work, element: etree._Element) -> Entry:
    words = {str(one.tag): (one.text or "").strip() for one in element}
    wrong = [f"Field {name} is not valid for GLBATCH." for name in words if name not in KNOWN]
    wrong += [f"Required field {name} is missing." for name in REQUIRED if not words.get(name)]
    if words.get("STATE", "Posted") not in ("", "Posted", "Draft"):
        wrong.append(f"STATE cannot be '{words['STATE']}'.")
    if wrong:
        raise Refused(*(complaint(text) for text in wrong))
    day, reversed_on = _days(words)
    statistical = _is_statistical(work, words["JOURNAL"])
    places = _places(work)
    read = [read_line(one, places) for held in element.findall("ENTRIES") for one in held]
    complaints = [one for _, found in read for one in found]
    lines = tuple(line for line, _ in read if line)
    if not complaints:
        complaints = complaints_about(work, lines, places, statistical=statistical)
    if not complaints:
        complaints = _closed(work, lines, places, [one for one in (day, reversed_on) if one])
    if not complaints:
        complaints = _unbalanced(words, lines, places, statistical=statistical)
    if complaints:
        raise Refused(*complaints)
    return Entry(words, day, reversed_on, statistical, lines, places)


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


def _header(entry: Entry, day: str, state: str) -> dict[str, Value]:
    return {
        "BATCH_TITLE": entry.words["BATCH_TITLE"],
        "BATCH_DATE": day,
        "JOURNAL": entry.words["JOURNAL"],
        "STATE": entry.words.get("STATE") or state,
        "MODULE": "2.GL",
        **{
            name: entry.words.get(name) or None
            for name in ("REFERENCENO", "BASELOCATION_NO", "SUPDOCID", "HISTORY_COMMENT")
        },
    }


def _write(work: Work, entry: Entry, day: str, turn: int, reverses: str | None) -> int:
    row = work.books.row(
        "SELECT COALESCE(MAX(BATCHNO), 0) + 1 FROM GLBATCH WHERE JOURNAL = ?",
        [entry.words["JOURNAL"]],
    )
    header: dict[str, Value] = {
        **new_record(work),
        **_header(entry, day, "Posted"),
        "BATCHNO": row[0] if row else 1,
        "REVERSEDATE": entry.reversed_on if turn == 1 else None,
        "REVERSEDFROM": reverses,
        "USERKEY": user_number(work),
        "MODIFIED": work.books.now()[:10],
    }
    insert(work.books.connection, "GLBATCH", [header])
    made = work.books.row("SELECT MAX(RECORDNO) FROM GLBATCH")
    number = int(made[0]) if made else 0
    _write_lines(work, entry, number, day, turn)
    return number


def _write_lines(work: Work, entry: Entry, number: int, day: str, turn: int) -> None:
    shown = work.books.row("SELECT BATCHNO FROM GLBATCH WHERE RECORDNO = ?", [number])
    common: dict[str, Value] = {
        **new_record(work),
        "BATCHNO": number,
        "BATCH_NUMBER": shown[0] if shown else None,
        "BATCHTITLE": entry.words["BATCH_TITLE"],
        "ENTRY_DATE": day,
        "STATISTICAL": entry.statistical,
    }
    rows = [
        {**common, "LINE_NO": position, **_line(line, entry, turn)}
        for position, line in enumerate(entry.lines, start=1)
    ]
    insert(work.books.connection, "GLENTRY", rows)


def _line(line: Line, entry: Entry, turn: int) -> dict[str, Value]:
    base = None if entry.statistical else currency_of(line, entry.places)
    return {
        "TR_TYPE": turn * line.side,
        "AMOUNT": line.base,
        "TRX_AMOUNT": line.amount,
        "ACCOUNTNO": line.account,
        "ACCOUNTTITLE": entry.places.accounts[line.account].title,
        "CURRENCY": base and (line.words.get("CURRENCY") or base),
        "BASECURR": base,
        "EXCHANGE_RATE": None if entry.statistical else line.rate,
        **{
            name: line.words.get(name) or None
            for name in ("DESCRIPTION", "DOCUMENT", "DEPARTMENT", "LOCATION", *BY_COLUMN)
        },
    }


def _check_erasable(work: Work, number: int) -> None:
    rows = work.books.rows(
        "SELECT DISTINCT l.ENTITYID, e.ENTRY_DATE FROM GLENTRY e JOIN LOCATION_ENTITY l "
        "ON l.LOCATIONID = e.LOCATION WHERE e.BATCHNO = ?",
        [number],
    )
    for one in work.books.setup().closed:
        if one.application == "GL" and any(
            entity == one.entity and day <= one.through.isoformat() for entity, day in rows
        ):
            raise Refused(complaint(f"The period of the entry is closed for entity {one.entity}."))
