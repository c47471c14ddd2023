"""Who opened their Home, and what it shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.policy import Person
from bot.store.canonical import instant
from bot.store.engine import reading
from bot.store.tables import home


def opened(store: Engine, who: Person, at: datetime) -> None:
    """Note that this person looks at their Home; the latest opening stands."""
    row = {"team": who.team, "who": who.user, "opened_at": instant(at)}
    with store.begin() as tx:
        add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        tx.execute(
            add(home)
            .values({**row, "body_hash": "", "published_at": ""})
            .on_conflict_do_update(
                index_elements=["team", "who"],
                set_={"opened_at": instant(at)},
                where=home.c.opened_at < instant(at),
            )
        )


def shown_since(store: Engine, since: datetime) -> Mapping[Person, str]:
    """Everybody who opened their Home since then, and the hash of what it shows."""
    query = select(home.c.team, home.c.who, home.c.body_hash).order_by(home.c.team, home.c.who)
    with reading(store) as tx:
        rows = tx.execute(query.where(home.c.opened_at >= instant(since))).all()
    return {Person(row.team, row.who): row.body_hash for row in rows}


def shown_to(store: Engine, who: Person) -> str:
    """The hash of what this person's Home shows, "" where it shows nothing yet."""
    query = select(home.c.body_hash).where(home.c.team == who.team, home.c.who == who.user)
    with reading(store) as tx:
        return tx.execute(query).scalar_one_or_none() or ""


def now_shows(store: Engine, who: Person, body_hash: str, at: datetime) -> None:
    """Note what was published to this person."""
    mine = (home.c.team == who.team, home.c.who == who.user)
    with store.begin() as tx:
        shown = {"body_hash": body_hash, "published_at": instant(at)}
        tx.execute(update(home).where(*mine).values(shown))


def forget(store: Engine, who: Person) -> None:
    """Nothing more is published to this person until they open their Home again."""
    with store.begin() as tx:
        tx.execute(delete(home).where(home.c.team == who.team, home.c.who == who.user))
