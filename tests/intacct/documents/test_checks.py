from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from analytics.ledger import Currency, Dimensions, Problem, dimensions
from analytics.ledger.dimension import DEPARTMENT, DimensionKey
from intacct.documents import checks


def said(problems: Iterator[Problem]) -> list[str]:
    return [problem.sentence for problem in problems]


def test_words_that_may_be_missing_still_have_to_fit() -> None:
    assert said(checks.optional_wording("x", "The memo", "", 5)) == []
    assert said(checks.optional_wording("x", "The memo", "123456", 5)) == [
        "The memo has 6 characters; at most 5 fit."
    ]
    assert said(checks.wording("x", "The memo", "", 5)) == ["The memo is blank; give it one."]


@pytest.mark.parametrize(
    ("amount", "money", "words"),
    [
        ("1.5", "JPY", ["1.5 has fractions, and JPY has no coins so small."]),
        ("100", "JPY", []),
        ("1.001", "KWD", ["1.001 has fractions of a hundredth; round it first."]),
        ("1.01", "USD", []),
        ("NaN", "USD", ["NaN is no amount; give a number."]),
        ("-1.00", "USD", []),
    ],
)
def test_an_amount_is_in_whole_coins_of_its_currency(
    amount: str, money: str, words: list[str]
) -> None:
    assert said(checks.amount("x", Decimal(amount), Currency(money))) == words


@pytest.mark.parametrize("amount", ["0", "-0.01"])
def test_nothing_and_less_are_not_more_than_nothing(amount: str) -> None:
    assert said(checks.positive("x", Decimal(amount))) == [f"{amount} must be greater than zero."]
    assert said(checks.positive("x", Decimal("0.01"))) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "The exchange rate is 0; it must be above zero."),
        ("NaN", "The exchange rate is NaN; it must be above zero."),
        ("1E+10", "The exchange rate is 1E+10; check it."),
    ],
)
def test_an_exchange_rate_is_above_zero_and_no_slip(value: str, words: str) -> None:
    assert said(checks.rate("x", Decimal(value))) == [words]
    assert said(checks.rate("x", Decimal("0.0067"))) == said(checks.rate("x", None)) == []


def test_a_day_of_another_century_is_a_slip() -> None:
    assert said(checks.day("x", "The date", date(202, 1, 1))) == [
        "The date is 0202-01-01; check the year."
    ]
    assert said(checks.day("x", "The date", date(2026, 1, 1))) == []


@pytest.mark.parametrize("number", ["", "0", "-1", "1.0", "A7", " 7"])
def test_a_record_number_is_digits(number: str) -> None:
    assert said(checks.record_number("x", "The invoice", number)) == [
        f"The invoice is “{number}”, which is no record number of Intacct's."
    ]
    assert said(checks.record_number("x", "The invoice", "7")) == []


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (dimensions({"department": "SALES", "GLDIMREGION": "7"}), []),
        (dimensions({"colour": "red"}), ["Intacct knows no dimension “colour”."]),
        (
            dimensions({"department": " S"}),
            ["“S” has blanks or characters that cannot be sent."],
        ),
        (
            frozenset({DimensionKey(DEPARTMENT, "A"), DimensionKey(DEPARTMENT, "B")}),
            ["A dimension has two values; a line has one of each."],
        ),
    ],
)
def test_a_line_names_each_dimension_once_and_in_intaccts_words(
    where: Dimensions, words: list[str]
) -> None:
    assert said(checks.places("x", where)) == words
