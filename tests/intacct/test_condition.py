"""Conditions as Intacct writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from intacct.condition import (
    Between,
    Compared,
    Condition,
    Either,
    Empty,
    Every,
    Like,
    OneOf,
    above,
    all_of,
    any_of,
    below,
    between,
    condition_element,
    different,
    empty,
    equal,
    fields_of,
    filled,
    from_on,
    like,
    none_of,
    one_of,
    problems,
    up_to,
)
from intacct.wire import Value


def written(condition: Condition) -> str:
    return etree.tostring(condition_element(condition)).decode()


def test_more_than_a_thousand_values_make_several_sets() -> None:
    few = one_of("ACCT_NO", ["1", "2"])
    many = condition_element(one_of("ACCT_NO", [str(n) for n in range(2001)]))

    assert written(few) == "<in><field>ACCT_NO</field><value>1</value><value>2</value></in>"
    assert many.tag == "or"
    assert [len(part.findall("value")) for part in many] == [1000, 1000, 1]


def test_two_conditions_hold_together() -> None:
    assert written(all_of(equal("A", "1"), above("B", "2"))) == (
        "<and><equalto><field>A</field><value>1</value></equalto>"
        "<greaterthan><field>B</field><value>2</value></greaterthan></and>"
    )


def test_one_condition_alone_is_not_joined() -> None:
    assert all_of(equal("A", "1")) == any_of(equal("A", "1")) == equal("A", "1")


def test_each_kind_has_its_operator() -> None:
    between, like = Between("A", "1", "9"), Like("A", "x%", negated=True)
    assert written(any_of(between, like, Empty("A"), Empty("A", negated=True))) == (
        "<or><between><field>A</field><value>1</value><value>9</value></between>"
        "<notlike><field>A</field><value>x%</value></notlike>"
        "<isnull><field>A</field></isnull><isnotnull><field>A</field></isnotnull></or>"
    )


@pytest.mark.parametrize(
    "impossible",
    [OneOf("A", ()), OneOf("A", ("1",) * 1001), Every((equal("A", "1"),))],
)
def test_what_intacct_would_not_understand_is_not_written(impossible: Condition) -> None:
    with pytest.raises(ValueError, match=r"holds|joins"):
        written(impossible)


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="at least one"):
        one_of("A", [])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 9), "03/09/2026"),
        (datetime(2026, 3, 9, 8, 5, 7, tzinfo=UTC), "03/09/2026 08:05:07"),
        (Decimal("-1E+3"), "-1000"),
        (True, "true"),
        (7, "7"),
        ("07", "07"),
    ],
)
def test_values_are_written_as_their_kind(value: Value, text: str) -> None:
    assert equal("A", value) == Compared("A", "equalto", text)


def test_every_operator_has_a_name() -> None:
    tags = [
        condition_element(condition).tag
        for condition in (
            equal("A", "1"),
            different("A", "1"),
            below("A", "1"),
            up_to("A", "1"),
            above("A", "1"),
            from_on("A", "1"),
            between("A", 1, 2),
            one_of("A", ["1"]),
            none_of("A", ["1"]),
            like("A", "1%"),
            empty("A"),
            filled("A"),
        )
    ]

    assert tags == [
        "equalto",
        "notequalto",
        "lessthan",
        "lessthanorequalto",
        "greaterthan",
        "greaterthanorequalto",
        "between",
        "in",
        "notin",
        "like",
        "isnull",
        "isnotnull",
    ]


def test_none_of_many_values_is_none_of_each_thousand() -> None:
    many = condition_element(none_of("A", list(range(1001))))

    assert (many.tag, [part.tag for part in many]) == ("and", ["notin", "notin"])


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (Either((equal("A", "1"),)), "It joins two conditions or more."),
        (all_of(equal("A", "1"), Every(())), "It joins two conditions or more."),
        (OneOf("A", ()), "A set holds 1 to 1000 values, not 0."),
        (Between("A", "91", "9"), "The range runs backwards, from 91 to 9."),
        (
            Between("A", "02/01/2026", "12/01/2025"),
            "The range runs backwards, from 02/01/2026 to 12/01/2025.",
        ),
        (equal("A", "a\x00b"), "A value holds characters that XML cannot carry."),
        (like("A", "\ufffe"), "A value holds characters that XML cannot carry."),
        (one_of("A", ["1", "\ud800"]), "A value holds characters that XML cannot carry."),
        (equal("A B", "1"), "That is not the name of a field."),
        (empty("CUSTOMER..NAME"), "That is not the name of a field."),
    ],
)
def test_what_is_wrong_is_said_before_it_is_sent(condition: Condition, sentence: str) -> None:
    assert [problem.sentence for problem in problems(condition)] == [sentence]
    with pytest.raises(ValueError, match=re.escape(sentence)):
        condition_element(condition)


@pytest.mark.parametrize(
    ("low", "high"),
    [(10, 9), (Decimal("9.01"), Decimal(9)), (date(2026, 2, 1), date(2025, 12, 1))],
)
def test_a_range_of_known_kind_cannot_run_backwards(low: Value, high: Value) -> None:
    with pytest.raises(ValueError, match="backwards"):
        between("A", low, high)


@pytest.mark.parametrize(
    "fine",
    [
        between("A", "10", "9"),  # in order as text, and the field may hold text
        between("A", 9, 10),
        between("A", date(2025, 12, 1), date(2026, 2, 1)),
        between("A", 5, 5),
        equal("CUSTOMER.TERM.NAME", "tab\tand\nline"),
        one_of("A", list(range(1000))),
    ],
)
def test_what_may_be_meant_is_not_refused(fine: Condition) -> None:
    assert problems(fine) == ()


def test_the_fields_of_a_condition_are_named_once_each() -> None:
    where = all_of(equal("A", "1"), any_of(empty("B.C"), equal("A", "2")))

    assert fields_of(where) == ("A", "B.C")


def test_an_instant_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        equal("A", datetime(2026, 3, 9))  # noqa: DTZ001 - that is the point
