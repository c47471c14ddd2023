"""What a job is: something asked for once, by key, and what it is handed while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import JSON, canonical, instant
from bot.store.tables import job


@dataclass(frozen=True, slots=True)
class Work:
    """A job under way; it may run again from the start, so every effect in it has a key."""

    key: str
    name: str
    args: Mapping[str, JSON]
    _keep: Callable[[str, Callable[[], JSON]], JSON]
    _check: Callable[[], None]

    def step(self, name: str, do: Callable[[], JSON]) -> JSON:
        """What `do` returned, kept: once it has completed it is not run again, even by another
        process. It may run twice if the process dies inside it."""
        return self._keep(name, do)

    def check_still_mine(self) -> None:
        """Raise LeaseLost if this process may no longer work; ask before every write."""
        self._check()


def enqueue(
    tx: Connection, key: str, name: str, args: Mapping[str, JSON], at: datetime | None = None
) -> bool:
    """Put the job into the outbox in the caller's transaction; True if its key is new.

    `at` is when it was asked for, now unless given. A key already used changes nothing. Raises
    TypeError for a float in the arguments.
    """
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    asked = instant(at or datetime.now(UTC))
    values = {"key": key, "name": name, "args": canonical(args), "at": asked}
    return tx.execute(insert(job).values(values).on_conflict_do_nothing()).rowcount == 1
