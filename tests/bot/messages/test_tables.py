from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.messages.message import Column, Message, Modal, Ratio, Row, Table, says
from bot.messages.render import blocks_of, plain_blocks_of, view_of
from bot.messages.tables import seen, words_of

LINES = (Column("Line", wraps=True), Column("USD", "right", adds=True), Column("%", "right"))


def figure(cell: Any) -> str:
    return str(cell.get("text") or cell["elements"][0]["elements"][0]["text"])


def section(blocks: list[Any]) -> list[str]:
    return [block["text"]["text"] for block in blocks if block["type"] == "section"]


def lines(many: int) -> Table:
    """1.50 in each line; the column adds up."""
    rows = tuple((f"40{n:02d}", Decimal("1.50"), Ratio(Decimal("0.1"))) for n in range(many))
    return Table("Lines", LINES, rows, total=("Total", Decimal("1.50") * many, None))


def test_what_is_not_shown_is_one_row_that_adds_up() -> None:
    words = words_of(lines(13))

    assert len(words) == 13
    assert words[11] == ["and 3 more lines", "4.50", "–"]
    assert words[12] == ["Total", "19.50", "–"]


def test_a_rest_of_its_own_is_taken_where_it_stands_for_just_these_rows() -> None:
    table = Table("L", LINES, lines(12).rows, rest=("two others", Decimal("3.00"), "n/m"))

    assert words_of(table)[11] == ["two others", "3.00", "n/m"]
    assert seen(table, 5).rest == (["and 7 more lines", "10.50", "–"],)


def test_counts_add_up_as_counts() -> None:
    columns = (Column("Day"), Column("Rows", "right", adds=True))
    table = Table("Days", columns, tuple((f"{n}", 400) for n in range(14)))

    assert words_of(table)[-1] == ["and 4 more lines", "1,600"]


def test_a_second_table_is_lined_up_under_its_name_and_one_without_a_total_can_be_sorted() -> None:
    names: tuple[Row, ...] = (("Orbit", Decimal("47.00"), None),)

    drawn = blocks_of(Message("t", "r", (lines(2), lines(3), Table("Late", LINES, names))))

    kinds = [block["type"] for block in drawn]
    assert kinds == ["header", "section", "section", "table", "section", "section", "data_table"]
    assert section(drawn)[1:3] == ["*Lines*", "*Lines*"]
    assert section(drawn)[3].splitlines()[1:] == [
        "4000   1.50  10.0\u00a0%",
        "4001   1.50  10.0\u00a0%",
        "4002   1.50  10.0\u00a0%",
        "Total  4.50       –```",
    ]
    assert drawn[-1]["caption"] == "Late"
    assert drawn[-1]["rows"][1][1] == {"type": "raw_number", "value": 47.0, "text": "47.00"}


def test_a_name_too_long_for_a_phone_wraps_beside_its_figure() -> None:
    columns = (Column("Customer"), Column("USD", "right"))
    long = "Kestrel Brewing and Distilling Company of the North"
    table = Table("Customers", columns, ((long, Decimal("1234.50")),))

    (text,) = section(plain_blocks_of(Message("t", "r", (table,))))[1:]

    assert text.splitlines() == [
        "```Customer                             USD",
        "Kestrel Brewing and Distilling  1,234.50",
        "Company of the North```",
    ]


def test_more_figures_than_a_phone_shows_side_by_side_stand_below_their_name() -> None:
    columns = (Column("Line"), *(Column(f"Quarter {n}", "right") for n in (1, 2, 3, 4)))
    row = ("4000 *Sales*", *[Decimal("1234567.89")] * 3, None)

    (text,) = section(plain_blocks_of(Message("t", "r", (Table("Q", columns, (row,)),))))[1:]

    assert text == (
        "*4000 ∗Sales∗*\nQuarter 1 1,234,567.89 · Quarter 2 1,234,567.89 · Quarter 3 1,234,567.89"
    )


def test_chinese_letters_take_two_places_so_figures_stay_in_line() -> None:
    columns = (Column("Name"), Column("USD", "right"))
    table = Table("T", columns, (("株式会社", Decimal("1.00")), ("Acme Ltd", Decimal("2.00"))))

    view = view_of(Modal("m", "t", "FC-1", (table,)))

    assert section(view["blocks"])[0].splitlines()[1:] == ["株式会社  1.00", "Acme Ltd  2.00```"]


def test_an_empty_table_says_so_and_no_cell_is_empty() -> None:
    (said,) = section(blocks_of(Message("t", "r", (Table("Open items", LINES, ()),))))[1:]
    drawn = blocks_of(Message("t", "r", (Table("T", LINES, (("", None, ""),)),)))

    assert said == "*Open items: nothing to show.*"
    assert [figure(cell) for cell in drawn[2]["rows"][1]] == ["–", "–", "–"]


def test_columns_beyond_those_slack_draws_are_counted() -> None:
    wide = Table("T", tuple(Column(f"c{n}") for n in range(23)), (tuple(range(23)),))

    drawn = blocks_of(Message("t", "r", (wide,), "foot"))

    assert len(drawn[2]["rows"][1]) == 20
    assert drawn[3]["elements"][0]["text"] == "No room here for: 3 columns."


def test_a_button_opens_only_what_is_not_shown_and_by_the_tables_own_number() -> None:
    message = Message("t", "r", (lines(3), says("between"), lines(30)), paper="FC-1")

    (row,) = [block for block in blocks_of(message) if block["type"] == "actions"]

    assert row["elements"][0]["text"]["text"] == "All 30 lines"
    assert row["elements"][0]["value"] == "FC-1|1|0"
