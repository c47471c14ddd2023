"""Journal entries on their way into the books: balanced per entity, numbered by date."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sandbox.company.store import insert
from sandbox.company.values import Value, amount


@dataclass(frozen=True, slots=True)
class Line:
    """One line in hundredths of the entity's currency; debits are positive, credits negative."""

    account: str
    hundredths: int
    location: str
    department: str | None = None
    text: str | None = None
    customer: str | None = None
    vendor: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """One posted journal entry of one entity.

    A statistical posting counts things, has no currency and need not balance.
    """

    day: date
    journal: str
    title: str
    currency: str | None
    lines: tuple[Line, ...]
    module: str = "2.GL"
    reference: str | None = None
    reversed_on: date | None = None
    reverses: date | None = None


def out_of_balance(posting: Posting, entity_of: Callable[[str], str]) -> dict[str, int]:
    """By how many hundredths each entity's lines miss zero; empty when the entry balances."""
    sums: dict[str, int] = defaultdict(int)
    for line in posting.lines:
        sums[entity_of(line.location)] += line.hundredths
    return {entity: total for entity, total in sums.items() if total}


def write_postings(
    connection: sqlite3.Connection,
    postings: Iterable[Posting],
    titles: dict[str, str],
    entity_of: Callable[[str], str] = str,
) -> int:
    """Writes the entries in order of their date and answers how many lines they had.

    `titles` gives the accounts' titles, `entity_of` a location's entity (itself, if not given).
    Lines of nothing are left out. An entry out of balance in an entity is a ValueError.
    """
    ordered = sorted(postings, key=lambda posting: posting.day)
    for posting in ordered:
        if posting.currency and (missing := out_of_balance(posting, entity_of)):
            raise ValueError(f"{posting.title} of {posting.day} misses zero by {missing}")
    visible: dict[str, int] = defaultdict(int)
    batches = []
    for number, posting in enumerate(ordered, start=1):
        visible[posting.journal] += 1
        batches.append(_batch(posting, number, visible[posting.journal]))
    insert(connection, "GLBATCH", batches)
    return insert(connection, "GLENTRY", _entries(ordered, batches, titles))


def at(day: date, hour: int = 17) -> datetime:
    """An instant of the day, for what a person does during office hours."""
    return datetime.combine(day, time(hour), UTC)


def _batch(posting: Posting, number: int, visible: int) -> dict[str, Value]:
    return {
        "RECORDNO": number,
        "BATCHNO": visible,
        "BATCH_TITLE": posting.title,
        "BATCH_DATE": posting.day,
        "JOURNAL": posting.journal,
        "STATE": "Posted",
        "MODULE": posting.module,
        "REFERENCENO": posting.reference,
        "REVERSEDATE": posting.reversed_on,
        "REVERSEDFROM": posting.reverses,
        "USERKEY": 1,
        "MODIFIED": posting.day,
        "STATUS": "active",
        "CREATEDBY": 1,
        "MODIFIEDBY": 1,
        "WHENCREATED": at(posting.day),
        "WHENMODIFIED": at(posting.day),
    }


def _entries(
    ordered: list[Posting], batches: list[dict[str, Value]], titles: dict[str, str]
) -> Iterator[dict[str, Value]]:
    number = 0
    for posting, batch in zip(ordered, batches, strict=True):
        lines = [line for line in posting.lines if line.hundredths]
        for position, line in enumerate(lines, start=1):
            number += 1
            yield {
                "RECORDNO": number,
                "BATCHNO": batch["RECORDNO"],
                "BATCH_NUMBER": batch["BATCHNO"],
                "LINE_NO": position,
                "ACCOUNTTITLE": titles[line.account],
                "BATCHTITLE": posting.title,
                "STATUS": "active",
                "WHENCREATED": batch["WHENCREATED"],
                "WHENMODIFIED": batch["WHENMODIFIED"],
                **_amounts(posting, line),
                **_places(line),
            }


def _amounts(posting: Posting, line: Line) -> dict[str, Value]:
    return {
        "TR_TYPE": 1 if line.hundredths > 0 else -1,
        "ENTRY_DATE": posting.day,
        "AMOUNT": amount(abs(line.hundredths)),
        "TRX_AMOUNT": amount(abs(line.hundredths)),
        "STATISTICAL": posting.currency is None,
        "CURRENCY": posting.currency,
        "BASECURR": posting.currency,
        "EXCHANGE_RATE": posting.currency and "1",
    }


def _places(line: Line) -> dict[str, Value]:
    return {
        "ACCOUNTNO": line.account,
        "DESCRIPTION": line.text,
        "DEPARTMENT": line.department,
        "LOCATION": line.location,
        "CUSTOMERID": line.customer,
        "VENDORID": line.vendor,
        "PROJECTID": line.project,
    }
