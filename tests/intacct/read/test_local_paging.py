"""Every row once from the local gateway, while its books are written between the pages."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from intacct.client import Call
from intacct.condition import equal
from intacct.read.query import rows, tuple_pages, tuples
from intacct.wire import text_of
from tests.intacct.local import Local
from tests.intacct.read.conftest import Shared

RUN = 3  # neighbours taken off together: one alone would be made up for by the shared row
HOW = st.sampled_from(["put on", "taken off", "taken off", "set aside"])
CHANGES = st.lists(
    st.lists(st.tuples(st.integers(1, 60), HOW), max_size=2), min_size=3, max_size=12
)


class Interrupted(list[Call]):
    """The record of calls; something happens after every answer, whichever thread had asked."""

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__()
        self._happens = happens

    def append(self, call: Call) -> None:
        super().append(call)
        self._happens()


def fill(shared: Shared, numbers: set[int]) -> None:
    shared.run("DELETE FROM CLASS")
    for number in numbers:
        put_on(shared, number)


def put_on(shared: Shared, number: int) -> None:
    shared.run(
        "INSERT OR REPLACE INTO CLASS (RECORDNO, CLASSID, NAME, DESCRIPTION, STATUS)"
        " VALUES (?, ?, ?, 'meant', 'active')",
        number,
        f"C{number}",
        f"Class {number}",
    )


def change(shared: Shared, number: int, how: str) -> None:
    match how:
        case "put on":
            put_on(shared, number)
        case "taken off":
            shared.run("DELETE FROM CLASS WHERE RECORDNO BETWEEN ? AND ?", number, number + RUN - 1)
        case _:
            shared.run("UPDATE CLASS SET DESCRIPTION = 'other' WHERE RECORDNO = ?", number)


@settings(max_examples=30)
@given(st.sets(st.integers(1, 60), min_size=35), CHANGES, st.integers(3, 8), st.integers(1, 3))
def test_what_is_there_throughout_comes_once_while_others_write(
    shared: Shared,
    numbers: set[int],
    changes: list[list[tuple[int, str]]],
    size: int,
    ahead: int,
) -> None:
    fill(shared, numbers)
    upcoming = iter(changes)

    def somebody_writes() -> None:
        for number, how in next(upcoming, []):
            change(shared, number, how)

    calls = Interrupted(somebody_writes)
    books = Local(shared.gateway.url, shared.local.path, calls).books()
    where = equal("DESCRIPTION", "meant")
    pages = tuple_pages(books, "CLASS", ("RECORDNO",), where, page=size, ahead=ahead)
    got = [int(number) for page in pages for (number,) in page]
    books.close()

    everything = [one for some in changes for one in some]
    aside = {number for number, how in everything if how == "set aside"}
    off = {number + n for number, how in everything if how == "taken off" for n in range(RUN)}
    came = {number for number, how in everything if how == "put on"}
    assert got == sorted(set(got))
    assert numbers - aside - off <= set(got) <= numbers | came


def test_records_and_texts_say_the_same_and_keep_the_order_asked_for(shared: Shared) -> None:
    fill(shared, set(range(1, 26)))
    fields = ("NAME", "DESCRIPTION", "PARENTID")

    records = [
        tuple(text_of(record, field) for field in fields)
        for record in rows(shared.books, "CLASS", fields, page=7)
    ]

    assert records == list(tuples(shared.books, "CLASS", fields, page=7))
    assert records[24] == ("Class 25", "meant", "")
    with_number = tuples(shared.books, "CLASS", ("NAME", "RECORDNO"), page=7)
    assert list(with_number)[8] == ("Class 9", "9")


def test_one_full_page_costs_one_call(shared: Shared) -> None:
    fill(shared, set(range(1, 26)))
    before = len(shared.local.outcomes("query"))

    assert len(list(tuples(shared.books, "CLASS", ("NAME",), page=25))) == 25

    assert len(shared.local.outcomes("query")) == before + 1
