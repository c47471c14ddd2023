from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.company.schema import OBJECTS
from sandbox.company.store import create_company, finish, insert, making, open_company


def test_every_object_has_a_table_or_view_with_its_columns_in_order(
    company: sqlite3.Connection,
) -> None:
    for one in OBJECTS.values():
        asked = company.execute(f'SELECT * FROM "{one.name}"')
        columns = [column[0] for column in asked.description]
        assert sorted(columns) == sorted(one.fields), one.name


def test_a_repeated_column_follows_the_one_it_repeats(company: sqlite3.Connection) -> None:
    insert(company, "GLENTRY", [{"LOCATION": "110", "DEPARTMENT": None}])

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


def test_a_company_of_an_earlier_version_gets_the_tables_and_columns_it_lacks(
    tmp_path: Path,
) -> None:
    path = tmp_path / "company.sqlite"
    made = create_company(path)
    insert(made, "DEPARTMENT", [{"DEPARTMENTID": "SALES"}])
    made.execute("ALTER TABLE DEPARTMENT DROP COLUMN CUSTTITLE")
    made.execute("DROP TABLE CLASS")
    finish(made)

    with closing(open_company(path)) as company:
        assert company.execute("SELECT CUSTTITLE FROM DEPARTMENT").fetchall()[0][0] is None
        insert(company, "CLASS", [{"CLASSID": "A"}])
        with pytest.raises(sqlite3.IntegrityError):
            insert(company, "CLASS", [{"CLASSID": "A"}])
