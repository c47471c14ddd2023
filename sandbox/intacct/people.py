"""What people do in Intacct while programs are not looking: they post, and they close periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from lxml import etree

from sandbox.company.setup import Closed, User, write_setup
from sandbox.intacct.books import Books, Caller
from sandbox.intacct.journals import create_journal_entry
from sandbox.intacct.reply import child
from sandbox.intacct.shown import american
from sandbox.intacct.work import Work

CONTROLLER = Caller(User("controller", "", ("*",)), "", "ui")


def post_entry(work: Work, words: Mapping[str, object]) -> int:
    """Posts one amount from an account to its offset in an entity; the entry's record number.

    `amount` is text, positive to debit the account; the journal is `GJ` unless one is named.
    """
    entry = _entry({name: str(value) for name, value in words.items()})
    work.books.run("BEGIN")
    try:
        keys = dict(create_journal_entry(work, entry))
    except BaseException:
        work.books.run("ROLLBACK")
        raise
    work.books.run("COMMIT")
    return int(keys["RECORDNO"])


def close_periods(books: Books, through: date) -> None:
    """Closes the ledger of every entity through a day."""
    setup = books.setup()
    kept = tuple(one for one in setup.closed if one.application != "GL")
    entities = [row[0] for row in books.rows("SELECT LOCATIONID FROM LOCATIONENTITY")]
    closed = tuple(Closed(entity, "GL", through) for entity in entities)
    write_setup(books.connection, replace(setup, closed=kept + closed))


def _entry(words: Mapping[str, str]) -> etree._Element:
    missing = [
        name for name in ("account", "offset", "entity", "date", "amount") if not words.get(name)
    ]
    if missing:
        raise ValueError(f"{', '.join(missing)} is missing")
    made = etree.Element("GLBATCH")
    child(made, "JOURNAL", words.get("journal", "GJ"))
    child(made, "BATCH_DATE", american(date.fromisoformat(words["date"]).isoformat()))
    child(made, "BATCH_TITLE", words.get("title", "Posted by hand"))
    entries = child(made, "ENTRIES")
    credit = words["amount"].startswith("-")
    for account, side in ((words["account"], credit), (words["offset"], not credit)):
        line = child(entries, "GLENTRY")
        child(line, "ACCOUNTNO", account)
        child(line, "TR_TYPE", "-1" if side else "1")
        child(line, "TRX_AMOUNT", words["amount"].lstrip("-"))
        child(line, "DEPARTMENT", words.get("department", ""))
        child(line, "LOCATION", words.get("location") or words["entity"])
    return made
