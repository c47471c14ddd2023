"""Who did what, in a chain of rows that is only ever added to."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from bot.settings import Secret
from bot.store.canonical import JSON, canonical, instant
from bot.store.engine import reading
from bot.store.tables import audit

START = "0" * 64  # what the first row continues
_HEAD_LOCK = 7_116_302  # the number the trigger on PostgreSQL takes too
_COLUMNS = (
    audit.c.seq,
    audit.c.at,
    audit.c.who,
    audit.c.did,
    audit.c.about,
    audit.c.body,
    audit.c.prev,
    audit.c.mac,
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What somebody did to something, and what they did it with; not yet on record."""

    at: datetime
    who: str
    did: str
    about: str
    body: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row on record, as it is written."""

    seq: int
    at: str
    who: str
    did: str
    about: str
    body: str
    prev: str
    mac: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the chain holds, how far it was read, and where and why it first does not."""

    ok: bool
    rows: int
    head: str
    first_bad: int | None
    why: str


def record(tx: Connection, key: Secret, entry: AuditEntry) -> int:
    """Append the entry in the caller's transaction and return its number; numbers have no gaps.

    Safe under concurrency: on SQLite a writing transaction holds the database's only write lock
    from its first statement. On PostgreSQL the head is guarded by an advisory lock held until the
    transaction ends, and the head is read by a later statement, which sees all that was committed
    before the lock was ours; a rolled-back row leaves no gap, because the number is read, not
    drawn. So change other rows first and record last. Raises TypeError for a float in the body.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _HEAD_LOCK})
    last = tx.execute(
        select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
    ).one_or_none()
    seq, prev = (last.seq + 1, last.mac) if last else (1, START)
    body, at = canonical(entry.body), instant(entry.at)
    row = AuditRow(seq, at, entry.who, entry.did, entry.about, body, prev, "")
    tx.execute(
        insert(audit),
        {
            "seq": row.seq,
            "at": row.at,
            "who": row.who,
            "did": row.did,
            "about": row.about,
            "body": row.body,
            "prev": row.prev,
            "mac": seal(key, row),
        },
    )
    return seq


def seal(key: Secret, row: AuditRow) -> str:
    """HMAC-SHA256 over the canonical JSON list of all the row says; a list has one reading only."""
    said = canonical([row.prev, row.seq, row.at, row.who, row.did, row.about, row.body])
    return hmac.new(key.reveal().encode(), said.encode(), hashlib.sha256).hexdigest()


def verify(store: Engine, key: Secret) -> Verification:
    """Read the whole chain, row by row, and name the first row that does not hold, and why.

    A tail that was cut off cannot be seen from inside; ask `has_head` for one published before.
    """
    rows, head = 0, START
    everything = select(*_COLUMNS).order_by(audit.c.seq)
    with (
        reading(store) as tx,
        tx.execution_options(yield_per=1000).execute(everything) as stored,
    ):
        for row in (AuditRow(*found) for found in stored):
            if why := _wrong(key, row, rows + 1, head):
                return Verification(ok=False, rows=rows, head=head, first_bad=rows + 1, why=why)
            rows, head = row.seq, row.mac
    return Verification(ok=True, rows=rows, head=head, first_bad=None, why="")


def anything_on_record(store: Engine) -> bool:
    """Whether the database holds a record at all; False too where it never was the bot's."""
    with reading(store) as tx:
        if not inspect(tx).has_table(audit.name):
            return False
        return tx.execute(select(audit.c.seq).limit(1)).one_or_none() is not None


def row_at(store: Engine, seq: int) -> AuditRow | None:
    """The row of this number, None where there is none."""
    with reading(store) as tx:
        row = tx.execute(select(*_COLUMNS).where(audit.c.seq == seq)).one_or_none()
    return AuditRow(*row) if row else None


def counted(store: Engine, until: int) -> tuple[tuple[str, str, int], ...]:
    """The record up to this row, as day (UTC), what was done, and how many times; by day."""
    day = func.substr(audit.c.at, 1, 10)
    query = (
        select(day, audit.c.did, func.count())
        .where(audit.c.seq <= until)
        .group_by(day, audit.c.did)
        .order_by(day, audit.c.did)
    )
    with reading(store) as tx:
        return tuple((str(at), str(did), int(many)) for at, did, many in tx.execute(query))


def has_head(store: Engine, head: str) -> bool:
    """Whether a head that was noted before is still the seal of one of the rows."""
    with reading(store) as tx:
        query = select(audit.c.seq).where(audit.c.mac == head).limit(1)
        return head == START or tx.execute(query).one_or_none() is not None


def trail(store: Engine, about: str, until: int | None = None) -> tuple[AuditRow, ...]:
    """All that was done to one subject, oldest first, up to a row where one is named."""
    query = select(*_COLUMNS).where(audit.c.about == about).order_by(audit.c.seq)
    with reading(store) as tx:
        rows = tx.execute(query if until is None else query.where(audit.c.seq <= until)).all()
    return tuple(AuditRow(*row) for row in rows)


def latest(store: Engine, about: str, most: int) -> tuple[AuditRow, ...]:
    """The last so many things done to one subject, newest first."""
    query = select(*_COLUMNS).where(audit.c.about == about).order_by(audit.c.seq.desc())
    with reading(store) as tx:
        return tuple(AuditRow(*row) for row in tx.execute(query.limit(most)).all())


def _wrong(key: Secret, row: AuditRow, expected: int, head: str) -> str:
    """What is wrong with this row where `expected` should stand, or nothing."""
    if row.seq > expected:
        return f"missing: row {expected} is not there"
    sealed = hmac.compare_digest(seal(key, row), row.mac)
    if not sealed and expected == 1 and row.prev == START:
        return "wrong key, or changed: row 1 does not carry our seal"
    if not sealed:
        return f"changed: row {row.seq} is not what was recorded"
    if row.prev != head:
        return f"cut: row {row.seq} does not continue row {row.seq - 1}"
    return ""
