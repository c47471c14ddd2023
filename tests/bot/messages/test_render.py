from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Field,
    LineChart,
    LineSeries,
    Mention,
    Message,
    Modal,
    Table,
    says,
)
from bot.messages.render import blocks_of, plain_blocks_of, text_of, view_of
from bot.messages.words import cut, inert

ANY = st.text(max_size=4000)


def texts(block: Any) -> list[str]:
    """Every text Slack would read signs in, anywhere in the block."""
    if isinstance(block, dict):
        own = [block["text"]] if block.get("type") == "mrkdwn" else []
        return own + [text for value in block.values() for text in texts(value)]
    if isinstance(block, list):
        return [text for value in block for text in texts(value)]
    return []


def test_a_customer_named_channel_rings_nobody() -> None:
    message = Message("Aging", "<!channel> ACME owes 5.00", (says(Bold("<@U1>"), " & <#C1>"),))

    shown = " ".join(texts(blocks_of(message)))

    assert "<!channel>" not in shown
    assert "<@U1>" not in shown
    assert "&lt;!channel&gt; ACME" in shown
    assert "<!channel>" not in text_of(message)


def test_the_blank_after_bold_words_stays_outside_so_that_slack_reads_the_marks() -> None:
    shown = texts(blocks_of(Message("t", says(Bold("To undo: "), "delete it"))))

    assert shown == ["*To undo:* delete it"]


def test_a_result_with_bold_words_is_spoken_without_marks() -> None:
    message = Message("Card", says(Bold("USD 5.00 "), "from ", Mention("U02BEN")))

    assert text_of(message) == "Card: USD 5.00 from <@U02BEN>"


def test_a_percent_sign_never_leaves_its_figure() -> None:
    assert texts(blocks_of(Message("t", "off by 1.5 %"))) == ["off by 1.5\u00a0%"]


def test_a_sum_stands_out_and_nothing_else_does_where_it_did_not_fit() -> None:
    columns = (Column("Line", wraps=True), Column("USD", "right"))
    five = Decimal("5.00")
    short = Table("Lines", columns, (("4000", five),), total=("Total", five))
    rows = tuple(("x" * 120, Decimal("1.00")) for _ in range(99))
    long = Table("Lines", columns, rows, total=("Total", Decimal("99.00")), shown=99)

    drawn = blocks_of(Message("t", "r", (short, long)))[2:]

    kinds = [[row[0]["type"] for row in block["rows"]] for block in drawn]
    assert kinds[0] == ["raw_text", "raw_text", "rich_text"]
    assert set(kinds[1]) == {"raw_text"}
    assert drawn[0]["column_settings"] == [
        {"align": "left", "is_wrapped": True},
        {"align": "right"},
    ]


def test_a_person_meant_is_mentioned() -> None:
    assert texts(blocks_of(Message("t", "r", (says("by ", Mention("U02BEN")),)))) == [
        "r",
        "by <@U02BEN>",
    ]


def test_foreign_words_cannot_turn_bold_or_into_code() -> None:
    (_, shown) = texts(blocks_of(Message("t", "r", (says("*bold* `code` ~gone~"),))))

    assert not set("*`~") & set(shown)


def test_hidden_letters_and_controls_are_left_out() -> None:
    assert inert("pay\u202enow\u200b\x00") == "paynow"


def test_a_long_text_is_split_into_sections_slack_takes() -> None:
    words = "word " * 2000

    sections = [b for b in blocks_of(Message("t", words)) if b["type"] == "section"]

    assert len(sections) > 1
    assert all(len(b["text"]["text"]) <= 3000 for b in sections)
    assert " ".join(b["text"]["text"] for b in sections) == words.strip()


def test_a_table_stays_inside_slacks_cells_and_has_no_empty_one() -> None:
    rows = tuple(("", "x" * 500, str(n)) for n in range(300))
    table = Table("T", (Column("A"), Column("B"), Column("C", "right")), rows, shown=300)

    block = blocks_of(Message("t", "r", (table,)))[2]
    cells = [cell["text"] for row in block["rows"] for cell in row]

    assert len(block["rows"]) <= 100
    assert all(cells)
    assert sum(map(len, cells)) <= 10_000
    assert block["column_settings"][2]["align"] == "right"


def test_a_chart_carries_its_points_and_its_unit() -> None:
    chart = LineChart(
        "Revenue", ("Nov 26", "Dec 26"), (LineSeries("Forecast", (Decimal(1), Decimal(2))),), "USD"
    )

    block = blocks_of(Message("t", "r", (chart,)))[2]

    assert block["type"] == "data_visualization"
    assert block["chart"]["axis_config"]["categories"] == ["Nov 26", "Dec 26"]
    assert block["chart"]["series"][0]["data"] == [
        {"label": "Nov 26", "value": 1.0},
        {"label": "Dec 26", "value": 2.0},
    ]


def test_what_slack_may_not_know_yet_is_said_in_words_too() -> None:
    table = Table("T", (Column("A"), Column("B")), (("4000", "10.00"),))
    chart = LineChart("c", ("x",), (LineSeries("s", (Decimal(1),)),), "USD")

    drawn = plain_blocks_of(Message("t", "r", (chart, table)))

    assert {block["type"] for block in drawn} == {"header", "section"}
    assert "4000 · 10.00" in " ".join(texts(drawn))


def test_a_dangerous_button_asks_first() -> None:
    button = Button("Approve", "proposal.approve", "PRP-1", "primary", "This writes USD 5.00.")

    (drawn,) = blocks_of(Message("t", "r", (Buttons((button,)),)))[2]["elements"]

    assert drawn["value"] == "PRP-1"
    assert drawn["confirm"]["text"]["text"] == "This writes USD 5.00."


def test_a_table_in_a_window_is_lined_up() -> None:
    table = Table(
        "T", (Column("Account"), Column("Amount", "right")), (("4000", Decimal("1000.00")),)
    )

    view = view_of(Modal("m", "Sources", "FC-1", (table,)))

    assert texts(view) == ["```Account    Amount\n4000     1,000.00```"]
    assert "submit" not in view


def test_a_window_with_a_field_can_be_sent() -> None:
    view = view_of(Modal("m", "Reject", "PRP-1", (), (Field("reason", "Reason"),), "Reject"))

    assert view["submit"]["text"] == "Reject"
    assert view["private_metadata"] == "PRP-1"
    assert view["blocks"][0]["block_id"] == "reason"


@given(ANY, ANY, ANY, ANY)
def test_whatever_is_said_slack_takes_it(title: str, result: str, words: str, cell: str) -> None:
    message = Message(
        title,
        result,
        (says(words, Bold(words)), Table("T", (Column("A"),), ((cell,),))),
        footer=words,
    )

    blocks = blocks_of(message)

    assert len(blocks) <= 50
    assert 1 <= len(blocks[0]["text"]["text"]) <= 150
    for text in texts(blocks):
        assert len(text) <= 3000
        assert "<!" not in text
    assert len(text_of(message)) <= 4000


@given(st.text(min_size=1), st.integers(1, 50))
def test_cutting_never_makes_a_text_longer(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
