"""The working paper of the record itself: its rows counted, or all that was done to one subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Engine

from bot.audit import AuditRow, counted, row_at, trail
from bot.errors import Altered, NotUnderstood
from bot.messages.audit_rows import in_words
from bot.messages.message import Column, Row, Table
from bot.messages.paper import Figure, Paper
from bot.store.canonical import read_instant

COUNT = Column("Rows", "right", adds=True)


def id_of_record(rows: int, about: str = "") -> str:
    """The id of the record up to a row, or of the trail of one subject up to it."""
    return "-".join(("AUD", str(rows), *((about,) if about else ())))


def paper_of_record(store: Engine, id_: str) -> Paper:
    """The paper with this id; rows are only ever added, so it is the same at any time.

    NotUnderstood where the record does not reach so far, Altered where a row of it is missing.
    """
    _, number, about = [*id_.split("-", 2), ""][:3]
    last = row_at(store, int(number)) if _is_number(number) else None
    if last is None:
        raise NotUnderstood("There is no such row on record. Type /audit verify.")
    if about:
        return _trail(id_, about, last, trail(store, about, last.seq))
    return _whole(id_, last, counted(store, last.seq))


def _whole(id_: str, last: AuditRow, days: Sequence[tuple[str, str, int]]) -> Paper:
    """Rows by day and by what was done."""
    if sum(many for _, _, many in days) != last.seq:
        raise Altered("The record is not whole: a row is missing. Type /audit verify.")
    rows: tuple[Row, ...] = tuple((day, in_words(did), Decimal(many)) for day, did, many in days)
    daily = tuple(_daily(days))
    return Paper(
        id=id_,
        title=f"The record, rows 1 to {last.seq:,}",
        currency="",
        questions=("Every row of the audit record, counted by day (UTC) and by what was done.",),
        columns=(Column("Day"), Column("What was done", wraps=True), COUNT),
        rows=rows,
        figures=(Figure("Rows on record", Decimal(last.seq), ((0, len(rows)),)), *daily),
        read_at=read_instant(last.at),
        tables=(
            Table(
                "Rows by day",
                (Column("Day"), COUNT),
                tuple((day.name.removeprefix("Rows of "), day.amount) for day in daily),
                total=("Total", Decimal(last.seq)),
            ),
        ),
        about=(("Head", last.mac),),
    )


def _daily(days: Sequence[tuple[str, str, int]]) -> Iterator[Figure]:
    at = 0
    for day, of in groupby(days, key=lambda row: row[0]):
        counts = [many for _, _, many in of]
        span = ((at, at + len(counts)),)
        yield Figure(f"Rows of {day}", Decimal(sum(counts)), span)
        at += len(counts)


def _trail(id_: str, about: str, last: AuditRow, found: Sequence[AuditRow]) -> Paper:
    """Row by row, oldest first, each counted once."""
    if not found:
        raise NotUnderstood(f"Nothing is on record about “{about}”. Check the id.")
    columns = (
        Column("Row"),
        Column("At"),
        Column("Who", wraps=True),
        Column("What was done", wraps=True),
        COUNT,
    )
    rows: tuple[Row, ...] = tuple(
        (f"{row.seq}", row.at, row.who, in_words(row.did), Decimal(1)) for row in found
    )
    count = Decimal(len(found))
    return Paper(
        id=id_,
        title=f"Audit trail of {about}",
        currency="",
        questions=(f"Every row of the audit record about {about}, up to row {last.seq:,}.",),
        columns=columns,
        rows=rows,
        figures=(Figure(f"Rows about {about}", count, ((0, len(rows)),)),),
        read_at=read_instant(last.at),
        tables=(Table("Trail", columns, rows, total=("Total", None, None, None, count)),),
        about=(("Head", last.mac),),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
