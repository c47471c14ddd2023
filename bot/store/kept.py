"""Texts kept under an id that follows from them: written once, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant
from bot.store.engine import reading
from bot.store.tables import snapshot


def keep_under(store: Engine, id_: str, body: str, at: datetime) -> None:
    """The text under its id; keeping it again changes nothing."""
    with store.begin() as tx:
        add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        values = {"id": id_, "at": instant(at), "body": body}
        tx.execute(add(snapshot).values(values).on_conflict_do_nothing())


def body_under(store: Engine, id_: str) -> str | None:
    """The text under this id, None where there is none."""
    with reading(store) as tx:
        return tx.execute(select(snapshot.c.body).where(snapshot.c.id == id_)).scalar_one_or_none()
