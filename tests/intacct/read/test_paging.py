"""Pages that shift while they are read, over a set of numbers that changes under the reader."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intacct.errors import Garbled, Unreachable
from intacct.read.paging import Page, pages_in_order

Change = tuple[int, bool]  # a number, and whether it is put on or taken off


@dataclass(slots=True)
class Shelf:
    """Numbers put on and taken off between two answers; it counts what it was asked."""

    numbers: set[int]
    size: int
    changes: list[list[Change]] = field(default_factory=list)
    asked: list[tuple[int, int]] = field(default_factory=list)
    highest_asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, behind: int, offset: int) -> Page[str]:
        with self.lock:
            self.asked.append((behind, offset))
            found = sorted(n for n in self.numbers if n > behind)
            for number, put_on in self.changes.pop(0) if self.changes else ():
                (self.numbers.add if put_on else self.numbers.discard)(number)
        page = found[offset : offset + self.size]
        left = max(0, len(found) - offset - len(page))
        return Page(page, [f"row {n}" for n in page], left)

    def highest(self) -> int:
        self.highest_asked += 1
        return max(self.numbers, default=0)

    def pages(self, ahead: int) -> Iterator[Sequence[str]]:
        return pages_in_order(self.ask, self.highest, size=self.size, ahead=ahead)

    def read(self, ahead: int) -> list[str]:
        return [row for page in self.pages(ahead) for row in page]


def threads_ahead() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("page-ahead")]


NUMBERS = st.sets(st.integers(1, 60), min_size=10, max_size=50)
CHANGES = st.lists(st.lists(st.tuples(st.integers(1, 70), st.booleans()), max_size=6), max_size=20)


@example({1, 2, 3, 4, 5, 6, 8, 9, 10, 11}, [[], [], [], [], [(7, True)]], 2, 2)
@settings(max_examples=300)
@given(NUMBERS, CHANGES, st.integers(1, 7), st.integers(0, 4))
def test_what_is_there_throughout_comes_once_whatever_else_comes_and_goes(
    numbers: set[int], changes: list[list[Change]], size: int, ahead: int
) -> None:
    shelf = Shelf(set(numbers), size, [list(some) for some in changes])

    found = [int(row.removeprefix("row ")) for row in shelf.read(ahead)]

    went = {number for some in changes for number, put_on in some if not put_on}
    came = {number for some in changes for number, put_on in some if put_on}
    assert found == sorted(set(found))
    assert numbers - went <= set(found) <= numbers | came


@pytest.mark.parametrize(("rows", "calls"), [(0, 1), (10, 1), (11, 2), (19, 2), (20, 2), (21, 3)])
@pytest.mark.parametrize("ahead", [0, 1, 2, 5])
def test_books_that_stand_still_cost_no_more_calls_than_pages(
    rows: int, calls: int, ahead: int
) -> None:
    shelf = Shelf(set(range(1, rows + 1)), 10)

    assert len(shelf.read(ahead)) == rows
    assert (len(shelf.asked), shelf.highest_asked) == (calls, 0)


def test_the_next_pages_begin_one_row_before_their_predecessor_ends() -> None:
    shelf = Shelf(set(range(1, 31)), 10)

    assert len(shelf.read(ahead=2)) == 30
    # 11 to 20 and 20 to 29 are asked for together; behind 20, row 29 is the ninth: 29 and 30
    assert sorted(shelf.asked) == [(0, 0), (10, 0), (10, 9), (20, 8)]


def test_a_deletion_that_moves_the_window_drops_what_was_asked_ahead() -> None:
    shelf = Shelf(set(range(1, 31)), 10)
    slow = threading.Event()
    plain = shelf.ask

    def ask(behind: int, offset: int) -> Page[str]:
        if offset:
            slow.wait(5)  # answered after the deletion
        return plain(behind, offset)

    got = list[str]()
    for page in pages_in_order(ask, shelf.highest, size=10, ahead=2):
        got.extend(page)
        if len(got) == 20:
            shelf.numbers -= {11, 12}
            slow.set()

    assert [int(row.removeprefix("row ")) for row in got] == list(range(1, 31))
    assert (20, 0) in shelf.asked


def test_a_writer_faster_than_the_reader_does_not_keep_it_for_ever() -> None:
    shelf = Shelf(set(range(1, 11)), 5)

    def ask(behind: int, offset: int) -> Page[str]:
        top = max(shelf.numbers)
        shelf.numbers |= set(range(top + 1, top + 21))  # twenty come for each five that are read
        return shelf.ask(behind, offset)

    got = list[str]()
    for page in pages_in_order(ask, shelf.highest, size=5, ahead=2):
        got.extend(page)
        assert len(got) < 1000

    assert got[:10] == [f"row {n}" for n in range(1, 11)]
    assert shelf.highest_asked == 1


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_an_error_ahead_is_raised_once_in_its_turn_and_the_threads_end(ahead: int) -> None:
    shelf = Shelf(set(range(1, 41)), 10)

    def ask(behind: int, offset: int) -> Page[str]:
        if behind + offset >= 19:
            raise Unreachable("nobody answers")
        return shelf.ask(behind, offset)

    pages = pages_in_order(ask, shelf.highest, size=10, ahead=ahead)
    assert [len(next(pages)), len(next(pages))] == [10, 10]
    with pytest.raises(Unreachable):
        next(pages)
    assert list(pages) == []
    assert threads_ahead() == []


def test_a_reader_that_stops_early_leaves_no_thread_behind() -> None:
    shelf = Shelf(set(range(1, 101)), 10)
    pages = pages_in_order(shelf.ask, shelf.highest, size=10, ahead=3)

    next(pages)
    during = threads_ahead()
    pages.close()

    assert during
    assert threads_ahead() == []
    assert len(shelf.asked) <= 4


def test_more_that_is_promised_and_never_sent_is_garbled() -> None:
    pages = pages_in_order(lambda *_: Page([], [], 5), lambda: 9, size=10, ahead=2)

    with pytest.raises(Garbled):
        list(pages)
