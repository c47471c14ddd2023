"""A user who may not read everything has a copy of the rest, and is told what is missing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from bot.settings import Secret
from bot.staged.marks import last_runs
from bot.staged.refresh import refresh
from sandbox.company.schema import OBJECTS
from sandbox.company.setup import read_setup, write_setup
from sandbox.company.store import open_company
from sandbox.intacct.settings import Settings
from tests.bot.staged.copying import company_at, lines_of, records_of


def keep_from(path: Path, hidden: str) -> None:
    """From now on nobody in this company may read one of its objects."""
    with closing(open_company(path)) as connection:
        setup = read_setup(connection)
        rest = tuple(name for name in OBJECTS if name != hidden)
        users = tuple(replace(user, may_read=rest) for user in setup.users)
        write_setup(connection, replace(setup, users=users))
        connection.commit()


def test_what_the_user_may_not_read_is_named_and_the_rest_is_kept(
    small_company: bytes, tmp_path: Path, store: Engine, audit_key: Secret
) -> None:
    path = tmp_path / "company.sqlite"
    path.write_bytes(small_company)
    keep_from(path, "CUSTOMER")

    with company_at(path, Settings(unreadable_is_refused=True)) as company:
        refresh(company.services(store, audit_key))

    (run,) = last_runs(store, 1)
    assert run.outcome == "done; CUSTOMER cannot be read"
    assert len(lines_of(store)) == 12
    kinds = {row["object"] for row in records_of(store)}
    assert "CUSTOMER" not in kinds
    assert {"GLACCOUNT", "ARINVOICE"} <= kinds
