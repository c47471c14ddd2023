from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.messages.message import Column, Fan, Home, LineChart, LineSeries, Message, Table
from bot.messages.picture import key_of
from bot.messages.render import (
    blocks_of,
    home_of,
    pictures_of,
    plain_blocks_of,
    without,
)

TWO = (Decimal("1000.00"), Decimal("-5.00"))
CHART = LineChart("Revenue a month", ("Nov 26", "Dec 26"), (LineSeries("Forecast", TWO),), "USD")
FAN = Fan(
    "Revenue", "Revenue in USD, 80 % range 1.00 to 2.00.", "USD", ("Nov",), (), *[TWO[:1]] * 3
)
MONEY = (Column("Line"), Column("USD", "right"))
TABLE = Table("Lines", MONEY, (("4000", TWO[0]),), total=("Total", TWO[0]))


def kinds(blocks: list[dict[str, object]]) -> list[object]:
    return [block["type"] for block in blocks]


def test_a_chart_slack_refuses_is_a_table_with_the_same_figures_and_leaves_the_table_alone() -> (
    None
):
    blocks = without(Message("t", "r", (CHART, TABLE)), {"data_visualization"})

    assert kinds(blocks) == ["header", "section", "data_table", "table"]
    assert blocks[2]["caption"] == "Revenue a month, USD"
    assert [[cell["text"] for cell in row] for row in blocks[2]["rows"]] == [
        ["Period", "Forecast"],
        ["Nov 26", "1,000.00"],
        ["Dec 26", "(5.00)"],
    ]


def test_where_only_text_is_taken_a_chart_is_lines_and_a_picture_its_sentence() -> None:
    blocks = plain_blocks_of(Message("t", "r", (CHART, FAN)))

    said = [block["text"]["text"] for block in blocks[2:]]
    assert said == [
        "*Revenue a month, USD*",
        "```Period  Forecast\nNov 26  1,000.00\nDec 26    (5.00)```",
        "Revenue in USD, 80\u00a0% range 1.00 to 2.00.",
    ]


def test_a_picture_stands_where_its_file_is_known_and_is_left_out_until_then() -> None:
    message = Message("t", "r", (FAN,))

    (image,) = blocks_of(message, {key_of(FAN): "F0123ABCDEF"})[2:]

    assert image["slack_file"] == {"id": "F0123ABCDEF"}
    assert image["alt_text"] == FAN.says
    assert kinds(blocks_of(message)) == ["header", "section"]


def test_a_third_chart_and_one_slack_cannot_draw_want_a_picture_and_are_figures_without() -> None:
    third = replace(CHART, title="Third")
    long = replace(
        CHART, labels=tuple("abcdefghijklmnopqrstu"), series=(LineSeries("s", TWO[:1] * 21),)
    )
    message = Message("t", "r", (CHART, long, CHART, third))

    assert pictures_of(message) == (long, third)
    assert kinds(blocks_of(message))[2:] == ["data_visualization", "data_table"] * 2
    assert kinds(blocks_of(message, {key_of(long): "F0123ABCDEF"}))[3] == "image"


def test_outside_a_message_every_chart_wants_a_picture() -> None:
    home = Home((CHART,))

    assert pictures_of(home) == (CHART,)
    assert kinds(home_of(home)["blocks"]) == ["data_table"]
    (image,) = home_of(home, {key_of(CHART): "F0123ABCDEF"})["blocks"]
    assert image["type"] == "image"
    assert image["alt_text"] == (
        "Revenue a month, USD: Forecast from 1,000.00 in Nov 26 to (5.00) in Dec 26."
    )


def test_labels_that_are_alike_once_cut_are_not_drawn_by_slack() -> None:
    labels = ("the same twenty letters 1", "the same twenty letters 2")

    assert kinds(blocks_of(Message("t", "r", (replace(CHART, labels=labels),))))[2] == "data_table"
