from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import Gateway, table

POST = {"account": "1000", "offset": "4000", "entity": "100", "date": "2026-01-15", "amount": "1"}


def page(gateway: Gateway, beyond: int, more: str = "", size: int = 2) -> tuple[int, int, int]:
    """Rows on the page, in all, and left, walking the ledger of one account by record number."""
    data = gateway.done(
        "<query><object>GLDETAIL</object><select><field>RECORDNO</field></select><filter><and>"
        "<equalto><field>ACCOUNTNO</field><value>4000</value></equalto>"
        f"<greaterthan><field>RECORDNO</field><value>{beyond}</value></greaterthan>{more}"
        "</and></filter><orderby><order><field>RECORDNO</field></order></orderby>"
        f"<pagesize>{size}</pagesize></query>"
    )
    left = int(data.get("numremaining") or -1)
    return len(table(data)), int(data.get("totalcount") or -1), left


def test_each_step_of_a_walk_counts_what_is_left_in_either_direction(gateway: Gateway) -> None:
    # Sales has the lines 2, 4, 5, 8 and 10.
    steps = {0: (2, 5, 3), 4: (2, 3, 1), 8: (1, 1, 0), 2: (2, 4, 2), 10: (0, 0, 0), 3: (2, 4, 2)}

    assert {beyond: page(gateway, beyond) for beyond in steps} == steps


def test_what_was_counted_is_forgotten_when_somebody_writes(gateway: Gateway) -> None:
    before = page(gateway, 0)
    gateway.sandbox("post", POST)

    assert (before, page(gateway, 0)) == ((2, 5, 3), (2, 6, 4))


def test_unlike_conditions_are_counted_apart(gateway: Gateway) -> None:
    west = "<equalto><field>LOCATIONID</field><value>110</value></equalto>"
    fixed = "<lessthanorequalto><field>RECORDNO</field><value>5</value></lessthanorequalto>"

    assert [page(gateway, 0, more, size=1) for more in ("", west, fixed)] == [
        (1, 5, 4),
        (1, 1, 0),
        (1, 3, 2),
    ]


def test_pages_by_offset_bring_each_row_once_in_any_order_of_asking(gateway: Gateway) -> None:
    def numbers(offset: int, beyond: int = 0) -> list[str]:
        data = gateway.done(
            "<query><object>GLDETAIL</object><select><field>RECORDNO</field></select><filter>"
            f"<greaterthan><field>RECORDNO</field><value>{beyond}</value></greaterthan></filter>"
            "<orderby><order><field>RECORDNO</field></order></orderby>"
            f"<pagesize>4</pagesize><offset>{offset}</offset></query>"
        )
        totals.add((beyond, data.get("totalcount")))
        return [row["RECORDNO"] for row in table(data)]

    totals: set[tuple[int, str | None]] = set()
    whole = [str(number) for number in range(1, 13)]  # there are twelve lines
    for offset in (8, 4, 6, 0, 11, 12, 40, 8):
        assert numbers(offset) == whole[offset : offset + 4]
    assert numbers(2, beyond=5) == ["8", "9", "10", "11"]
    assert totals == {(0, "12"), (5, "7")}
    gateway.done_without_data("<delete><object>GLBATCH</object><keys>1</keys></delete>")
    assert numbers(4) == ["7", "8", "9", "10"]


@pytest.mark.parametrize("beyond", ["-1", "9223372036854775807", "+1"])
def test_odd_record_numbers_are_compared_as_numbers(gateway: Gateway, beyond: str) -> None:
    rows, total, _ = page(gateway, int(beyond))

    assert (rows, total) == ((0, 0) if len(beyond) > 2 else (2, 5))
