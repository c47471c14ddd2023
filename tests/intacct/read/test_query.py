from __future__ import annotations

import httpx
import pytest
from lxml import etree

from intacct.condition import equal
from intacct.errors import Garbled
from intacct.read.query import rows, texts_of
from intacct.wire import text_of
from tests.intacct.paper import Desk, result, results, signed_in


def sheet(numbers: list[int], remaining: int) -> httpx.Response:
    found = "".join(f"<X><RECORDNO>{n}</RECORDNO><ID>id {n}</ID></X>" for n in numbers)
    return results(result(f"<data listtype='X' numremaining='{remaining}'>{found}</data>"))


def filters(desk: Desk) -> list[str]:
    asked = [desk.paper.asked(n).find(".//query/filter") for n in range(1, len(desk.calls))]
    return ["" if one is None else etree.tostring(one[0]).decode() for one in asked]


def test_each_page_begins_behind_the_last_number_seen() -> None:
    desk = Desk(signed_in(), sheet([3, 7], 2), sheet([9, 12], 0))

    found = [text_of(record, "ID") for record in rows(desk.books, "X", ("ID",), equal("A", "b"))]

    condition = "<equalto><field>A</field><value>b</value></equalto>"
    behind = "<greaterthan><field>RECORDNO</field><value>7</value></greaterthan>"
    assert found == ["id 3", "id 7", "id 9", "id 12"]
    assert filters(desk) == [condition, f"<and>{behind}{condition}</and>"]


def test_without_a_condition_only_later_pages_have_one() -> None:
    desk = Desk(signed_in(), sheet([3], 1), sheet([4], 0))

    assert len(list(rows(desk.books, "X", ("ID",)))) == 2

    behind = "<greaterthan><field>RECORDNO</field><value>3</value></greaterthan>"
    assert filters(desk) == ["", behind]


def test_a_query_asks_for_full_pages_in_the_order_of_numbers_and_for_what_entities_own() -> None:
    desk = Desk(signed_in(), sheet([], 0))

    assert list(rows(desk.books, "X", ("ID",))) == []

    query = desk.paper.asked(1).find(".//query")
    assert query is not None
    assert etree.tostring(query).decode() == (
        "<query><object>X</object><select><field>RECORDNO</field><field>ID</field></select>"
        "<orderby><order><field>RECORDNO</field><ascending/></order></orderby>"
        "<options><showprivate>true</showprivate></options><pagesize>2000</pagesize></query>"
    )


@pytest.mark.parametrize(
    "pages",
    [
        [sheet([7, 3], 0)],  # out of order
        [sheet([3], 1), sheet([3], 0)],  # the same row again
        [sheet([], 5)],  # more, and nothing
        [results(result("<data><X><RECORDNO>1</RECORDNO></X></data>"))],  # no count
    ],
)
def test_pages_that_cannot_be_trusted_are_garbled(pages: list[httpx.Response]) -> None:
    desk = Desk(signed_in(), *pages)

    with pytest.raises(Garbled):
        list(rows(desk.books, "X", ("ID",)))


def test_fields_are_told_apart_by_name_where_records_are_not_written_as_asked() -> None:
    records = (
        "<X><A>1</A><B>2</B></X>",
        "<X><B>4</B><A>3</A></X>",
        "<X><A>5</A></X>",
        "<X><A/><B>6</B></X>",
    )
    for first in range(len(records)):
        turned = records[first:] + records[:first]
        data = etree.fromstring(f"<data>{''.join(turned)}</data>")
        said = [("1", "2"), ("3", "4"), ("5", ""), ("", "6")]
        assert texts_of(data, ("A", "B")) == said[first:] + said[:first]
