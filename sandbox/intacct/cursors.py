"""Reads that were begun and have pages left: the rows as they were when the read began."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from threading import Lock

Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a read, how many it has in all, how many are left, and where they are."""

    object: str
    rows: tuple[Row, ...]
    total: int
    left: int
    result_id: str


@dataclass(frozen=True, slots=True)
class _Cursor:
    object: str
    rows: tuple[Row, ...]
    total: int
    page_size: int


class Cursors:
    """The reads that are open now; a read whose rows are all given out is gone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, _Cursor] = {}

    def begin(self, object_name: str, rows: tuple[Row, ...], page_size: int) -> Page:
        """The first page."""
        return self._give(_Cursor(object_name, rows, len(rows), page_size), secrets.token_hex(12))

    def more(self, result_id: str) -> Page | None:
        """The next page, or nothing when there is no such read or it is used up."""
        with self._lock:
            cursor = self._open.pop(result_id, None)
        return self._give(cursor, result_id) if cursor else None

    def _give(self, cursor: _Cursor, result_id: str) -> Page:
        now, later = cursor.rows[: cursor.page_size], cursor.rows[cursor.page_size :]
        if later:
            rest = _Cursor(cursor.object, later, cursor.total, cursor.page_size)
            with self._lock:
                self._open[result_id] = rest
        shown_id = result_id if cursor.total else ""
        return Page(cursor.object, now, cursor.total, len(later), shown_id)
