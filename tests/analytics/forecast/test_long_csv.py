from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import MalformedRows
from analytics.forecast.engine import forecast
from analytics.forecast.long_csv import HEADER, read_long, write_long
from analytics.ledger import month, shifted


def lines(text: str) -> list[str]:
    return [f"{line.strip()}\n" for line in text.strip().splitlines()]


def test_rows_become_series_in_whatever_order_they_come() -> None:
    sheet = read_long(
        lines("""
            unique_id,ds,y
            sales,2025-02-01,2.5
            rent,2025-01-01,700
            sales,2025-01-01,-1.25
        """)
    )

    sales, rent = sheet.lines
    assert (sales.key, sales.first) == ("sales", month(2025, 1))
    assert sales.amounts == (-1_250_000, 2_500_000)
    assert rent.amounts == (700_000_000,)
    assert sheet.digits == {"sales": 6, "rent": 6}


def test_other_columns_and_other_orders_do_no_harm() -> None:
    sheet = read_long(lines("y,note,ds,unique_id\n3,hello,2025-01-01,a"))

    assert sheet.lines[0].amounts == (3_000_000,)


def test_large_amounts_keep_what_a_float_can_hold() -> None:
    sheet = read_long(lines("unique_id,ds,y\na,2025-01-01,123456789012.25"))

    assert sheet.digits == {"a": 3}
    assert sheet.lines[0].amounts == (123_456_789_012_250,)


def test_digits_of_a_float_written_out_in_full_are_kept() -> None:
    sheet = read_long(lines("unique_id,ds,y\na,2025-01-01,0.0000012345"))

    assert sheet.digits == {"a": 10}
    assert sheet.lines[0].amounts == (12345,)


def test_every_bad_row_is_named_by_its_line() -> None:
    with pytest.raises(MalformedRows) as refused:
        read_long(
            lines("""
                unique_id,ds,y
                a,2025-01-01,1
                a,2025-01-02,1
                a,2025-13-01,1
                a,20250201,1
                a,2025-02-01,
                a,2025-03-01,nan
                a,2025-04-01,"1,000"
                ,2025-01-01,1
                a,2025-01-01,2
                a
            """)
        )

    said = str(refused.value).splitlines()
    assert said == [
        "line 3: “2025-01-02” is not the first day of a month (YYYY-MM-01)",
        "line 4: “2025-13-01” is not the first day of a month (YYYY-MM-01)",
        "line 5: “20250201” is not the first day of a month (YYYY-MM-01)",
        "line 6: “” is no number",
        "line 7: “nan” is no number",
        "line 8: “1,000” is no number",
        "line 9: no unique_id",
        "line 10: a has 2025-01 twice",
        "line 11: “” is not the first day of a month (YYYY-MM-01)",
    ]


def test_after_twenty_bad_rows_the_others_are_counted() -> None:
    rows = "\n".join("a,never,1" for _ in range(25))

    with pytest.raises(MalformedRows) as refused:
        read_long(lines(f"unique_id,ds,y\n{rows}"))

    said = str(refused.value).splitlines()
    assert len(said) == 21
    assert said[-1] == "and 5 more"


def test_a_missing_month_is_named_with_its_series() -> None:
    with pytest.raises(MalformedRows, match=r"^series b has no row for 2025-02$"):
        read_long(
            lines("""
                unique_id,ds,y
                a,2025-01-01,1
                b,2025-01-01,1
                b,2025-03-01,1
            """)
        )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: no column unique_id, ds, y"),
        ("unique_id,month,y", "line 1: no column ds"),
        ("unique_id,ds,y", "line 1: a header and no rows"),
    ],
)
def test_a_file_without_columns_or_rows_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(MalformedRows, match=sentence):
        read_long(lines(text))


def test_forecasts_are_written_with_their_decimals() -> None:
    months = (shifted(month(2023, 1), n) for n in range(24))
    rows = "\n".join(f'"a, b",{m.first},12.50' for m in months)
    sheet = read_long(lines(f"unique_id,ds,y\n{rows}"))

    text = list(write_long(forecast(sheet.lines, 2), sheet.digits))

    table = list(csv.reader(text))
    assert tuple(table[0]) == HEADER
    assert [row[:3] for row in table[1:]] == [
        ["a, b", "2025-01-01", "12.5"],
        ["a, b", "2025-02-01", "12.5"],
    ]
    assert {row[-1] for row in table[1:]} == {"recent mean"}
    assert Decimal(table[1][3]) < Decimal("12.5") < Decimal(table[1][4])


@given(st.lists(st.decimals(-(10**8), 10**8, places=6, allow_nan=False), min_size=1, max_size=12))
def test_nothing_is_lost_up_to_six_decimals(figures: list[Decimal]) -> None:
    months = (shifted(month(2023, 1), n) for n in range(len(figures)))
    rows = "\n".join(f"a,{m.first},{y}" for m, y in zip(months, figures, strict=True))

    sheet = read_long(lines(f"unique_id,ds,y\n{rows}"))

    digits = sheet.digits["a"]
    assert [Decimal(a).scaleb(-digits) for a in sheet.lines[0].amounts] == figures
