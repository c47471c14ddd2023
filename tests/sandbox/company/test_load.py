from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.company.csv_rows import Malformed
from sandbox.company.load import load_ledger
from sandbox.company.series import read_series
from sandbox.company.setup import read_setup
from sandbox.company.store import open_company

LEDGER = """unique_id,ds,y
shop-food,1900-01-01,1000.005
shop-food,1900-02-01,-12.345
shop-food,1900-03-01,0
bar,1900-01-01,7
"""


@contextmanager
def loaded(folder: Path, text: str, currency: str = "USD") -> Iterator[sqlite3.Connection]:
    source = folder / "ledger.csv"
    source.write_text(text, encoding="utf-8")
    load_ledger(source, folder / "made" / "company.sqlite", currency, lambda _: None)
    with closing(open_company(folder / "made" / "company.sqlite")) as company:
        yield company


def rows(company: sqlite3.Connection, question: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in company.execute(question)]


def test_each_series_is_a_revenue_account_in_order_of_appearance(tmp_path: Path) -> None:
    with loaded(tmp_path, LEDGER) as company:
        accounts = rows(
            company,
            "SELECT ACCOUNTNO, TITLE, CATEGORY, NORMALBALANCE, ACCOUNTTYPE FROM GLACCOUNT"
            " WHERE ACCOUNTNO > '40000' ORDER BY 1",
        )

    assert accounts == [
        ("40001", "shop-food", "shop", "credit", "incomestatement"),
        ("40002", "bar", "bar", "credit", "incomestatement"),
    ]


def test_amounts_are_rounded_half_up_and_revenue_is_a_credit(tmp_path: Path) -> None:
    with loaded(tmp_path, LEDGER) as company:
        found = rows(
            company,
            "SELECT ACCOUNTNO, ENTRY_DATE, TR_TYPE, AMOUNT FROM GLENTRY ORDER BY RECORDNO",
        )

    assert found == [
        ("40001", "1900-01-31", -1, 1000_01),
        ("40002", "1900-01-31", -1, 7_00),
        ("10000", "1900-01-31", 1, 1007_01),
        ("40001", "1900-02-28", 1, 12_35),
        ("10000", "1900-02-28", -1, 12_35),
    ]


def test_a_month_of_zeros_has_no_entry(tmp_path: Path) -> None:
    with loaded(tmp_path, LEDGER) as company:
        assert rows(company, "SELECT BATCH_DATE FROM GLBATCH ORDER BY 1") == [
            ("1900-01-31",),
            ("1900-02-28",),
        ]


def test_periods_reach_three_years_past_the_last_month_even_if_it_was_zero(
    tmp_path: Path,
) -> None:
    with loaded(tmp_path, LEDGER) as company:
        found = rows(company, "SELECT NAME FROM REPORTINGPERIOD ORDER BY START_DATE")
        setup = read_setup(company)

    assert len(found) == 3 + 36
    assert found[0] == ("Month Ended January 1900",)
    assert found[-1] == ("Month Ended March 1903",)
    assert (setup.base_currency, str(setup.as_of)) == ("USD", "1900-03-31")


def test_the_currency_is_the_one_asked_for(tmp_path: Path) -> None:
    with loaded(tmp_path, LEDGER, "AUD") as company:
        assert rows(company, "SELECT DISTINCT CURRENCY, BASECURR FROM GLENTRY") == [("AUD", "AUD")]
        assert rows(company, "SELECT CURRENCY FROM LOCATIONENTITY") == [("AUD",)]


def test_months_that_cancel_out_need_no_clearing(tmp_path: Path) -> None:
    with loaded(tmp_path, "unique_id,ds,y\na,2026-01-01,5\nb,2026-01-01,-5\n") as company:
        assert rows(company, "SELECT ACCOUNTNO, TR_TYPE FROM GLENTRY") == [
            ("40001", -1),
            ("40002", 1),
        ]


