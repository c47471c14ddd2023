"""Looks into the books that nobody waits for: connections of their own, which cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sandbox.intacct.books import Books, Clock

MOST_IDLE = 8


class Readers:
    """Reading connections of one company; each belongs to one request, or one open read."""

    def __init__(self, company: Path, clock: Clock) -> None:
        self._company = company
        self._clock = clock
        self._lock = Lock()
        self._idle: list[Books] = []
        self._closed = False

    @contextmanager
    def one(self) -> Iterator[Books]:
        """A reader for as long as it is needed."""
        books = self.take()
        try:
            yield books
        finally:
            self.give_back(books)

    def take(self) -> Books:
        """A reader to be given back later."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Books(self._company, self._clock, reading=True)

    def give_back(self, books: Books) -> None:
        """The reader is free again; whatever it was reading is over."""
        if books.connection.in_transaction:
            books.run("ROLLBACK")
        with self._lock:
            if not self._closed and len(self._idle) < MOST_IDLE:
                self._idle.append(books)
                return
        books.close()

    def close(self) -> None:
        """Readers that are free are closed now, the others when they are given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for books in idle:
            books.close()
