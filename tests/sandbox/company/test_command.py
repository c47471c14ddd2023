from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner, Result

from sandbox.company.command import load
from sandbox.company.store import open_company


def run(folder: Path, text: str, *options: str) -> Result:
    source = folder / "ledger.csv"
    source.write_text(text, encoding="utf-8")
    asked = [str(folder / "made"), "--ledger", str(source), *options]
    return CliRunner().invoke(load, asked)


def test_a_company_is_made_in_the_folder(tmp_path: Path) -> None:
    result = run(tmp_path, "unique_id,ds,y\na,2026-01-01,1.5\n", "--currency", "gbp")

    assert result.exit_code == 0, result.output
    assert result.stdout == f"{tmp_path / 'made' / 'company.sqlite'}: 1 row loaded\n"
    assert "1 row read: 1 account, 2026-01 to 2026-01" in result.stderr
    with closing(open_company(tmp_path / "made" / "company.sqlite")) as company:
        line = company.execute("SELECT CURRENCY, AMOUNT FROM GLENTRY").fetchone()
        assert tuple(line) == ("GBP", 150)


def test_a_bad_row_is_one_sentence_on_stderr_and_exit_code_two(tmp_path: Path) -> None:
    result = run(tmp_path, "unique_id,ds,y\na,2026-01-01,NaN\n")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "ledger.csv, line 2: 'NaN' is not a number\n"
    assert not (tmp_path / "made").exists()


def test_a_company_that_is_there_is_kept(tmp_path: Path) -> None:
    first = run(tmp_path, "unique_id,ds,y\na,2026-01-01,1\n")
    second = run(tmp_path, "unique_id,ds,y\nb,2026-01-01,1\n")

    assert (first.exit_code, second.exit_code) == (0, 2)
    assert "already there" in second.stderr
    with closing(sqlite3.connect(tmp_path / "made" / "company.sqlite")) as company:
        assert company.execute("SELECT TITLE FROM GLACCOUNT ORDER BY 1").fetchall() == [
            ("Clearing",),
            ("a",),
        ]


def test_a_currency_is_three_letters(tmp_path: Path) -> None:
    result = run(tmp_path, "unique_id,ds,y\na,2026-01-01,1\n", "--currency", "dollars")

    assert result.exit_code == 2
    assert "is not a currency code" in result.stderr


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_text("a file", encoding="utf-8")
    (tmp_path / "ledger.csv").write_text("unique_id,ds,y\na,2026-01-01,1\n", encoding="utf-8")
    below = str(tmp_path / "made.txt" / "deeper")

    result = CliRunner().invoke(load, [below, "--ledger", str(tmp_path / "ledger.csv")])

    assert result.exit_code == 2
    assert result.stderr.endswith("cannot be written: Not a directory\n")


def test_open_items_and_customers_are_counted_and_totalled(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text(
        "business_code,cust_number,doc_id,posting_date,due_in_date,invoice_currency,"
        "total_open_amount\nU1,007,1,2026-01-05,2026-02-04,USD,1234.50\n",
        encoding="utf-8",
    )
    (tmp_path / "customers.csv").write_text("cust_number\n007\n008\n", encoding="utf-8")
    asked = ["--open-items", str(tmp_path / "items.csv")]
    asked += ["--customers", str(tmp_path / "customers.csv")]

    result = CliRunner().invoke(load, [str(tmp_path / "made"), *asked])

    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("company.sqlite: 1 open item, 2 customers loaded\n")
    assert "U1: 1 open item, 1,234.50 USD" in result.stderr


def test_a_company_is_not_made_of_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(load, [str(tmp_path / "made")])

    assert result.exit_code == 2
    assert "at least one of --ledger, --open-items, --customers" in result.stderr