def test_columns_may_stand_in_another_order_beside_others(tmp_path: Path) -> None:
    text = '\ufeffnote,y,ds,unique_id\n"x, y",1e3,2026-01-01,a\n'
    with loaded(tmp_path, text) as company:
        assert rows(company, "SELECT AMOUNT FROM GLENTRY WHERE ACCOUNTNO = '40001'") == [(1000_00,)]


@given(st.lists(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), min_size=1, max_size=12))
def test_every_figure_arrives_to_the_cent(figures: list[Decimal]) -> None:
    lines = ["unique_id,ds,y", *(f"a,{1990 + n}-01-01,{y}" for n, y in enumerate(figures))]

    arrived = [Decimal(row.hundredths) / 100 for row in read_series(lines)]

    assert arrived == [figure.quantize(Decimal("0.01"), ROUND_HALF_UP) for figure in figures]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a,2026-13-01,1", "line 3: '2026-13-01' is not a date"),
        ("a,01/02/2026,1", "line 3: '01/02/2026' is not a date"),
        ("a,2026-02-15,1", "line 3: 2026-02-15 is not the first day of a month"),
        ("a,0900-02-01,1", "line 3: 0900-02-01 is not between 1800 and 2199"),
        ("a,2026-02-01,twelve", "line 3: 'twelve' is not a number"),
        ("a,2026-02-01,NaN", "line 3: 'NaN' is not a number"),
        ("a,2026-02-01,inf", "line 3: 'inf' is not a number"),
        ("a,2026-02-01,1_000", "line 3: '1_000' is not a number"),
        ("a,2026-02-01,", "line 3: '' is not a number"),
        ("a,2026-02-01,1e13", "line 3: 1e13 is larger than 1,000,000,000,000"),
        ("a,2026-02-01", "line 3: 2 columns where the header has 3"),
        ('a,2026-02-01,"1,000"', "line 3: '1,000' is not a number"),
        (" ,2026-02-01,1", "line 3: unique_id is empty"),
        ("a,2026-01-01,2", "line 3: a has 2026-01 a second time"),
        ('a,2026-02-01,"1', "line 3: "),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_nothing_is_written(
    tmp_path: Path, row: str, sentence: str
) -> None:
    source = tmp_path / "ledger.csv"
    source.write_text(f"unique_id,ds,y\na,2026-01-01,1\n{row}\n", encoding="utf-8")

    with pytest.raises(Malformed) as refused:
        load_ledger(source, tmp_path / "made" / "company.sqlite", "USD", lambda _: None)

    assert str(refused.value).startswith(f"ledger.csv, {sentence}")
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.csv"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unique_id,ds\na,2026-01-01\n", "line 1: there is no single column y"),
        ("ds,y,y\n2026-01-01,1,1\n", "line 1: there is no single column unique_id or y"),
        ("", "line 1: there is no single column unique_id or ds or y"),
        ("unique_id,ds,y\n", "the file has no rows"),
    ],
)
def test_a_file_without_its_columns_or_rows_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(Malformed, match=sentence), loaded(tmp_path, text):
        pass


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "ledger.csv"
    source.write_bytes(b"unique_id,ds,y\na\xff,2026-01-01,1\n")

    with pytest.raises(Malformed, match="line 2: this is not UTF-8 text"):
        load_ledger(source, tmp_path / "company.sqlite", "USD", lambda _: None)


def test_progress_is_told_on_the_way(tmp_path: Path) -> None:
    source = tmp_path / "ledger.csv"
    source.write_text(LEDGER, encoding="utf-8")
    said: list[str] = []

    assert load_ledger(source, tmp_path / "company.sqlite", "USD", said.append) == 4

    first, second = said
    assert first == "4 rows read: 2 accounts, 1900-01 to 1900-03"
    assert second == (
        "5 lines posted: 3 for the rows that are not zero, 2 on the other side, in the clearing"
        " account"
    )
