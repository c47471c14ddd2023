from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest

from sandbox.company.posting import Line, Posting, at, out_of_balance, write_postings

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)
TITLES = {"1000": "Cash", "6000": "Rent", "9000": "Heads"}


def rent(day: date, hundredths: int = 1234) -> Posting:
    lines = (Line("6000", hundredths, "100", "FIN"), Line("1000", -hundredths, "100"))
    return Posting(day, "GJ", "Rent", "USD", lines)


def test_entries_are_numbered_by_date_whatever_order_they_came_in(
    company: sqlite3.Connection,
) -> None:
    write_postings(company, [rent(FEBRUARY), rent(JANUARY)], TITLES)

    batches = company.execute("SELECT RECORDNO, BATCHNO, BATCH_DATE FROM GLBATCH").fetchall()
    assert [tuple(row) for row in batches] == [(1, 1, "2026-01-31"), (2, 2, "2026-02-28")]


def test_a_debit_and_a_credit_are_amounts_without_sign(company: sqlite3.Connection) -> None:
    write_postings(company, [rent(JANUARY)], TITLES)

    lines = company.execute(
        "SELECT LINE_NO, ACCOUNTNO, ACCOUNTTITLE, TR_TYPE, AMOUNT, CURRENCY FROM GLENTRY"
    ).fetchall()
    assert [tuple(row) for row in lines] == [
        (1, "6000", "Rent", 1, 1234, "USD"),
        (2, "1000", "Cash", -1, 1234, "USD"),
    ]


def test_lines_of_nothing_are_left_out(company: sqlite3.Connection) -> None:
    assert write_postings(company, [rent(JANUARY, 0), rent(FEBRUARY)], TITLES) == 2


def test_a_quantity_is_statistical_and_has_no_currency(company: sqlite3.Connection) -> None:
    counted = Posting(JANUARY, "STJ", "Heads", None, (Line("9000", 300, "100", "FIN"),))

    write_postings(company, [counted], TITLES)

    line = company.execute("SELECT STATISTICAL, CURRENCY, AMOUNT FROM GLENTRY").fetchone()
    assert tuple(line) == (1, None, 300)


def test_an_entry_is_out_of_balance_in_the_entities_that_miss_zero() -> None:
    across = Posting(
        JANUARY, "GJ", "Rent", "USD", (Line("6000", 500, "110"), Line("1000", -500, "200"))
    )

    assert out_of_balance(rent(JANUARY), lambda location: location) == {}
    assert out_of_balance(across, lambda location: location[0] + "00") == {"100": 500, "200": -500}


def test_an_entry_out_of_balance_is_refused_before_anything_is_written(
    company: sqlite3.Connection,
) -> None:
    across = Posting(
        JANUARY, "GJ", "Rent", "USD", (Line("6000", 500, "110"), Line("1000", -500, "100"))
    )

    with pytest.raises(ValueError, match="Rent of 2026-01-31 misses zero by"):
        write_postings(company, [rent(JANUARY), across], TITLES)

    assert company.execute("SELECT COUNT(*) FROM GLBATCH").fetchone()[0] == 0
    assert write_postings(company, [across], TITLES, lambda location: location[0] + "00") == 2


def test_office_hours_are_instants_in_utc() -> None:
    assert at(JANUARY, 9) == datetime(2026, 1, 31, 9, tzinfo=UTC)
