"""How many rows there are and where a page begins, without counting twice what was counted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sandbox.intacct.books import Books
from sandbox.intacct.conditions import Sql, joined

LOWEST, HIGHEST = -(2**63), 2**63 - 1
MOST_QUESTIONS = 64
NUMBER = 't0."RECORDNO"'


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a source under conditions, beyond a record number: where a page begins."""

    source: str
    conditions: tuple[Sql, ...]
    beyond: int = LOWEST


def count(books: Books, rows: Rows) -> int:
    """How many rows there are, found from the nearest count that a reader remembers.

    A client that walks through a table by record number asks this with each page, and from one
    page to the next only the rows between the two need counting.
    """
    books.forget_old_counts()
    if len(books.counts) > MOST_QUESTIONS:
        books.counts.clear()
    where = joined("AND", [*rows.conditions, Sql("TRUE")])
    known = books.counts.setdefault((f"{rows.source} {where.text}", where.values), {})
    if rows.beyond not in known:
        known[rows.beyond] = _from_nearest(books, rows, known)
    return known[rows.beyond]


def place(books: Books, rows: Rows, offset: int) -> int:
    """The record number of the row before the one at this offset, by record number.

    A client that walks by offset asks this with each page, and from one page to the next only the
    rows between the two are passed over. Behind the last row it is the highest number there is.
    """
    books.forget_old_counts()
    if len(books.places) > MOST_QUESTIONS:
        books.places.clear()
    where = joined("AND", [*rows.conditions, Sql(f"{NUMBER} > ?", (rows.beyond,))])
    known = books.places.setdefault((f"{rows.source} {where.text}", where.values), {})
    if offset not in known:
        near = max((one for one in known if one < offset), default=0)
        known[offset] = _skip(books, rows, known.get(near, rows.beyond), offset - near)
    return known[offset]


def counted(books: Books, inner: Sql) -> int:
    """The number of rows a statement gives.

    Under a limit SQLite leaves out the joins that change nothing, which it does not for a COUNT.
    """
    found = books.row(f"SELECT COUNT(*) FROM ({inner.text} LIMIT -1)", inner.values)  # noqa: S608 - own names
    return int(found[0]) if found else 0


def _from_nearest(books: Books, rows: Rows, known: dict[int, int]) -> int:
    places = sorted(known)
    at = bisect_left(places, rows.beyond)
    near = min(
        places[max(0, at - 1) : at + 1], key=lambda one: abs(one - rows.beyond), default=None
    )
    if near is None:
        return _between(books, rows, rows.beyond, None)
    if near < rows.beyond:
        return known[near] - _between(books, rows, near, rows.beyond)
    return known[near] + _between(books, rows, rows.beyond, near)


def _skip(books: Books, rows: Rows, beyond: int, steps: int) -> int:
    where = joined("AND", [*rows.conditions, Sql(f"{NUMBER} > ?", (beyond,))])
    found = books.row(
        f"SELECT {NUMBER} {rows.source} WHERE {where.text} ORDER BY {NUMBER} LIMIT 1 OFFSET ?",
        (*where.values, steps - 1),
    )
    return int(found[0]) if found else HIGHEST


def _between(books: Books, rows: Rows, low: int, high: int | None) -> int:
    span = [Sql(f"{NUMBER} > ?", (low,))]
    span += [] if high is None else [Sql(f"{NUMBER} <= ?", (high,))]
    where = joined("AND", [*rows.conditions, *span])
    return counted(books, Sql(f"SELECT {NUMBER} {rows.source} WHERE {where.text}", where.values))
