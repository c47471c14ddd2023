"""Conditions as Intacct writes them."""

from __future__ import annotations

import pytest
from lxml import etree

from intacct.condition import (
    Between,
    Condition,
    Empty,
    Every,
    Like,
    OneOf,
    above,
    all_of,
    any_of,
    condition_element,
    equal,
    one_of,
)


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
