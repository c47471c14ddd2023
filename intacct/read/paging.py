"""One run of rows out of pages that shift while rows are added, changed and deleted.

Every page is a new question, answered from the books of its own moment: it holds all rows that
match at that moment, in the order of their numbers, from its first to its last. While one page is
being used the next are asked for already, each beginning one row before its predecessor ends.

Why no row is missed: let everything up to the number `last` be given out, and let a page begin at
or before `last`. A row that is there throughout and lies between `last` and the page's end was
there at the page's moment, so the page, having no gaps, holds it. Giving out what the page has
behind `last` is therefore right, whether or not the shared row is still the same one. A page that
begins behind `last` may hide a gap, made by a deletion: then all that was asked ahead is dropped
and reading goes on behind `last`, which needs no neighbour. Numbers only rise, so nothing comes
twice.

Why it ends: numbers are given in the order of entry. Once more rows came than the first page
promised, the highest number of that moment is the end; what is there throughout lies before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

from intacct.errors import Garbled

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in the order of their numbers, and how many there were behind the last of them."""

    numbers: Sequence[int]
    rows: Sequence[Row]
    remaining: int


Ask = Callable[[int, int], Page[Row]]  # the page behind this number, so many rows further on


def pages_in_order(
    ask: Ask[Row], highest: Callable[[], int], *, size: int, ahead: int
) -> Generator[Sequence[Row], None, None]:
    """The rows of page after page, each row that is there throughout exactly once.

    `size` is how many rows a full page has; up to `ahead` pages are asked for at a time, in
    threads that end with the iterator, and 0 asks for a page only when it is wanted. What one of
    them raises is raised here once, in its turn. Rows that come, go or begin to match meanwhile
    may or may not be among those given out. `highest` is the highest number that matches now.
    """
    with closing(_Ahead(ask, size, ahead)) as coming:
        page, last, end = ask(0, 0), 0, None
        promised, given = len(page.numbers) + page.remaining, 0
        while True:
            fresh = _behind(page, last)
            last, given = (page.numbers[-1] if page.numbers else last), given + len(fresh)
            if page.remaining and not fresh:
                raise Garbled("more is said to remain, and nothing is sent")
            if page.remaining and given > promised and end is None:
                end = highest()
            ended = not page.remaining or (end is not None and last >= end)
            if not ended:
                coming.fill(last, page.remaining)
            yield fresh
            if ended:
                return
            page = coming.take(last)


def _behind(page: Page[Row], last: int) -> Sequence[Row]:
    known = sum(number <= last for number in page.numbers[: _overlap(page, last)])
    return page.rows[known:]


def _overlap(page: Page[Row], last: int) -> int:
    """How far to look for known rows: nowhere in the usual page that begins behind `last`."""
    return len(page.numbers) if page.numbers and page.numbers[0] <= last else 0


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Row]):
    """A page on its way: behind which row and how far on it begins, and what it should bring."""

    page: Future[Page[Row]]
    behind: int
    offset: int
    fresh: int

    def follows(self, page: Page[Row], last: int) -> bool:
        """Whether the page leaves no gap behind `last`, and brings something."""
        if self.offset == 0 and self.behind == last:
            return True
        return bool(page.numbers) and page.numbers[0] <= last < page.numbers[-1]


class _Ahead(Generic[Row]):
    """The pages asked for before they are needed, in order; closed, it leaves no thread running."""

    def __init__(self, ask: Ask[Row], size: int, most: int) -> None:
        self._ask = ask
        self._size = size
        self._most = most if size > 1 else min(most, 1)  # pages of one row cannot share one
        self._reach = self._most
        self._asked: deque[_Asked[Row]] = deque()
        self._pool: ThreadPoolExecutor | None = None

    def fill(self, last: int, remaining: int) -> None:
        """Asks for as many pages behind `last` as are allowed and as the rows remaining need."""
        coming = sum(one.fresh for one in self._asked)
        while len(self._asked) < self._reach and coming < remaining:
            shared = 1 if self._asked else 0
            offset, fresh = coming - shared, self._size - shared
            page = self._threads().submit(self._ask, last, offset)
            self._asked.append(_Asked(page, last, offset, fresh))
            coming += fresh

    def take(self, last: int) -> Page[Row]:
        """The page with the rows behind `last`: the one asked for, or a new one if rows moved."""
        if self._asked:
            asked = self._asked.popleft()
            page = asked.page.result()
            if asked.follows(page, last):
                self._reach = min(self._reach + 1, self._most)
                return page
            self._drop()
        return self._ask(last, 0)

    def close(self) -> None:
        """Waits for what is on its way, and forgets it."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _drop(self) -> None:
        """Nothing behind a gap can be used; what moves once moves again, so reach less far."""
        for one in self._asked:
            one.page.cancel()
        self._asked.clear()
        self._reach = min(1, self._most)

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._most, thread_name_prefix="page-ahead")
        return self._pool
