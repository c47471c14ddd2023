from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.company.schema import OBJECTS
from sandbox.company.store import create_company, finish, insert, making, open_company


@pytest.fixture
def company(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(create_company(tmp_path / "company.sqlite")) as connection:
        yield connection


def post(company: sqlite3.Connection, batch: int, state: str) -> None:
    """One entry of 12.34, debit 6000 credit 1000, in entity 100's site 110."""
    insert(
        company,
        "GLBATCH",
        [
            {
                "RECORDNO": batch,
                "BATCH_TITLE": "Rent",
                "BATCH_DATE": date(2026, 1, 31),
                "JOURNAL": "GJ",
                "STATE": state,
                "MODULE": "2.GL",
            }
        ],
    )
    insert(
        company,
        "GLENTRY",
        [
            {
                "BATCHNO": batch,
                "LINE_NO": line,
                "TR_TYPE": side,
                "ENTRY_DATE": date(2026, 1, 31),
                "AMOUNT": Decimal("12.34"),
                "TRX_AMOUNT": Decimal("12.34"),
                "ACCOUNTNO": account,
                "LOCATION": "110",
            }
            for line, side, account in ((1, 1, "6000"), (2, -1, "1000"))
        ],
    )


def test_every_object_has_a_table_or_view_with_its_columns_in_order(
    company: sqlite3.Connection,
) -> None:
    for one in OBJECTS.values():
        asked = company.execute(f'SELECT * FROM "{one.name}"')
        columns = [column[0] for column in asked.description]
        assert sorted(columns) == sorted(one.fields), one.name


def test_the_ledger_detail_is_what_is_posted_with_the_ledger_sign(
    company: sqlite3.Connection,
) -> None:
    post(company, 1, "Posted")
    post(company, 2, "Draft")

    rows = company.execute(
        "SELECT BATCHKEY, ACCOUNTNO, AMOUNT, DEBITAMOUNT, CREDITAMOUNT FROM GLDETAIL"
        " ORDER BY LINE_NO"
    ).fetchall()

    assert [tuple(row) for row in rows] == [
        (1, "6000", 1234, 1234, 0),
        (1, "1000", -1234, 0, 1234),
    ]


def test_a_reversed_entry_stays_in_the_ledger_beside_its_reversal(
    company: sqlite3.Connection,
) -> None:
    post(company, 1, "Reversed")

    assert company.execute("SELECT COUNT(*) FROM GLDETAIL").fetchone()[0] == 2


def test_a_site_belongs_to_the_entity_above_it(company: sqlite3.Connection) -> None:
    insert(company, "LOCATIONENTITY", [{"LOCATIONID": "100", "NAME": "US"}])
    insert(
        company,
        "LOCATION",
        [
            {"LOCATIONID": "100", "NAME": "US", "PARENTID": None},
            {"LOCATIONID": "110", "NAME": "Austin", "PARENTID": "100"},
            {"LOCATIONID": "111", "NAME": "Austin lab", "PARENTID": "110"},
        ],
    )

    rows = company.execute("SELECT LOCATIONID, ENTITYID FROM LOCATION_ENTITY ORDER BY 1").fetchall()

    assert [tuple(row) for row in rows] == [("100", "100"), ("110", "100"), ("111", "100")]


def test_a_repeated_column_follows_the_one_it_repeats(company: sqlite3.Connection) -> None:
    post(company, 1, "Posted")

    assert company.execute("SELECT DISTINCT LOCATIONID FROM GLENTRY").fetchone()[0] == "110"
    with pytest.raises(ValueError, match="no field LOCATIONID to write"):
        insert(company, "GLENTRY", [{"LOCATIONID": "110"}])


def test_rows_that_do_not_fit_are_refused(company: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="GLDETAIL has no field"):
        insert(company, "GLDETAIL", [{"AMOUNT": 1}])
    with pytest.raises(ValueError, match="TITLE2"):
        insert(company, "DEPARTMENT", [{"TITLE2": "Sales"}])
    with pytest.raises(ValueError, match="has 1 fields where the first had 2"):
        insert(
            company,
            "DEPARTMENT",
            [{"DEPARTMENTID": "A", "TITLE": "A"}, {"DEPARTMENTID": "B"}],
        )


def test_a_business_id_is_used_once(company: sqlite3.Connection) -> None:
    insert(company, "DEPARTMENT", [{"DEPARTMENTID": "SALES"}])

    with pytest.raises(sqlite3.IntegrityError):
        insert(company, "DEPARTMENT", [{"DEPARTMENTID": "SALES"}])


def test_nothing_inserted_counts_as_nothing(company: sqlite3.Connection) -> None:
    assert insert(company, "DEPARTMENT", []) == 0
    assert insert(company, "DEPARTMENT", ({"TITLE": str(n)} for n in range(5002))) == 5002


def test_a_finished_company_opens_again_in_write_ahead_mode(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    made = create_company(path)
    insert(made, "DEPARTMENT", [{"DEPARTMENTID": "SALES"}])
    finish(made)

    assert [file.name for file in tmp_path.iterdir()] == ["company.sqlite"]
    with closing(open_company(path)) as again:
        assert again.execute("SELECT DEPARTMENTID FROM DEPARTMENT").fetchone()[0] == "SALES"
        assert again.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_company_is_neither_overwritten_nor_invented(tmp_path: Path) -> None:
    path = tmp_path / "company.sqlite"
    finish(create_company(path))

    with pytest.raises(FileExistsError, match=r"company\.sqlite is already there"):
        create_company(path)
    with pytest.raises(FileNotFoundError, match=r"no company in other\.sqlite"):
        open_company(tmp_path / "other.sqlite")


def test_a_company_half_made_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "new" / "company.sqlite"

    with pytest.raises(ValueError, match="TITLE2"), making(path) as connection:
        insert(connection, "DEPARTMENT", [{"TITLE2": "Sales"}])

    assert list(path.parent.iterdir()) == []


def test_a_company_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "company.sqlite"

    with making(path) as connection:
        insert(connection, "DEPARTMENT", [{"DEPARTMENTID": "SALES"}])
        assert not path.exists()

    assert [file.name for file in path.parent.iterdir()] == ["company.sqlite"]
