"""The text of readByQuery as conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
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
    all_of,
    any_of,
    different,
    empty,
    equal,
    filled,
    from_on,
    like,
    none_of,
    one_of,
    problems,
)
from intacct.read.where_parser import parsed_where
from intacct.read.where_text import spelled_out, where_text

FIELDS = st.sampled_from(["NAME", "AMOUNT", "_x9", "notes", "Inn"])
VALUES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32)
    | st.sampled_from("'\\%_ \n\t()"),
    max_size=8,
)
LEAVES = st.one_of(
    st.builds(
        Compared,
        FIELDS,
        st.sampled_from(["equalto", "notequalto", "lessthan", "greaterthanorequalto"]),
        VALUES,
    ),
    st.builds(lambda field, ends: Between(field, *sorted(ends)), FIELDS, st.tuples(VALUES, VALUES)),
    st.builds(OneOf, FIELDS, st.lists(VALUES, min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(Like, FIELDS, VALUES, st.booleans()),
    st.builds(Empty, FIELDS, st.booleans()),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda join, parts: join(tuple(parts)),
        st.sampled_from([Every, Either]),
        st.lists(inner, min_size=2, max_size=4),
    ),
    max_leaves=12,
).filter(lambda condition: not problems(condition))


@given(CONDITIONS)
def test_a_condition_written_and_read_again_is_the_same(condition: Condition) -> None:
    assert parsed_where(where_text(condition)) == spelled_out(condition)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (r"VENDORNAME = 'Jane\'s Deli'", equal("VENDORNAME", "Jane's Deli")),
        ("amount >= -12.50", from_on("amount", "-12.50")),
        (
            "A = '1' or B = '2' and C = '3'",
            any_of(equal("A", "1"), all_of(equal("B", "2"), equal("C", "3"))),
        ),
        (
            "(A = 1 OR B = 2) AND C is null",
            all_of(any_of(equal("A", "1"), equal("B", "2")), empty("C")),
        ),
        ("A in ('x', 5) and B not in ('y')", all_of(one_of("A", ["x", "5"]), none_of("B", ["y"]))),
        ("NOT A = 'x'", different("A", "x")),
        ("not (A like 'x%' or B is null)", all_of(Like("A", "x%", negated=True), filled("B"))),
        ("NOT (A < 5 AND NOT B = 2)", any_of(from_on("A", "5"), equal("B", "2"))),
        ("((A LIKE '_'))", like("A", "_")),
        ("  ", None),
    ],
)
def test_the_grammar_is_read(text: str, condition: Condition | None) -> None:
    assert parsed_where(text) == condition


def test_more_than_a_thousand_values_are_read_as_several_sets() -> None:
    listed = ", ".join(str(n) for n in range(1001))

    assert parsed_where(f"A IN ({listed})") == one_of("A", list(range(1001)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A = ", "the query has its end at place 5, where a value is expected"),
        ("A == '1'", "the query has “=” at place 4, where a value is expected"),
        ("A = 'x", "the query cannot be read at place 5: 'x"),
        ("A = 'x' B = 'y'", "the query has “B” at place 9, where the end is expected"),
        ("CUSTOMER.NAME = 'x'", "the query cannot be read at place 9: .NAME = 'x'"),
        ("A <> 'x'", "the query has “>” at place 4, where a value is expected"),
        ("A NOT 'x'", "the query has “x” at place 7, where LIKE or IN is expected"),
        ("A BETWEEN 1 AND 2", "the query has “BETWEEN” at place 3, where an operator is expected"),
        ("(A = 1", "the query has its end at place 7, where “)” is expected"),
        ("'A' = 1", "the query has “A” at place 1, where a field is expected"),
        ("A = 1x", "the query cannot be read at place 5: 1x"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as told:  # noqa: PT011 - the whole sentence is compared
        parsed_where(text)

    assert str(told.value) == sentence


def test_parentheses_without_end_are_refused_and_not_followed() -> None:
    with pytest.raises(ValueError, match="100 parentheses"):
        parsed_where("(" * 5000 + "A = 1" + ")" * 5000)
