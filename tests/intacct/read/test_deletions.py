"""What was deleted: at the local gateway, and on paper where pages of the trail fail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from intacct.errors import NotPermitted, Refused
from intacct.read.deletions import read_deletions
from intacct.wire import element
from tests.intacct.paper import Desk, errors, result, results, signed_in
from tests.intacct.read.conftest import Shared

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_a_deleted_record_is_found_with_its_key_and_its_time(shared: Shared) -> None:
    call = element("delete", None, element("object", "GLBUDGETHEADER"), element("keys", "1"))
    shared.books.write(call, key="delete the budget")

    (gone,) = read_deletions(shared.books, LONG_AGO, ["GLBUDGETHEADER", "CUSTOMER"]).found
    assert (gone.object, gone.key, gone.by) == ("GLBUDGETHEADER", "1", "bot_user")
    later = gone.at + timedelta(seconds=1)
    assert read_deletions(shared.books, gone.at, ["GLBUDGETHEADER"]).found == (gone,)
    assert read_deletions(shared.books, later, ["GLBUDGETHEADER"]).found == ()
    assert read_deletions(shared.books, LONG_AGO, ["CUSTOMER"]).found == ()


def sheet(first: int, last: int, left: int) -> httpx.Response:
    found = "".join(
        f"<AUDITHISTORY><RECORDNO>{n}</RECORDNO><OBJECTTYPE>customer</OBJECTTYPE>"
        f"<OBJECTKEY>{n}</OBJECTKEY><ACCESSTIME>01/31/2026 09:00:00</ACCESSTIME>"
        "<USERID>u</USERID></AUDITHISTORY>"
        for n in range(first, last + 1)
    )
    return results(result(f"<data numremaining='{left}'>{found}</data>"))


def failing(words: str = "There was an error processing the request.") -> httpx.Response:
    return results(result(errors(("XL03000009", words)), status="failure"))


def test_a_page_that_fails_is_read_by_the_hundred_and_the_gap_is_said() -> None:
    desk = Desk(signed_in(), failing(), sheet(1, 100, 150), failing(), sheet(201, 250, 0))

    read = read_deletions(desk.books, LONG_AGO, ["CUSTOMER"])

    numbers = [int(one.trail_no) for one in read.found]
    assert numbers == [*range(1, 101), *range(201, 251)]
    (problem,) = read.problems
    assert "from row 101 on" in problem.sentence
    asked = [desk.paper.asked(n).find(".//query") for n in range(1, 5)]
    assert [(q.findtext("offset"), q.findtext("pagesize")) for q in asked if q is not None] == [
        ("0", "2000"),
        ("0", "100"),
        ("100", "100"),
        ("200", "100"),
    ]


def test_a_trail_of_many_pages_is_read_to_its_end() -> None:
    desk = Desk(signed_in(), sheet(1, 2, 3), sheet(3, 4, 1), sheet(5, 5, 0))

    read = read_deletions(desk.books, LONG_AGO, ["CUSTOMER"], page=2)

    assert [one.trail_no for one in read.found] == ["1", "2", "3", "4", "5"]
    assert read.problems == ()


def test_a_trail_of_which_nothing_can_be_read_is_refused() -> None:
    desk = Desk(signed_in(), failing())

    with pytest.raises(Refused, match="error processing"):
        read_deletions(desk.books, LONG_AGO, ["CUSTOMER"])


def test_a_missing_right_is_no_failing_page() -> None:
    desk = Desk(signed_in(), failing("You do not have permission for API operation READ"))

    with pytest.raises(NotPermitted):
        read_deletions(desk.books, LONG_AGO, ["CUSTOMER"])
    assert len(desk.calls) == 2
