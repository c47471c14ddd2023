"""Until when Slack wants to be left alone with something; told by one process, kept by all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant, read_instant
from bot.store.engine import reading
from bot.store.tables import hold


def hold_off(store: Engine, what: str, until: datetime) -> None:
    """Nobody does this before then; a later end that is known already stays."""
    with store.begin() as tx:
        add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        new = add(hold).values(what=what, until=instant(until))
        tx.execute(
            new.on_conflict_do_update(
                index_elements=[hold.c.what],
                set_={"until": new.excluded.until},
                where=hold.c.until < new.excluded.until,
            )
        )


def held_until(store: Engine, what: str) -> datetime | None:
    """The end of the last time nobody was to do this, None where there never was one."""
    with reading(store) as tx:
        until = tx.execute(select(hold.c.until).where(hold.c.what == what)).scalar_one_or_none()
    return read_instant(until) if until else None
