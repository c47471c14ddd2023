"""Conditions as the text of readByQuery."""

from __future__ import annotations

from datetime import date

import pytest

from intacct.condition import (
    Condition,
    Either,
    all_of,
    any_of,
    between,
    different,
    empty,
    equal,
    filled,
    from_on,
    like,
    none_of,
    one_of,
)
from intacct.read.where_text import where_text


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (equal("NAME", "Jane's Deli"), r"NAME = 'Jane\'s Deli'"),
        (equal("NAME", "a\\b"), r"NAME = 'a\\b'"),
        (different("STATE", "A"), "NOT (STATE = 'A')"),
        (from_on("WHENDUE", date(2026, 3, 9)), "WHENDUE >= '03/09/2026'"),
        (between("AMOUNT", 5, 9), "AMOUNT >= '5' AND AMOUNT <= '9'"),
        (one_of("NO", ["1", "2"]), "NO IN ('1', '2')"),
        (none_of("NO", ["1"]), "NO NOT IN ('1')"),
        (like("NAME", "A%"), "NAME LIKE 'A%'"),
        (any_of(empty("A"), filled("B")), "A IS NULL OR B IS NOT NULL"),
        (
            all_of(equal("A", "1"), any_of(equal("B", "2"), between("C", 3, 4))),
            "A = '1' AND (B = '2' OR (C >= '3' AND C <= '4'))",
        ),
    ],
)
def test_each_condition_has_its_text(condition: Condition, text: str) -> None:
    assert where_text(condition) == text


def test_a_field_of_another_object_cannot_be_said() -> None:
    with pytest.raises(ValueError, match=r"CUSTOMER\.NAME"):
        where_text(all_of(equal("A", "1"), equal("CUSTOMER.NAME", "x")))


def test_what_is_wrong_is_not_written() -> None:
    with pytest.raises(ValueError, match="joins"):
        where_text(Either((equal("A", "1"),)))
