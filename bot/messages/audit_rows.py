"""Rows of the audit trail as a table people read."""

from __future__ import annotations

from bot.audit import AuditRow
from bot.messages.message import Column, Table

SHOWN = 30


def rows_as_table(rows: tuple[AuditRow, ...]) -> Table:
    """The latest rows, oldest first: number, instant in UTC, who, what."""
    return Table(
        (Column("Row", "right"), Column("When (UTC)"), Column("Who"), Column("Did")),
        tuple(
            (str(r.seq), r.at[:19].replace("T", " "), r.who.split("/")[-1], r.did)
            for r in rows[-SHOWN:]
        ),
    )
