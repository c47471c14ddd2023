"""Journal entries: written whole, balanced per entity, never into closed periods."""

from __future__ import annotations

import sqlite3

from lxml import etree

from sandbox.company.store import insert
from sandbox.company.values import Value
from sandbox.intacct.journal_entry import Entry, read_entry
from sandbox.intacct.journal_lines import DIMENSIONS, Line, complaint, currency_of
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.shown import american
from sandbox.intacct.trail import leave_trail, new_record, next_number, update, user_number
from sandbox.intacct.work import Work

HEADERS = ("REFERENCENO", "BASELOCATION_NO", "SUPDOCID", "HISTORY_COMMENT")
REVERSAL = ("REVERSED", "REVERSEDATE", "REVERSEDKEY")
Keys = tuple[tuple[str, str], ...]


def create_journal_entry(work: Work, element: etree._Element) -> Keys:
    """A new entry, and the one that reverses it where a day for that is given."""
    entry = read_entry(work, element)
    number = _write(work, entry, entry.day, 1, None)
    _reverse(work, entry, number, None, "Posted")
    leave_trail(work, "GLBATCH", number, "create")
    return (("RECORDNO", str(number)),)


def update_journal_entry(work: Work, element: etree._Element) -> Keys:
    """The same entry with these lines and no others; its reversal follows."""
    number = (element.findtext("RECORDNO") or "").strip()
    row = work.books.row("SELECT * FROM GLBATCH WHERE RECORDNO = CAST(? AS INTEGER)", [number])
    if row is None or not number.isdecimal():
        raise Refused(Complaint(f"Cannot update non-existing GLBATCH with RECORDNO={number}."))
    _check_changeable(work, row)
    if row["STATE"] != "Draft" and (element.findtext("STATE") or "").strip() == "Draft":
        raise Refused(complaint("A posted journal entry cannot become a draft."))
    for name, kept in (("JOURNAL", row["JOURNAL"]), ("REVERSEDATE", row["REVERSEDATE"])):
        if element.find(name) is None and kept:
            etree.SubElement(element, name).text = american(kept) if "DATE" in name else kept
    entry = read_entry(work, element)
    _rewrite(work, entry, row["RECORDNO"], entry.day, 1, row["STATE"])
    _reverse(work, entry, row["RECORDNO"], row["REVERSEDKEY"], row["STATE"])
    leave_trail(work, "GLBATCH", row["RECORDNO"], "modify")
    return (("RECORDNO", str(row["RECORDNO"])),)


def delete_journal_entry(work: Work, number: int) -> None:
    """The entry and its reversal are gone, unless one lies in a closed period."""
    row = work.books.row("SELECT * FROM GLBATCH WHERE RECORDNO = ?", [number])
    assert row is not None
    _check_changeable(work, row)
    if row["REVERSEDKEY"]:
        _erase(work, row["REVERSEDKEY"])
    _erase(work, number)


def _check_changeable(work: Work, row: sqlite3.Row) -> None:
    """Refused where the entry is another document's, another entry's reversal, or closed off."""
    if row["MODULE"] not in (None, "2.GL"):
        text = f"The journal entry belongs to a document of {row['MODULE']}; change that one."
        raise Refused(complaint(text))
    if work.books.row("SELECT 1 FROM GLBATCH WHERE REVERSEDKEY = ?", [row["RECORDNO"]]):
        raise Refused(complaint("The journal entry reverses another one; change that one."))
    _check_erasable(work, row["RECORDNO"])
    if row["REVERSEDKEY"]:
        _check_erasable(work, row["REVERSEDKEY"])


def _reverse(work: Work, entry: Entry, number: int, reversal: int | None, state: str) -> None:
    """The reversal stands on the day the entry says, and nowhere where it says none."""
    if not entry.reversed_on:
        if reversal:
            _erase(work, reversal)
            update(work, "GLBATCH", number, dict.fromkeys(REVERSAL))
        return
    if reversal:
        _rewrite(work, entry, reversal, entry.reversed_on, -1, state)
        leave_trail(work, "GLBATCH", reversal, "modify")
    else:
        reversal = _write(work, entry, entry.reversed_on, -1, entry.day)
        leave_trail(work, "GLBATCH", reversal, "create")
    days: dict[str, Value] = dict.fromkeys(("REVERSED", "REVERSEDATE"), entry.reversed_on)
    update(work, "GLBATCH", number, days | {"REVERSEDKEY": reversal})


def _erase(work: Work, number: int) -> None:
    work.books.run("DELETE FROM GLENTRY WHERE BATCHNO = ?", [number])
    work.books.run("DELETE FROM GLBATCH WHERE RECORDNO = ?", [number])
    leave_trail(work, "GLBATCH", number, "delete")


def _rewrite(work: Work, entry: Entry, number: int, day: str, turn: int, state: str) -> None:
    """What was sent is changed in the header, and the lines are these."""
    changes = _header(work, entry, day, state)
    if turn == -1:
        changes["REVERSEDFROM"] = entry.day
    sent = {n: v for n, v in changes.items() if n not in HEADERS or n in entry.words}
    update(work, "GLBATCH", number, sent)
    work.books.run("DELETE FROM GLENTRY WHERE BATCHNO = ?", [number])
    _write_lines(work, entry, number, day, turn)


def _header(work: Work, entry: Entry, day: str, state: str) -> dict[str, Value]:
    symbol, source = entry.words["JOURNAL"], entry.words.get("BASELOCATION_NO")
    table = "STATJOURNAL" if entry.statistical else "GLJOURNAL"
    journal = work.books.row(f"SELECT RECORDNO, ADJ FROM {table} WHERE SYMBOL = ?", [symbol])  # noqa: S608
    base = work.books.row(
        "SELECT RECORDNO, NAME FROM LOCATIONENTITY WHERE LOCATIONID = ?", [source]
    )
    return {
        "BATCH_TITLE": entry.words["BATCH_TITLE"],
        "BATCH_DATE": day,
        "JOURNAL": symbol,
        "JOURNALKEY": journal[0] if journal else None,
        "ADJ": bool(journal and journal[1]),
        "STATE": entry.words.get("STATE") or state,
        "MODULE": "2.GL",
        "MODIFIED": work.books.now()[:10],
        "MODIFIEDBYID": work.caller.user.id,
        **({"BASELOCATION": base[0], "BASELOCATION_NAME": base[1]} if base else {}),
        **{name: entry.words.get(name) or None for name in HEADERS},
    }


def _write(work: Work, entry: Entry, day: str, turn: int, reverses: str | None) -> int:
    row = work.books.row(
        "SELECT COALESCE(MAX(BATCHNO), 0) + 1 FROM GLBATCH WHERE JOURNAL = ?",
        [entry.words["JOURNAL"]],
    )
    number = next_number(work, "GLBATCH")
    header: dict[str, Value] = {
        **new_record(work),
        **_header(work, entry, day, "Posted"),
        "RECORDNO": number,
        "BATCHNO": row[0] if row else 1,
        "REVERSEDATE": entry.reversed_on if turn == 1 else None,
        "REVERSEDFROM": reverses,
        "USERKEY": user_number(work),
    }
    insert(work.books.connection, "GLBATCH", [header])
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
            for name in ("DESCRIPTION", "DOCUMENT", "DEPARTMENT", "LOCATION", *DIMENSIONS)
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
