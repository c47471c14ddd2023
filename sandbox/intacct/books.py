"""The company's file held open, and who is looking into it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from threading import RLock

from sandbox.company.setup import Setup, User, read_setup
from sandbox.company.store import open_company, open_for_reading
from sandbox.company.values import INSTANT, Stored

Clock = Callable[[], datetime]
Question = tuple[str, tuple[Stored, ...]]
OWN_TABLES = """
CREATE TABLE IF NOT EXISTS SANDBOX_CONTROLIDS (
    SENDERID TEXT NOT NULL, CONTROLID TEXT NOT NULL, PRIMARY KEY (SENDERID, CONTROLID)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """A user in the entity they work in; an empty entity is the top level."""

    user: User
    entity: str
    source: str = "api"

    def may_write(self, object_name: str) -> bool:
        """Whether the user's rights reach this object."""
        return "*" in self.user.may_write or object_name in self.user.may_write

    def may_read(self, object_name: str) -> bool:
        """Whether the user is shown records of this object."""
        return "*" in self.user.may_read or object_name in self.user.may_read


class Books:
    """One company's file: one connection, used by one thread at a time.

    The one that writes is shared under `lock`; one for `reading` belongs to whoever took it.
    """

    def __init__(self, path: Path, clock: Clock, *, reading: bool = False) -> None:
        self.lock = RLock()
        self.clock = clock
        self.reading = reading
        self.counts: dict[Question, dict[int, int]] = {}
        self.places: dict[Question, dict[int, int]] = {}
        self._counted_at = -1
        self._connection = open_for_reading(path) if reading else open_company(path)
        self._connection.isolation_level = None
        self._connection.create_function("FOLD", 1, _fold, deterministic=True)
        self._connection.create_function("RESEMBLES", 3, _resembles, deterministic=True)
        self._connection.create_collation("EXACT", _compare)
        self._connection.create_aggregate("EXACTLY", 1, _ExactSum)  # type: ignore[arg-type]
        if not reading:
            self._connection.executescript(OWN_TABLES)

    def rows(self, statement: str, values: Sequence[Stored] = ()) -> list[sqlite3.Row]:
        """All rows of a statement."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[Stored] = ()) -> sqlite3.Row | None:
        """The first row, if there is one."""
        found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return found

    def run(self, statement: str, values: Sequence[Stored] = ()) -> int:
        """Carries the statement out; the record number it gave, for an INSERT."""
        return self._connection.execute(statement, values).lastrowid or 0

    def forget_old_counts(self) -> None:
        """Drops what was counted before somebody wrote; the writer itself remembers nothing.

        It also begins the look into the books, so that what follows is of the same moment.
        """
        row = self.row("PRAGMA data_version")
        version = row[0] if row and self.reading else -1
        if version != self._counted_at or not self.reading:
            self.counts.clear()
            self.places.clear()
            self._counted_at = version

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for what the store does with one."""
        return self._connection

    def now(self) -> str:
        """This instant as the store keeps it."""
        return self.clock().strftime(INSTANT)

    def setup(self) -> Setup:
        """The company's set-up as it is now."""
        return read_setup(self._connection)

    def close(self) -> None:
        """Gives the file back."""
        self._connection.close()


class _ExactSum:
    """Adds decimals kept as text without losing a digit."""

    def __init__(self) -> None:
        self._sum: Decimal | None = None

    def step(self, value: str | int | None) -> None:
        if value is not None:
            self._sum = (self._sum or Decimal(0)) + Decimal(value)

    def finalize(self) -> str | None:
        return None if self._sum is None else format(self._sum, "f")


def _fold(value: str | None) -> str | None:
    return None if value is None else str(value).casefold()


def _compare(one: str, other: str) -> int:
    left, right = Decimal(one), Decimal(other)
    return (left > right) - (left < right)


def _resembles(pattern: str, value: str | None, fold: int) -> int | None:
    if value is None:
        return None
    return int(_expression(pattern, fold).fullmatch(str(value)) is not None)


@lru_cache(maxsize=256)
def _expression(pattern: str, fold: int) -> re.Pattern[str]:
    marks = {"%": ".*", "_": "."}
    written = "".join(marks.get(c) or re.escape(c) for c in pattern)
    return re.compile(written, re.DOTALL | (re.IGNORECASE if fold else 0))
