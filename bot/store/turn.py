"""One at a time, in this process and in all others, while something outside is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from sqlalchemy import Engine, text

_HERE = tuple(Lock() for _ in range(1024))  # two keys may share one, which costs only time
# Who has a turn on PostgreSQL keeps a connection, and asks the store for a second one meanwhile:
# were there as many turns as connections, all would wait, and nobody be acknowledged.
_AT_ONCE = BoundedSemaphore(8)


@contextmanager
def turn(store: Engine, key: str) -> Iterator[None]:
    """Wait until nobody else has this key's turn, and have it to the end of the block.

    It ends with the process that has it. Do not ask for a second one while having one. Where
    SQLite is the store only one process works, so its own lock is enough.
    """
    number = _number(key)
    with _HERE[number % len(_HERE)]:
        if store.dialect.name == "postgresql":
            with _AT_ONCE, _everywhere(store, number):
                yield
        else:
            yield


@contextmanager
def turn_if_free(store: Engine, key: str) -> Iterator[bool]:
    """True where nobody else has this key's turn, and then it is ours to the end of the block.

    False now and then although it is free: whoever asks does not depend on it.
    """
    number = _number(key)
    here = _HERE[number % len(_HERE)]
    if not here.acquire(blocking=False):
        yield False
        return
    try:
        if store.dialect.name == "postgresql":
            with _everywhere_if_free(store, number) as mine:
                yield mine
        else:
            yield True
    finally:
        here.release()


def _number(key: str) -> int:
    digest = hashlib.sha256(f"turn:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


@contextmanager
def _everywhere(store: Engine, number: int) -> Iterator[None]:
    # A lock of the session and not of a transaction: nothing that leaves us waits inside of one.
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        session.execute(text("SELECT pg_advisory_lock(:number)"), {"number": number})
        try:
            yield
        finally:
            session.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})


@contextmanager
def _everywhere_if_free(store: Engine, number: int) -> Iterator[bool]:
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        asked = text("SELECT pg_try_advisory_lock(:number)")
        mine = bool(session.execute(asked, {"number": number}).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                session.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
