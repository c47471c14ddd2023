"""One clock for all processes that share a store."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, DateTime, func, select


def store_now(tx: Connection) -> datetime:
    """The server's instant, or on SQLite, where all processes are here, this machine's."""
    if tx.dialect.name == "postgresql":
        return tx.execute(select(func.clock_timestamp(type_=DateTime(timezone=True)))).scalar_one()
    return datetime.now(UTC)
