from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import Misconfigured
from bot.store.engine import open_held, open_store, reading
from bot.store.tables import metadata, receipt, snapshot

SNAPSHOT = {"id": "S1", "at": "2025-07-01T09:00:00.000000Z", "body": "[]"}


def test_the_migrations_lead_to_the_tables_as_they_are_written_down(store: Engine) -> None:
    with reading(store) as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_a_store_opened_again_keeps_what_is_in_it(store: Engine, store_url: str) -> None:
    with store.begin() as tx:
        tx.execute(insert(snapshot), SNAPSHOT)

    again = open_store(store_url)

    with reading(again) as tx:
        assert tx.execute(select(snapshot.c.id)).scalars().all() == ["S1"]
    again.dispose()


def test_a_store_that_is_there_can_be_opened_without_a_change(
    store: Engine, store_url: str
) -> None:
    with store.begin() as tx:
        tx.execute(insert(snapshot), SNAPSHOT)

    held = open_held(store_url)

    with reading(held) as tx:
        assert tx.execute(select(snapshot.c.id)).scalars().all() == ["S1"]
    held.dispose()


@pytest.mark.postgres
def test_an_empty_database_is_opened_and_left_empty(postgres_url: str) -> None:
    held = open_held(postgres_url)

    with reading(held) as tx:
        assert inspect(tx).get_table_names() == []
    held.dispose()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"There is no database file .*none\.sqlite"):
        open_held(f"sqlite:///{tmp_path / 'none.sqlite'}")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"nowhere/x\.sqlite .*Check that its folder is there"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite'}")


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear auditor, " * 100, encoding="utf-8")

    with pytest.raises(Misconfigured, match="cannot be opened"):
        open_held(f"sqlite:///{tmp_path / 'letter'}")


@pytest.mark.parametrize("opens", [open_held, open_store])
def test_a_server_that_does_not_answer_is_named_without_its_password(
    opens: Callable[[str], Engine],
) -> None:
    with pytest.raises(Misconfigured) as raised:
        opens("postgresql+psycopg://bot:geheim@127.0.0.1:1/books")

    assert "The postgresql database books at 127.0.0.1 (TIEOUT_DATABASE_URL) cannot" in str(
        raised.value
    )
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["nonsense", "postgresql://bot:pw@host:port/x", "postgresql+nothing://bot:pw@host/x"]
)
def test_an_address_nothing_can_be_opened_with_is_refused(url: str) -> None:
    for opening in (open_held, open_store):
        with pytest.raises(Misconfigured, match=r"no database address|no driver"):
            opening(url)


def test_four_processes_may_open_an_empty_store_at_once(store_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [store_url] * 4))

    for opened in stores:
        with reading(opened) as tx:
            assert tx.execute(select(snapshot)).all() == []
        opened.dispose()


def test_a_reader_does_not_queue_behind_a_writer(store: Engine) -> None:
    with store.begin() as writing:
        writing.execute(insert(snapshot), SNAPSHOT)
        with reading(store) as tx:
            assert tx.execute(select(snapshot)).all() == []


def test_a_reader_sees_one_moment(store: Engine) -> None:
    with reading(store) as tx:
        assert tx.execute(select(snapshot)).all() == []
        with store.begin() as writing:
            writing.execute(insert(snapshot), SNAPSHOT)
        assert tx.execute(select(snapshot)).all() == []


def test_a_reader_may_not_write_and_leaves_the_connection_able_to(store: Engine) -> None:
    with pytest.raises(DBAPIError), reading(store) as tx:
        tx.execute(insert(snapshot), SNAPSHOT)

    with store.begin() as tx:
        tx.execute(insert(snapshot), SNAPSHOT)


def test_a_receipt_needs_its_proposal(store: Engine) -> None:
    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.execute(
            insert(receipt),
            {"key": "k", "proposal": "none", "record_no": "1", "at": SNAPSHOT["at"]},
        )


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "no address"])
def test_an_address_we_cannot_keep_books_at_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured, match="TIEOUT_DATABASE_URL"):
        open_store(url)
