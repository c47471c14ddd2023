from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.as_csv import as_csv, harmless
from bot.messages.message import Column, Ratio, Row

COLUMNS = (Column("Line"), Column("Month"), Column("Amount"), Column("Change"))
TEXTS = st.text(max_size=20)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**20)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_is_one_header_row_and_plain_figures() -> None:
    rows: tuple[Row, ...] = (
        ("4000 Müller, “A” & Co", "2026-01", Decimal("1234.50"), Ratio(Decimal("0.061"))),
        ('say "no"', "2026-02", Decimal("-5.00"), Ratio(None)),
        ("nothing", None, Decimal("1E+3"), 7),
    )

    content = as_csv(COLUMNS, rows)

    assert (
        content
        == (
            "\ufeffLine,Month,Amount,Change\r\n"
            '"4000 Müller, “A” & Co",2026-01,1234.50,0.061\r\n'
            '"say ""no""",2026-02,-5.00,\r\n'
            "nothing,,1000,7\r\n"
        ).encode()
    )


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("x")'],
)
def test_a_name_that_would_run_in_a_spreadsheet_does_not(name: str) -> None:
    assert read(as_csv(COLUMNS[:1], ((name,),)))[1] == [f"'{name}"]


def test_a_name_that_turns_what_follows_around_leaves_the_figures_as_they_are() -> None:
    line = as_csv(COLUMNS[:1], (("\u202etxt.exe\u2067 6200",), ("\u202e=1+1",))).decode("utf-8-sig")

    assert line.splitlines()[1:] == ["txt.exe 6200", "'=1+1"]


def test_a_negative_amount_is_no_formula() -> None:
    assert harmless("4000-A") == "4000-A"
    assert read(as_csv(COLUMNS[:1], ((Decimal("-5.00"),),)))[1] == ["-5.00"]


@given(st.lists(st.tuples(TEXTS, AMOUNTS), max_size=8))
def test_what_is_read_back_is_what_was_written(lines: list[tuple[str, Decimal]]) -> None:
    _, *back = read(as_csv((Column("Line"), Column("Amount")), tuple(lines)))

    assert [(harmless(name), amount) for name, amount in lines] == [
        (name, Decimal(amount)) for name, amount in back
    ]
