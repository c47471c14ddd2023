"""A condition selects the same rows at the local gateway as on paper, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intacct.condition import (
    Between,
    Compared,
    Condition,
    Either,
    Empty,
    Every,
    Like,
    OneOf,
    between,
    different,
    empty,
    equal,
    none_of,
)
from intacct.read.query import tuples
from intacct.wire import Value, value_text
from tests.intacct.read.conftest import Shared

Cell = str | int | Decimal | date | None
WORDS = ("north", "North", "nor_h", "10", "9", "it's", "<&>", "é", "50%", " x ")
DAYS = tuple(date(2026, 1, 30) + timedelta(days=n) for n in range(6))
AMOUNTS = tuple(Decimal(text) for text in ("-10.00", "-9.99", "0.00", "9.50", "10.00", "100.01"))
STATES = ("Posted", "Paid", "Draft")
POOLS: dict[str, tuple[Value, ...]] = {
    "RECORDID": WORDS,
    "DUE_IN_DAYS": (-10, -9, 0, 2, 10),
    "TOTALDUE": AMOUNTS,
    "WHENDUE": DAYS,
    "SYSTEMGENERATED": (True, False),
    "STATE": STATES,
    "CUSTOMER.NAME": ("Jane's Deli", "ORBIT <Holdings> & Co", "orbit"),
}
COLUMNS = tuple(POOLS)
CUSTOMERS = {"C1": "Jane's Deli", "C2": "ORBIT <Holdings> & Co", None: None}


def sheet() -> dict[int, dict[str, Cell]]:
    """Forty rows in which every value meets others, and every field is empty now and then."""
    made: dict[int, dict[str, Cell]] = {}
    for number in range(1, 41):
        row: dict[str, Cell] = {
            field: None if (number + place) % 5 == 0 else pool[number * (place + 1) % len(pool)]
            for place, (field, pool) in enumerate(list(POOLS.items())[:-1])
        }
        row["CUSTOMERID"] = ("C1", "C2", None)[number % 3]
        row["CUSTOMER.NAME"] = CUSTOMERS[("C1", "C2", None)[number % 3]]
        made[number] = row
    return made


ROWS = sheet()


@pytest.fixture(scope="module")
def filled_in(shared: Shared) -> Shared:
    shared.run("DELETE FROM ARINVOICE")
    for number, row in ROWS.items():
        due, total = row["WHENDUE"], row["TOTALDUE"]
        shared.run(
            "INSERT INTO ARINVOICE (RECORDNO, RECORDID, DUE_IN_DAYS, TOTALDUE, WHENDUE,"
            " SYSTEMGENERATED, STATE, CUSTOMERID) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            number,
            *(kept(row["RECORDID"]), kept(row["DUE_IN_DAYS"])),
            int(total * 100) if isinstance(total, Decimal) else None,
            due.isoformat() if isinstance(due, date) else None,
            *(kept(row["SYSTEMGENERATED"]), kept(row["STATE"]), kept(row["CUSTOMERID"])),
        )
    return shared


def kept(cell: Cell) -> str | int | None:
    assert not isinstance(cell, Decimal | date)
    return cell


def value_of(field: str, text: str) -> Cell:
    """The value that was written as this text, as the field's own kind."""
    if field in ("RECORDID", "STATE", "CUSTOMER.NAME"):
        return text
    return next(value for value in POOLS[field] if value_text(value) == text)


COMPARE: dict[str, Callable[[Cell, Cell], bool]] = {
    "equalto": lambda a, b: a == b,
    "notequalto": lambda a, b: a != b,
    "lessthan": lambda a, b: a < b,  # type: ignore[operator]
    "lessthanorequalto": lambda a, b: a <= b,  # type: ignore[operator]
    "greaterthan": lambda a, b: a > b,  # type: ignore[operator]
    "greaterthanorequalto": lambda a, b: a >= b,  # type: ignore[operator]
}


def holds(condition: Condition, row: dict[str, Cell]) -> bool:
    """The condition on paper; nothing meets no comparison, not even a negated one."""
    match condition:
        case Every(parts):
            return all(holds(part, row) for part in parts)
        case Either(parts):
            return any(holds(part, row) for part in parts)
        case Empty(field, negated):
            return (row[field] is None) is not negated
    cell, field = row[condition.field], condition.field
    if cell is None:
        return False
    match condition:
        case Compared(_, comparison, value):
            return COMPARE[comparison](cell, value_of(field, value))
        case Between(_, low, high):
            return value_of(field, low) <= cell <= value_of(field, high)  # type: ignore[operator]
        case OneOf(_, values, negated):
            return (cell in [value_of(field, value) for value in values]) is not negated
        case Like(_, pattern, negated):
            return fits(pattern, str(cell)) is not negated


def fits(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(fits(pattern[1:], text[at:]) for at in range(len(text) + 1))
    return bool(text) and pattern[0] in ("_", text[0]) and fits(pattern[1:], text[1:])


@st.composite
def leaves(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(COLUMNS))
    values = st.sampled_from([value_text(value) for value in POOLS[field]])
    textual = field in ("RECORDID", "STATE", "CUSTOMER.NAME")
    kind = draw(st.sampled_from(("compared", "between", "set", "empty", "like")))
    negated = draw(st.booleans())
    match kind:
        case "compared":
            return Compared(field, draw(st.sampled_from(list(COMPARE))), draw(values))
        case "between":
            one, other = draw(st.tuples(*(st.sampled_from(POOLS[field]),) * 2))
            low, high = sorted((one, other))
            return between(field, low, high)
        case "set":
            return OneOf(field, tuple(draw(st.lists(values, min_size=1, max_size=4))), negated)
        case "like" if textual:
            return Like(field, draw(st.text("no%_'9P", min_size=1, max_size=4)), negated)
    return Empty(field, negated)


CONDITIONS = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(CONDITIONS)
def test_the_gateway_and_paper_select_the_same_rows(filled_in: Shared, where: Condition) -> None:
    found = {
        int(number) for (number,) in tuples(filled_in.books, "ARINVOICE", ("RECORDNO",), where)
    }

    assert found == {number for number, row in ROWS.items() if holds(where, row)}


def test_what_is_empty_is_found_by_empty_alone(filled_in: Shared) -> None:
    def count(where: Condition) -> int:
        return len(list(tuples(filled_in.books, "ARINVOICE", ("RECORDNO",), where)))

    posted, not_posted = equal("STATE", "Posted"), different("STATE", "Posted")
    assert count(empty("STATE")) == 8
    assert count(posted) + count(not_posted) == 32
    assert count(none_of("STATE", ["Posted"])) == count(not_posted)
    assert count(Like("STATE", "Posted", negated=True)) == count(not_posted)
