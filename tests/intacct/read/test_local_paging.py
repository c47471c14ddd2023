"""Every row once from the local gateway, while its books are written between the pages."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intacct.condition import equal
from intacct.read.query import rows, tuple_pages, tuples
from intacct.wire import text_of
from tests.intacct.read.conftest import Shared

CHANGES = st.lists(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(["put on", "taken off", "set aside"])),
        max_size=5,
    ),
    max_size=8,
)


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
            shared.run("DELETE FROM CLASS WHERE RECORDNO = ?", number)
        case _:
            shared.run("UPDATE CLASS SET DESCRIPTION = 'other' WHERE RECORDNO = ?", number)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(1, 40), max_size=30), CHANGES, st.integers(2, 9), st.integers(0, 3))
def test_what_is_there_throughout_comes_once_while_others_write(
    shared: Shared,
    numbers: set[int],
    changes: list[list[tuple[int, str]]],
    size: int,
    ahead: int,
) -> None:
    fill(shared, numbers)
    throughout, ever, upcoming = set(numbers), set(numbers), iter(changes)
    got = list[int]()

    where = equal("DESCRIPTION", "meant")
    for page in tuple_pages(shared.books, "CLASS", ("RECORDNO",), where, page=size, ahead=ahead):
        got.extend(int(number) for (number,) in page)
        for number, how in next(upcoming, []):
            change(shared, number, how)
            (ever.add if how == "put on" else throughout.discard)(number)

    assert got == sorted(set(got))
    assert throughout <= set(got) <= ever


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
