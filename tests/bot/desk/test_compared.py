from __future__ import annotations

from bot.desk.compared import lines_as_table, review_modal
from bot.messages.render import view_of
from bot.messages.tables import words_of
from tests.bot.desk.test_cards import line, proposal


def test_what_is_not_shown_is_a_number_so_that_the_total_can_be_checked() -> None:
    many = [line(str(4000 + n), "10.00", "12.50") for n in range(30)]

    shown = words_of(lines_as_table(many, 10))

    assert len(shown) == 13
    assert shown[11][:4] == ["and 20 more lines", "200.00", "250.00", "50.00"]
    assert shown[12][1:] == ["300.00", "375.00", "75.00", "+25.00 %"]


def test_a_total_with_lines_that_were_not_there_has_no_percent() -> None:
    table = lines_as_table([line("4000", "10.00", "12.50"), line("4100", None, "5.00")], 10)

    assert words_of(table)[-1][1:] == ["10.00", "17.50", "7.50", "n/m"]


def test_many_lines_are_paged() -> None:
    lines = tuple(line(str(4000 + n), "10.00", "20.00") for n in range(45))
    shown = proposal(*lines)

    first, last = review_modal(shown, lines, 0), review_modal(shown, lines, 9)

    assert "proposal.review.page.1" in str(view_of(first))
    assert "proposal.review.page.1" in str(view_of(last))  # page 9 there is not: the last one
    assert "4044 Sales" in str(view_of(last))


def test_where_all_is_new_only_the_amounts_are_shown() -> None:
    table = lines_as_table([line(str(4000 + n), None, "2.50") for n in range(12)], 10)

    shown = words_of(table)

    assert shown[0] == ["Line", "New"]
    assert shown[11:] == [["and 2 more lines", "5.00"], ["Total", "30.00"]]


def test_the_window_has_the_lines_in_the_order_of_the_card() -> None:
    lines = (line("4000", "10.00", "20.00"), line("4100", "10.00", "90.00"))
    shown = proposal(*lines)

    drawn = str(view_of(review_modal(shown, lines, 0)))

    assert drawn.index("4100 Sales") < drawn.index("4000 Sales")
    assert "2 lines of 2 are new, or changed" in drawn
