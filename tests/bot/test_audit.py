from __future__ import annotations

import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import Engine, create_engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.audit import START, AuditEntry, anything_on_record, has_head, record, trail, verify
from bot.settings import Secret
from bot.store.canonical import JSON
from bot.store.engine import open_store, reading
from bot.store.tables import audit

ENTRY = AuditEntry(
    at=datetime(2025, 7, 1, 11, 0, 0, 250, tzinfo=timezone(timedelta(hours=2))),
    who="T1/U01",
    did="staged",
    about="PRP-7Q2M4K5A",
    body={"total": "4260.25", "lines": 41, "flagged": ["6120 Müller", None, True]},
)


def keep(store: Engine, key: Secret, *subjects: str) -> None:
    for about in subjects:
        with store.begin() as tx:
            record(tx, key, replace(ENTRY, about=about))


def drop_triggers(store: Engine) -> None:
    """What somebody with the database's own password could do."""
    with store.begin() as tx:
        if store.dialect.name == "postgresql":
            tx.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            for name in ("audit_refuses_update", "audit_refuses_delete", "audit_continues"):
                tx.execute(text(f"DROP TRIGGER {name}"))


def test_an_entry_is_sealed_as_anybody_with_the_key_can_check(
    store: Engine, audit_key: Secret
) -> None:
    with store.begin() as tx:
        assert record(tx, audit_key, ENTRY) == 1

    (row,) = trail(store, "PRP-7Q2M4K5A")

    assert (row.seq, row.prev, row.who, row.did) == (1, START, "T1/U01", "staged")
    assert row.at == "2025-07-01T09:00:00.000250Z"
    assert row.body == '{"flagged":["6120 Müller",null,true],"lines":41,"total":"4260.25"}'
    said = json.dumps(
        [START, 1, row.at, row.who, row.did, row.about, row.body],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert row.mac == hmac.new(b"a key for tests", said.encode(), hashlib.sha256).hexdigest()


def test_entries_are_numbered_without_a_gap_though_some_are_taken_back(
    store: Engine, audit_key: Secret
) -> None:
    keep(store, audit_key, "a")
    with store.connect() as tx:
        assert record(tx, audit_key, ENTRY) == 2
        tx.rollback()
    with store.begin() as tx:
        assert record(tx, audit_key, ENTRY) == 2
        assert record(tx, audit_key, ENTRY) == 3

    proof = verify(store, audit_key)

    assert (proof.ok, proof.rows, proof.first_bad, proof.why) == (True, 3, None, "")
    assert proof.head == trail(store, ENTRY.about)[-1].mac


def test_an_empty_record_holds(store: Engine, audit_key: Secret) -> None:
    proof = verify(store, audit_key)

    assert (proof.ok, proof.rows, proof.head) == (True, 0, START)


def test_the_trail_of_a_subject_is_its_own_entries_oldest_first(
    store: Engine, audit_key: Secret
) -> None:
    keep(store, audit_key, "P1", "P2", "P1")

    assert [row.seq for row in trail(store, "P1")] == [1, 3]
    assert trail(store, "P3") == ()


def test_eight_at_once_leave_one_chain(store: Engine, audit_key: Secret) -> None:
    def write(writer: int) -> None:
        for _ in range(25):
            keep(store, audit_key, f"P{writer}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(8)))

    proof = verify(store, audit_key)
    assert (proof.ok, proof.rows) == (True, 200)
    assert [len(trail(store, f"P{writer}")) for writer in range(8)] == [25] * 8


@pytest.mark.parametrize("value", [12.5, Decimal("12.50"), datetime(2025, 7, 1, tzinfo=UTC)])
def test_a_float_or_a_date_in_the_body_is_refused(
    store: Engine, audit_key: Secret, value: object
) -> None:
    body = {"lines": [{"amount": cast("JSON", value)}]}

    with pytest.raises(TypeError, match=type(value).__name__), store.begin() as tx:
        record(tx, audit_key, replace(ENTRY, body=body))


def test_a_time_without_a_zone_is_refused(store: Engine, audit_key: Secret) -> None:
    naive = datetime(2025, 7, 1, 9)  # noqa: DTZ001  the mistake under test

    with pytest.raises(ValueError, match="zone"), store.begin() as tx:
        record(tx, audit_key, replace(ENTRY, at=naive))


ROW = (
    "INSERT INTO audit (seq, at, who, did, about, body, prev, mac)"
    " SELECT {seq}, at, who, did, about, body, {prev}, mac FROM audit WHERE seq = 2"
)
TAMPERING = [
    "UPDATE audit SET who = 'somebody' WHERE seq = 2",
    "DELETE FROM audit WHERE seq = 2",
    "DELETE FROM audit",
    ROW.format(seq=2, prev="prev"),
    ROW.format(seq=5, prev="mac"),
    ROW.format(seq=4, prev="'0'"),
    ROW.format(seq=-1, prev="mac"),
]
SQLITE_TAMPERING = [
    ROW.format(seq=2, prev="prev").replace("INSERT", "INSERT OR REPLACE"),
    ROW.format(seq=2, prev="mac").replace("INSERT", "REPLACE"),
    ROW.format(seq=2, prev="mac").replace("INSERT", "INSERT OR IGNORE"),
    "UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2",
    ROW.format(seq=2, prev="mac") + " AND true ON CONFLICT (seq) DO UPDATE SET who = 'x'",
    ROW.format(seq="NULL", prev="mac"),
]
POSTGRES_TAMPERING = [
    "TRUNCATE audit",
    "TRUNCATE audit, job CASCADE",
    ROW.format(seq=2, prev="mac") + " ON CONFLICT (seq) DO UPDATE SET who = 'x'",
]


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_change_the_record(
    store: Engine, audit_key: Secret, statement: str
) -> None:
    _refused(store, audit_key, statement)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("statement", SQLITE_TAMPERING)
def test_sqlite_refuses_its_own_ways_round(
    sqlite_url: str, audit_key: Secret, statement: str, recursive: str
) -> None:
    store = open_store(sqlite_url)
    _refused(store, audit_key, statement, f"PRAGMA recursive_triggers = {recursive}")
    store.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("statement", POSTGRES_TAMPERING)
def test_postgresql_refuses_its_own_ways_round_even_to_a_would_be_replica(
    postgres_url: str, audit_key: Secret, statement: str
) -> None:
    store = open_store(postgres_url)
    _refused(store, audit_key, statement, "SET session_replication_role = replica")
    store.dispose()


def _refused(store: Engine, key: Secret, statement: str, *before: str) -> None:
    keep(store, key, "a", "b", "c")
    with store.connect() as tx:
        for preparation in before:
            tx.exec_driver_sql(preparation)
        with pytest.raises(DBAPIError, match=r"audit row|never"):
            tx.exec_driver_sql(statement)
        tx.rollback()
    proof = verify(store, key)
    assert (proof.ok, proof.rows) == (True, 3)


def test_a_changed_row_is_named(store: Engine, audit_key: Secret) -> None:
    keep(store, audit_key, "a", "b", "c", "d")
    drop_triggers(store)
    with store.begin() as tx:
        tx.execute(update(audit).where(audit.c.seq == 3).values(body='{"total":"4260.26"}'))

    proof = verify(store, audit_key)

    assert (proof.ok, proof.rows, proof.first_bad) == (False, 2, 3)
    assert proof.why == "changed: row 3 is not what was recorded"


def test_a_deleted_row_is_missed(store: Engine, audit_key: Secret) -> None:
    keep(store, audit_key, "a", "b", "c", "d")
    drop_triggers(store)
    with store.begin() as tx:
        tx.execute(delete(audit).where(audit.c.seq == 2))

    proof = verify(store, audit_key)

    assert (proof.ok, proof.rows, proof.first_bad) == (False, 1, 2)
    assert proof.why == "missing: row 2 is not there"


def test_rows_in_another_order_are_named(store: Engine, audit_key: Secret) -> None:
    keep(store, audit_key, "a", "b", "c", "d")
    drop_triggers(store)
    with store.begin() as tx:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            tx.execute(update(audit).where(audit.c.seq == old).values(seq=new))

    proof = verify(store, audit_key)

    assert (proof.ok, proof.first_bad) == (False, 2)
    assert proof.why == "changed: row 2 is not what was recorded"


def test_a_piece_cut_out_and_closed_up_by_somebody_with_the_key_is_named(
    store: Engine, audit_key: Secret
) -> None:
    keep(store, audit_key, "a", "b")
    drop_triggers(store)
    with reading(store) as tx:
        first, second = tx.execute(select(audit).order_by(audit.c.seq)).all()
    with store.begin() as tx:
        tx.execute(delete(audit))
    with store.begin() as tx:  # the same first row with another text, sealed with the right key
        record(tx, audit_key, replace(ENTRY, about="another"))
    with store.begin() as tx:
        tx.execute(insert(audit), dict(second._mapping))  # noqa: SLF001  SQLAlchemy's public name

    proof = verify(store, audit_key)

    assert first.about == "a"
    assert (proof.ok, proof.rows, proof.first_bad) == (False, 1, 2)
    assert proof.why == "cut: row 2 does not continue row 1"


def test_another_key_does_not_open_the_record(store: Engine, audit_key: Secret) -> None:
    keep(store, audit_key, "a", "b")

    proof = verify(store, Secret("another key"))

    assert (proof.ok, proof.rows, proof.first_bad) == (False, 0, 1)
    assert proof.why.startswith("wrong key")
    assert "another key" not in repr(proof)


def test_a_head_noted_before_is_found_until_the_tail_is_cut(
    store: Engine, audit_key: Secret
) -> None:
    keep(store, audit_key, "a", "b")
    noted = verify(store, audit_key).head
    keep(store, audit_key, "c")
    assert has_head(store, noted)
    assert has_head(store, START)
    assert not has_head(store, "f" * 64)

    drop_triggers(store)
    with store.begin() as tx:
        tx.execute(delete(audit).where(audit.c.seq >= 2))

    assert verify(store, audit_key).ok  # the cut cannot be seen from inside
    assert not has_head(store, noted)


def test_a_store_has_something_on_record_from_its_first_entry(
    store: Engine, audit_key: Secret
) -> None:
    assert not anything_on_record(store)

    keep(store, audit_key, "a")

    assert anything_on_record(store)


def test_a_database_that_never_was_the_bots_has_nothing_on_record(store_url: str) -> None:
    bare = create_engine(store_url)

    assert not anything_on_record(bare)

    bare.dispose()
