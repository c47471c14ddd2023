from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import Misconfigured
from bot.store.engine import open_store, reading
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
