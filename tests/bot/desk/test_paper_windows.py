from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.desk.paper_windows import (
    export_window,
    options,
    sources_window,
    suggestions,
    table_window,
)
from bot.errors import NotUnderstood
from bot.messages.message import Column, Menu, Modal, Table
from bot.messages.paper import Figure, Paper
from bot.messages.render import view_of
from tests.snapshots import looks_like

READ = datetime(2026, 11, 21, 9, tzinfo=UTC)
COLUMNS = (
    Column("Account"),
    Column("Month"),
    Column("Where", wraps=True),
    Column("Amount USD", "right", adds=True),
)


def paper(months: int = 25) -> Paper:
    """Sales of MKT, 1.10 in each month, the oldest first; one month of rent; a forecast."""
    sales = tuple(
        ("4000", f"20{24 + n // 12}-{n % 12 + 1:02d}", "MKT", Decimal("1.10"))
        for n in range(months)
    )
    return Paper(
        id="FC-ABCDEFGHIJ",
        title="Revenue forecast, US Inc (100)",
        currency="USD",
        questions=("Account balances of US Inc (100). Accounts 4000, 6000.",),
        columns=COLUMNS,
        rows=(*sales, ("6000", "2026-01", None, Decimal("-5.00"))),
        figures=(
            Figure("Year before · Sales", Decimal("1.10") * months, ((0, months),)),
            Figure("Next 3 months · Sales", Decimal("3.30"), ((0, months),), "smoothing. Best"),
            Figure("All", Decimal("1.10") * months - 5, ((0, months + 1),)),
            Figure("Nothing", Decimal(0), ()),
        ),
        read_at=READ,
        tables=(
            Table(
                "Lines",
                (Column("Line"), Column("New", "right", adds=True), Column("%", "right")),
                tuple((f"{4000 + n} Sales", Decimal("2.50"), "n/m") for n in range(45)),
                total=("Total", Decimal("112.50"), None),
            ),
        ),
        opens=((0, months),),
    )


def words(modal: Modal) -> str:
    return str(view_of(modal))


def test_a_figure_that_is_a_sum_says_that_it_ties_and_shows_its_newest_rows_first() -> None:
    drawn = view_of(sources_window(paper(), 0, 0))

    assert "Ties: 25 rows add up to 27.50." in str(drawn)
    assert "Rows 1 – 20 of 25, newest first; this page 22.00, all of them 27.50." in str(drawn)
    assert "All rows: Account 4000, Where MKT." in str(drawn)
    assert str(drawn).index("2026-01") < str(drawn).index("2025-12")
    assert "no row hidden by your rights" in str(drawn)
    assert looks_like("sources", drawn)


def test_a_figure_that_was_computed_says_how_and_what_its_rows_add_up_to() -> None:
    said = words(sources_window(paper(), 1, 0))

    assert (
        "smoothing. Best.\\nComputed, not the sum of its rows. "
        "Made from 25 rows, which add up to 27.50." in said
    )
    assert "Ties" not in said


def test_the_next_page_holds_the_rest_and_says_what_it_adds_up_to() -> None:
    said = words(sources_window(paper(), 0, 1))

    assert "Rows 21 – 25 of 25, newest first; this page 5.50, all of them 27.50." in said
    assert "FC-ABCDEFGHIJ|0|0" in said  # back
    assert "'paper.sources.more'" not in said
    assert words(sources_window(paper(), 0, 99)) == said  # there is none: the last one


def test_what_differs_between_rows_has_a_column_of_its_own() -> None:
    said = words(sources_window(paper(), 2, 0))

    assert "6000" in said
    assert "Each:" not in said


def test_a_figure_without_rows_says_so_and_one_there_is_not_is_the_first() -> None:
    assert "nothing was posted there" in words(sources_window(paper(), 3, 0))
    assert "Year before · Sales" in words(sources_window(paper(), 99, 0))


def test_rows_hidden_by_rights_are_counted() -> None:
    assert "3 rows hidden by your rights" in words(sources_window(replace(paper(), hidden=3), 0, 0))


def test_rows_with_entries_below_can_be_opened_and_others_cannot() -> None:
    (menu,) = (
        part
        for part in sources_window(paper(2), 2, 0).parts
        if isinstance(part, Menu) and part.action.startswith("paper.entries.pick")
    )

    assert [option.value for option in menu.options] == ["FC-ABCDEFGHIJ|1|0", "FC-ABCDEFGHIJ|0|0"]
    assert menu.options[0].label == "4000 · 2024-02 · MKT · 1.10"


def test_many_figures_are_looked_up_by_their_words() -> None:
    figures = tuple(Figure(f"New · {n} Sales", Decimal(n), ()) for n in range(250))
    many = replace(paper(), figures=figures)

    drawn = view_of(sources_window(many, 7, 0))

    assert "external_select" in str(drawn)
    assert len(options(many)) == 250
    assert len(suggestions(many, "paper.sources.pick", "")) == 100
    found = suggestions(many, "paper.sources.pick", "sales 249")
    assert [option.value for option in found] == ["FC-ABCDEFGHIJ|249|0"]


def test_a_table_opens_whole_in_pages_with_the_sum_of_each_and_of_all() -> None:
    first, last = words(table_window(paper(), 0, 0)), words(table_window(paper(), 0, 2))

    assert "45 lines in USD" in first
    assert "4019 Sales" in first
    assert "4020 Sales" not in first
    assert "50.00" in first  # this page, 20 x 2.50
    assert "12.50" in last  # 5 x 2.50
    assert "4044 Sales" in last
    assert "112.50" in first
    assert "112.50" in last


def test_a_table_there_is_not_is_said() -> None:
    with pytest.raises(NotUnderstood, match="no longer have these lines"):
        table_window(paper(), 1, 0)


def test_an_export_says_what_it_holds_and_where_it_goes_before_it_is_made() -> None:
    drawn = view_of(export_window(paper()))

    assert "45 lines and 26 source rows" in str(drawn)
    assert "direct messages, where only you see it" in str(drawn)
    assert looks_like("export", drawn)


def test_a_record_without_lines_is_not_offered_as_lines() -> None:
    assert "CSV of the lines" not in words(export_window(replace(paper(), tables=())))


def test_a_long_name_keeps_its_place_and_its_amount_and_is_found_by_what_is_left_out() -> None:
    name = f"Next 3 months · 6420 {'Consulting and other advice ' * 3}for the year · "
    both = (Figure(f"{name}{where}", Decimal("1234.50"), ()) for where in ("FIN", "MKT"))
    long = replace(paper(), figures=tuple(both))

    labels = [option.label for option in options(long)]

    assert [len(label) for label in labels] == [75, 75]
    assert [label[-30:] for label in labels] == [
        "e for the year · FIN: 1,234.50",
        "e for the year · MKT: 1,234.50",
    ]
    assert labels[0].startswith("Next 3 months · 6420 Consult")
    found = suggestions(long, "paper.sources.pick", "other mkt")
    assert [option.value for option in found] == ["FC-ABCDEFGHIJ|1|0"]
