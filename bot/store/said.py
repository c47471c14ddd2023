"""Which message stands where in Slack, by the key that says which message it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant
from bot.store.engine import reading
from bot.store.tables import message


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was posted: its place, and the hash of what it says now."""

    channel: str
    ts: str
    body_hash: str


def said_under(store: Engine, key: str) -> Said | None:
    """Where the message under this key stands, None where it was never posted."""
    with reading(store) as tx:
        row = tx.execute(select(message).where(message.c.key == key)).one_or_none()
    return Said(row.channel, row.ts, row.body_hash or "") if row and row.ts else None


def about_to_say(store: Engine, key: str, channel: str, about: str, at: datetime) -> bool:
    """Note that it is about to be posted; False where an earlier try got this far."""
    with store.begin() as tx:
        add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        row = {
            "key": key,
            "channel": channel,
            "about": about,
            "state": "sending",
            "at": instant(at),
        }
        new = add(message).values(row).on_conflict_do_nothing().returning(message.c.key)
        return tx.execute(new).one_or_none() is not None


def now_says(store: Engine, key: str, said: Said) -> None:
    """Note where it stands and what it says."""
    with store.begin() as tx:
        tx.execute(
            update(message)
            .where(message.c.key == key)
            .values(channel=said.channel, ts=said.ts, state="sent", body_hash=said.body_hash)
        )
