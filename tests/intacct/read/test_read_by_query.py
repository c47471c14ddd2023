"""A snapshot read to its end, at the local gateway and on paper."""

from __future__ import annotations

import httpx
import pytest

from intacct.condition import all_of, between, different, equal, like
from intacct.errors import Garbled, Refused
from intacct.read.read_by_query import rows_by_query
from intacct.wire import text_of
from tests.intacct.paper import Desk, result, results, signed_in
from tests.intacct.read.conftest import Shared


@pytest.fixture(scope="module")
def classes(shared: Shared) -> Shared:
    for n in range(1, 24):
        shared.run(
            "INSERT INTO CLASS (RECORDNO, CLASSID, NAME, DESCRIPTION, STATUS)"
            " VALUES (?, ?, ?, ?, 'active')",
            *(n, f"C{n:02}", f"Jane's {n}", "even" if n % 2 == 0 else None),
        )
    return shared


def ids(found: object) -> list[str]:
    return [text_of(record, "CLASSID") for record in found]  # type: ignore[attr-defined]


def test_every_row_of_the_moment_the_read_began_comes_once(classes: Shared) -> None:
    read = rows_by_query(classes.books, "CLASS", ("CLASSID",), page=10)

    first = [text_of(next(read), "CLASSID") for _ in range(3)]
    classes.run("DELETE FROM CLASS WHERE RECORDNO = 1")
    classes.run("INSERT INTO CLASS (RECORDNO, CLASSID, NAME) VALUES (900, 'C900', 'Late')")
    rest = ids(read)
    classes.run("DELETE FROM CLASS WHERE RECORDNO = 900")
    classes.run("INSERT INTO CLASS (RECORDNO, CLASSID, NAME) VALUES (1, 'C01', 'Jane''s 1')")

    assert first + rest == [f"C{n:02}" for n in range(1, 24)]


def test_a_condition_is_sent_in_the_words_of_read_by_query(classes: Shared) -> None:
    where = all_of(
        like("NAME", "Jane's%"), between("RECORDNO", 3, 7), different("DESCRIPTION", "odd")
    )

    assert ids(rows_by_query(classes.books, "CLASS", ("CLASSID",), where)) == ["C04", "C06"]
    assert ids(rows_by_query(classes.books, "CLASS", ("CLASSID",), "CLASSID = 'C05'")) == ["C05"]


def test_without_fields_every_field_comes(classes: Shared) -> None:
    (record,) = rows_by_query(classes.books, "CLASS", (), equal("CLASSID", "C05"))

    assert {"RECORDNO", "CLASSID", "NAME", "STATUS", "WHENMODIFIED"} <= {c.tag for c in record}


def test_nothing_found_is_nothing(classes: Shared) -> None:
    assert ids(rows_by_query(classes.books, "CLASS", (), equal("CLASSID", "none"))) == []


@pytest.mark.parametrize("page", [0, 1001])
def test_a_page_intacct_does_not_give_is_not_asked_for(classes: Shared, page: int) -> None:
    with pytest.raises(ValueError, match="1 to 1000"):
        next(rows_by_query(classes.books, "CLASS", page=page))


def sheet(numbers: list[int], total: int, left: int) -> httpx.Response:
    found = "".join(f"<class><CLASSID>C{n:02}</CLASSID></class>" for n in numbers)
    given = f"count='{len(numbers)}' totalcount='{total}' numremaining='{left}' resultId='r'"
    return results(result(f"<data listtype='class' {given}>{found}</data>"))


def test_a_page_that_was_lost_on_the_way_is_noticed() -> None:
    desk = Desk(signed_in(), sheet([1, 2], 6, 4), sheet([5, 6], 6, 0))

    with pytest.raises(Garbled, match="4 rows were left, then 0"):
        list(rows_by_query(desk.books, "CLASS", page=2))


def test_more_that_never_comes_is_garbled() -> None:
    desk = Desk(signed_in(), sheet([1, 2], 4, 2), sheet([], 4, 2))

    with pytest.raises(Garbled, match="sends nothing"):
        list(rows_by_query(desk.books, "CLASS", page=2))


def test_a_cursor_that_is_gone_is_one_refusal_that_names_it() -> None:
    words = "Attempt to readMore with an invalid or expired resultId: r"
    gone = (
        "<errormessage><error><errorno>readMore failed</errorno><description></description>"
        f"<description2>{words}</description2><correction></correction></error></errormessage>"
    )
    desk = Desk(signed_in(), sheet([1, 2], 4, 2), results(result(gone, status="failure")))

    with pytest.raises(Refused, match="expired resultId"):
        list(rows_by_query(desk.books, "CLASS", page=2))
