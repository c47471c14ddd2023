"""What was asked for and is not in the engine yet: rows written before anybody was answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, update

from bot.errors import NotUnderstood
from bot.store.canonical import JSON, instant
from bot.store.engine import reading
from bot.store.tables import job

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A job as it was asked for."""

    key: str
    name: str
    written: str

    def args(self) -> Mapping[str, JSON]:
        """The arguments, or NotUnderstood if another version of the bot wrote them differently."""
        try:
            read = json.loads(self.written)
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise NotUnderstood(
                "This was written down by another version of the bot and can no longer be read;"
                " please ask again."
            )
        return read


def waiting(store: Engine) -> tuple[str, ...]:
    """The keys of what is not handed over yet, oldest first, some hundred at once."""
    mine = select(job.c.key).where(job.c.handed_over_at.is_(None))
    with reading(store) as tx:
        return tuple(tx.execute(mine.order_by(job.c.at, job.c.key).limit(_AT_ONCE)).scalars())


def handed_over(store: Engine, key: str, at: datetime) -> None:
    """Note that the engine has the job; noted twice, the first time stands."""
    with store.begin() as tx:
        tx.execute(
            update(job)
            .where(job.c.key == key, job.c.handed_over_at.is_(None))
            .values(handed_over_at=instant(at))
        )


def asked(store: Engine, key: str) -> Asked | None:
    """What was asked for under this key, or None if nothing was."""
    with reading(store) as tx:
        row = tx.execute(select(job.c.name, job.c.args).where(job.c.key == key)).one_or_none()
    return Asked(key, row.name, row.args) if row else None
