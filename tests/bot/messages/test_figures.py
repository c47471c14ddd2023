from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.ledger import Currency, month
from bot.messages import figures


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1234567.5", "1,234,567.5"),
        ("-42640.00", "(42,640.00)"),
        ("0.00", "0.00"),
        ("-0.01", "(0.01)"),
    ],
)
def test_an_amount_has_thousands_and_a_negative_one_parentheses(value: str, said: str) -> None:
    assert figures.amount(Decimal(value)) == said


def test_coins_have_their_currencys_digits() -> None:
    assert figures.coins(123450, Currency("USD")) == "1,234.50"
    assert figures.coins(1234, Currency("JPY")) == "1,234"
    assert figures.coins(-1234567, Currency("KWD")) == "(1,234.567)"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0609, "6.1 %"),
        (None, "n/m"),
        (-0.007, "−0.7 %"),
        (Decimal("0.9"), "90.0 %"),
        (0, "0.0 %"),
    ],
)
def test_a_ratio_to_nothing_means_nothing(value: float | Decimal | None, said: str) -> None:
    assert figures.ratio(value) == said


def test_a_change_has_a_sign_and_enough_digits_to_tell_fifteen_from_a_bit_more() -> None:
    assert figures.ratio(Decimal("0.1501"), digits=2, signed=True) == "+15.01 %"
    assert figures.ratio(Decimal("0.15"), digits=2, signed=True) == "+15.00 %"
    assert figures.ratio(Decimal("-0.03456"), digits=2, signed=True) == "−3.46 %"
    assert figures.ratio(None, digits=2, signed=True) == "n/m"


def test_a_change_from_nothing_is_no_ratio() -> None:
    assert figures.change(500, 0) is None
    assert figures.change(50, -100) == Decimal("1.5")


def test_periods_and_instants_are_said_whole() -> None:
    assert figures.span(month(2026, 11), month(2027, 10)) == "Nov 2026 – Oct 2027"
    assert figures.span(month(2026, 11), month(2026, 11)) == "Nov 2026"
    assert figures.instant(datetime(2026, 1, 2, 9, 5, tzinfo=UTC)) == "2 Jan 2026 09:05 UTC"


def test_where_figures_come_from_is_said_with_both_clocks() -> None:
    read, asked = (datetime(2026, 11, 21, 9, minute, tzinfo=UTC) for minute in (0, 2))

    assert figures.sourced(read, None) == "read 21 Nov 2026 09:00 UTC"
    assert figures.sourced(read, asked) == ("as of 21 Nov 2026 09:02 UTC, from the copy of 09:00")
    assert figures.sourced(read, asked.replace(day=22)) == (
        "as of 22 Nov 2026 09:02 UTC, from the copy of 21 Nov 2026 09:00 UTC"
    )


def test_one_is_not_many() -> None:
    assert figures.count(1, "line") == "1 line"
    assert figures.count(1204, "entry", "entries") == "1,204 entries"
