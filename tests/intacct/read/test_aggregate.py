"""Groups and their measures, at the local gateway and on paper."""

from __future__ import annotations

import httpx
import pytest

from intacct.condition import from_on
from intacct.errors import Garbled
from intacct.read.aggregate import (
    Average,
    Count,
    Greatest,
    Least,
    Order,
    Sum,
    aggregate,
)
from tests.intacct.paper import Desk, result, results, signed_in
from tests.intacct.read.conftest import Shared


def test_each_account_has_its_total_count_and_extremes(shared: Shared) -> None:
    found = aggregate(
        shared.books,
        "GLENTRY",
        by=("ACCOUNTNO",),
        measures=(Sum("AMOUNT"), Count("RECORDNO"), Least("AMOUNT"), Greatest("ENTRY_DATE")),
        where=from_on("ENTRY_DATE", "01/01/2026"),
    )

    # sales are 1000.00 and 250.50 in January, 2000.00 and 300.00 in February
    assert found == (
        ("1000", "3150.50", "3", "300.00", "02/28/2026"),
        ("4000", "3550.50", "4", "250.50", "02/28/2026"),
        ("6000", "400.00", "1", "400.00", "01/31/2026"),
        ("9000", "6.00", "2", "1.00", "02/28/2026"),
    )


def test_without_a_key_there_is_one_group(shared: Shared) -> None:
    measures = (Sum("TOTALDUE"), Average("TOTALDUE"))

    # 20.00 + 9.00 + 100.00, and a third of it
    assert aggregate(shared.books, "ARINVOICE", measures=measures) == (("129.00", "43.00"),)


def test_groups_come_in_the_order_asked_for_page_by_page(shared: Shared) -> None:
    found = aggregate(
        shared.books,
        "GLENTRY",
        by=("ACCOUNTNO", "ENTRY_DATE"),
        measures=(Count("RECORDNO"),),
        order=(Order("ACCOUNTNO", descending=True),),
        page=3,
    )

    assert [(account, day) for account, day, _ in found] == [
        ("9000", "01/31/2026"),
        ("9000", "02/28/2026"),
        ("6000", "01/31/2026"),
        ("4000", "12/31/2025"),
        ("4000", "01/31/2026"),
        ("4000", "02/28/2026"),
        ("1000", "12/31/2025"),
        ("1000", "01/31/2026"),
        ("1000", "02/28/2026"),
    ]


def test_what_cannot_order_groups_is_not_asked(shared: Shared) -> None:
    with pytest.raises(ValueError, match="AMOUNT"):
        aggregate(shared.books, "GLENTRY", measures=(Sum("AMOUNT"),), order=(Order("AMOUNT"),))
    with pytest.raises(ValueError, match="measure"):
        aggregate(shared.books, "GLENTRY", measures=())


def sheet(groups: dict[str, str], total: int, left: int, tag: str = "SUM.Y") -> httpx.Response:
    found = "".join(f"<X><K>{key}</K><{tag}>{y}</{tag}></X>" for key, y in groups.items())
    given = f"totalcount='{total}' numremaining='{left}'"
    return results(result(f"<data listtype='X' {given}>{found}</data>"))


def test_a_total_under_the_bare_name_is_a_total_too() -> None:
    desk = Desk(signed_in(), sheet({"a": "1.00"}, 1, 0, tag="Y"))

    assert aggregate(desk.books, "X", by=("K",), measures=(Sum("Y"),)) == (("a", "1.00"),)


def test_books_that_moved_between_pages_are_asked_again_from_the_start() -> None:
    desk = Desk(
        signed_in(),
        sheet({"a": "1.00", "b": "2.00"}, 3, 1),
        sheet({"b": "7.00", "c": "3.00"}, 3, 0),  # b is another amount now
        sheet({"a": "1.00", "b": "7.00"}, 3, 1),
        sheet({"b": "7.00", "c": "3.00"}, 3, 0),
    )

    found = aggregate(desk.books, "X", by=("K",), measures=(Sum("Y"),), page=2)

    assert found == (("a", "1.00"), ("b", "7.00"), ("c", "3.00"))


def test_books_that_never_stand_still_are_not_added_up() -> None:
    moving = [
        page
        for n in range(3)
        for page in (
            sheet({"a": f"{n}.00", "b": "2.00"}, 3, 1),
            sheet({"b": f"{n}.50", "c": "3.00"}, 3, 0),
        )
    ]
    desk = Desk(signed_in(), *moving)

    with pytest.raises(Garbled, match="change while"):
        aggregate(desk.books, "X", by=("K",), measures=(Sum("Y"),), page=2)


def test_a_measure_that_does_not_come_is_garbled() -> None:
    desk = Desk(signed_in(), sheet({"a": "1.00"}, 1, 0, tag="Z"))

    with pytest.raises(Garbled, match="sum of Y"):
        aggregate(desk.books, "X", by=("K",), measures=(Sum("Y"),))
