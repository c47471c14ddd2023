"""Which files were handed to Slack, by the key that says which file it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant
from bot.store.engine import reading
from bot.store.tables import upload

# An address for it was asked for; Slack was told to share it and may be doing so; Slack has it.
State = Literal["asked", "told", "ready"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as Slack knows it, and since when it is so far."""

    file_id: str
    state: State
    at: str = ""


def upload_under(store: Engine, key: str) -> Upload | None:
    """The file under this key, None where none was begun."""
    with reading(store) as tx:
        row = tx.execute(select(upload).where(upload.c.key == key)).one_or_none()
    return Upload(row.file_id, row.state, row.at) if row else None


def ready_under(store: Engine, keys: Collection[str]) -> Mapping[str, str]:
    """The file ids of those of these keys that Slack has."""
    query = select(upload.c.key, upload.c.file_id).where(
        upload.c.key.in_(keys), upload.c.state == "ready"
    )
    with reading(store) as tx:
        return {row.key: row.file_id for row in tx.execute(query)}


def keep_upload(store: Engine, key: str, made: Upload, at: datetime) -> None:
    """Note how far it is."""
    values = {"file_id": made.file_id, "state": made.state, "at": instant(at)}
    with store.begin() as tx:
        add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        new = add(upload).values(key=key, **values)
        tx.execute(new.on_conflict_do_update(index_elements=[upload.c.key], set_=values))
