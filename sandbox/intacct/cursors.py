"""Reads that were begun and have pages left: the rows as they were when the read began."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from threading import Lock

from sandbox.company.values import Stored
from sandbox.intacct.books import Books
from sandbox.intacct.conditions import Sql
from sandbox.intacct.counts import counted
from sandbox.intacct.listing import Shown
from sandbox.intacct.readers import Readers

MOST_OPEN = 100
Row = Sequence[Stored]


@dataclass(frozen=True, slots=True)
class Read:
    """What is read: records of a tag, with fields, a page at a time, by the user who asked.

    `numbers` gives the same rows as `statement`, their record numbers only.
    """

    user: str
    tag: str
    fields: tuple[Shown, ...]
    statement: Sql
    numbers: Sql
    page_size: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a read, how many it has in all, how many are left, and where they are."""

    read: Read
    rows: Sequence[Row]
    total: int
    left: int
    result_id: str


@dataclass(frozen=True, slots=True)
class _Cursor:
    """A read half given out; its reader, if it has one, stands still where the read began."""

    read: Read
    rows: Iterator[Row]
    total: int
    left: int
    reader: Books | None


class Cursors:
    """The reads that are open now.

    A read whose rows are all given out is gone, and so is the oldest when there are too many.
    """

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._lock = Lock()
        self._open: dict[str, _Cursor] = {}

    def begin(self, books: Books, read: Read) -> Page:
        """The first page, of the rows as these books have them now."""
        return self._give(self._opened(books, read), secrets.token_hex(12))

    def more(self, user: str, result_id: str) -> Page | None:
        """The next page, or nothing when this user has no such read or it is used up."""
        with self._lock:
            known = self._open.get(result_id)
            cursor = self._open.pop(result_id) if known and known.read.user == user else None
        return self._give(cursor, result_id) if cursor else None

    def latest(self, user: str, tag: str) -> str:
        """The read of such records the user began or went on with last; empty if there is none."""
        with self._lock:
            reads = [(key, one.read) for key, one in self._open.items()]
            found = [key for key, one in reads if (one.user, one.tag) == (user, tag)]
        return found[-1] if found else ""

    def close(self) -> None:
        """Every read is over."""
        with self._lock:
            held, self._open = self._open, {}
        for cursor in held.values():
            self._end(cursor)

    def _opened(self, books: Books, read: Read) -> _Cursor:
        if not books.reading:  # what is read may never be committed, so nobody else can see it
            rows = books.rows(read.statement.text, read.statement.values)
            return _Cursor(read, iter(rows), len(rows), len(rows), None)
        reader = self._readers.take()
        reader.run("BEGIN")
        found = reader.connection.execute(read.statement.text, read.statement.values)
        first = found.fetchmany(read.page_size)
        full = len(first) == read.page_size
        total = counted(reader, read.numbers) if full else len(first)
        return _Cursor(read, chain(first, found), total, total, reader)

    def _give(self, cursor: _Cursor, result_id: str) -> Page:
        rows = list(islice(cursor.rows, cursor.read.page_size))
        left = cursor.left - len(rows)
        rest = replace(cursor, left=left)
        if left:
            self._keep(rest, result_id)
        else:
            self._end(rest)
        return Page(cursor.read, rows, cursor.total, left, result_id if cursor.total else "")

    def _keep(self, cursor: _Cursor, result_id: str) -> None:
        oldest = None
        with self._lock:
            self._open[result_id] = cursor
            if len(self._open) > MOST_OPEN:
                oldest = self._open.pop(next(iter(self._open)))
        if oldest:
            self._end(oldest)

    def _end(self, cursor: _Cursor) -> None:
        if cursor.reader:
            self._readers.give_back(cursor.reader)
