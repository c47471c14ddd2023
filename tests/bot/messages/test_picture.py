from __future__ import annotations

import struct
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.messages.drawing import tick_names, title_lines
from bot.messages.message import Fan, LineChart, LineSeries
from bot.messages.picture import draw, key_of


def points(*amounts: int) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, amounts))


FAN = Fan(
    "Revenue a month, US Inc (100), Sep 2026 – Dec 2026", "Revenue …", "USD",
    ("Sep 26", "Oct 26", "Nov 26", "Dec 26"), points(-5000, 2000), points(3000, 4000),
    points(2000, 1000), points(4000, 7000), points(1000, -2000), points(5000, 10_000),
)  # fmt: skip


def size(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_the_same_ranges_are_the_same_picture_of_a_size_for_phones() -> None:
    first, again = draw(FAN), draw(FAN)

    assert size(first) == (1600, 900)
    assert first == again
    assert b"tEXt" not in first  # no date, no version
    assert draw(replace(FAN, mid=points(3000, 4001))) != first


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "chart",
    [
        LineChart("$x^2$ 株式会社 \x00 " * 30, (), (), ""),
        LineChart("flat", ("a",), (LineSeries("only $", points(7)),), "USD"),
        LineChart("l", ("a", "b"), tuple(LineSeries("s", points(n, -n)) for n in range(9)), "%"),
        Fan("coming alone", "", "", ("a",), (), *[points(0)] * 3),
    ],
)
def test_anything_can_be_drawn(chart: LineChart | Fan) -> None:
    assert size(draw(chart)) == (1600, 900)


def test_a_long_title_keeps_to_two_lines_above_the_picture_and_names_the_unit() -> None:
    name = f"6210 {'N' * 80} {'x' * 149}"

    first, second = title_lines(replace(FAN, title=f"{name} a month, US Inc (100)"))

    assert first.startswith("6210 N")
    assert second.endswith("…, USD")
    long, cut_to = (replace(FAN, title=f"{'W' * many}") for many in (400, 500))
    assert draw(long) == draw(cut_to)


def test_ticks_are_in_one_unit_with_separators_and_minus_in_parentheses() -> None:
    assert tick_names([-500_000.0, 0.0, 500_000.0]) == ["(500k)", "0", "500k"]
    assert tick_names([1_000_000.0, 1_250_000.0]) == ["1.00M", "1.25M"]
    assert tick_names([0.0, 250.0]) == ["0", "250"]
    assert tick_names([2e12]) == ["2,000bn"]


def test_a_picture_is_known_by_what_is_drawn() -> None:
    assert key_of(FAN) == key_of(replace(FAN))
    assert key_of(FAN) != key_of(replace(FAN, unit="EUR"))
    assert len(key_of(FAN)) == 64
