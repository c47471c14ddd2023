"""What a job is: something asked for once, by key, and what it is handed while it runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import JSON, canonical, instant
from bot.store.tables import job


class HandedOver(BaseException):
    """This process may no longer work on this job; it, or another, runs it again from its steps.

    No Exception, so that nothing on the way up takes it for a failure of the job.
    """


@dataclass(frozen=True, slots=True)
class Work:
    """A job under way; it may run again from the start, so every effect in it has a key."""

    key: str
    name: str
    args: Mapping[str, JSON]
    keep: Callable[[str, Callable[[], JSON]], JSON]
    still_mine: Callable[[], None]

    def step(self, name: str, do: Callable[[], JSON]) -> JSON:
        """What `do` returned, kept under this name: a step that completed is not run again, not
        even by another process. One that died halfway is, so what it does has a key of its own.

        Raises TypeError if the result is not JSON without floats: dates and amounts are texts.
        """
        return self.keep(name, do)

    def check_still_mine(self) -> None:
        """Raise HandedOver if this process may no longer work on the job; ask before each write."""
        self.still_mine()


def enqueue(
    tx: Connection, key: str, name: str, args: Mapping[str, JSON], at: datetime | None = None
) -> bool:
    """Put the job into the outbox in the caller's transaction; True if its key is new.

    `at` is when it was asked for, now unless given. A key already used changes nothing. Raises
    TypeError for a float in the arguments and ValueError for a key without a character to it.
    """
    if not key.strip():
        raise ValueError("a job needs a key")
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    asked = instant(at or datetime.now(UTC))
    values = {"key": key, "name": name, "args": canonical(args), "at": asked}
    new = insert(job).values(values).on_conflict_do_nothing().returning(job.c.key)
    return tx.execute(new).one_or_none() is not None


def args_of(tx: Connection, key: str) -> Mapping[str, JSON] | None:
    """What the job with this key was asked with, None where there is none."""
    args = tx.execute(select(job.c.args).where(job.c.key == key)).scalar_one_or_none()
    return None if args is None else json.loads(args)
