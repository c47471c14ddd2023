"""One reading of the books while it goes on: who is asked, how often, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from uuid import uuid4

from analytics.ledger import Currency
from bot.errors import BotError
from bot.services import Services
from bot.staged.lines import Row
from bot.staged.marks import Run, put_run
from bot.staged.writing import Written
from bot.store.canonical import instant
from intacct.client import Answer
from intacct.errors import IntacctError, NotAuthorised, NotSignedIn, Refused
from intacct.read.extract import Asked, Element

# Without these no question can be answered, so whoever may not read them has no copy.
NEEDED: Final = frozenset(
    {"GLACCOUNT", "STATACCOUNT", "LOCATIONENTITY", "DEPARTMENT", "LOCATION", "PROJECT", "GLBATCH"}
)

NO_CURRENCY: Final = Currency("")

T = TypeVar("T")


class Counted:
    """The conversation with Intacct, and how many requests it took."""

    def __init__(self, books: Asked) -> None:
        self._books = books
        self.calls = 0

    def ask(self, *functions: Element, entity: str = "") -> tuple[Answer, ...]:
        """One answer per function, in order."""
        self.calls += 1
        return self._books.ask(*functions, entity=entity)


@dataclass(slots=True)
class Reading:
    """A run under way; `at` is when it began, and so the moment its figures are at least as of."""

    services: Services
    books: Counted
    kind: str
    run_id: str
    at: datetime
    told: Callable[[str], None]
    base: Currency = NO_CURRENCY
    rows: int = 0
    written: Written = field(default_factory=Written)
    notes: list[str] = field(default_factory=list)

    @property
    def stamp(self) -> Row:
        """What every row written in this run carries."""
        return {"read_at": instant(self.at), "run_id": self.run_id}

    def wrote(self, what: str, rows: int, written: Written) -> None:
        """Count it, and say so to whoever looks on."""
        self.rows += rows
        self.written += written
        self.told(f"{what}: {rows:,} read, {written.changed:,} new, {written.deleted:,} gone")

    def as_run(self, ended: datetime | None, outcome: str) -> Run:
        """What goes on record."""
        return Run(
            run_id=self.run_id,
            kind=self.kind,
            started=self.at,
            ended=ended,
            calls=self.books.calls,
            rows_read=self.rows,
            rows_changed=self.written.changed,
            rows_deleted=self.written.deleted,
            outcome=outcome,
        )


@contextmanager
def on_record(services: Services, kind: str, told: Callable[[str], None]) -> Iterator[Reading]:
    """A run whose beginning and end are kept, however it ends."""
    run = Reading(services, Counted(services.books), kind, uuid4().hex, services.clock(), told)
    put_run(services.store, run.as_run(None, "under way"))
    outcome = "unfinished"
    try:
        yield run
        outcome = "; ".join(["done", *run.notes])
    except (IntacctError, BotError) as error:
        outcome = type(error).__name__
        raise
    finally:
        put_run(services.store, run.as_run(services.clock(), outcome))


def asked_together(
    run: Reading, names: Sequence[str], ask: Callable[[Sequence[str]], Mapping[str, T]]
) -> dict[str, T]:
    """What each object was answered with; one this user may not read is noted and left out.

    All are asked for together, and one by one only where Intacct says no to one of them.
    """
    try:
        return dict(ask(names))
    except (NotSignedIn, NotAuthorised):
        raise
    except Refused:
        found: dict[str, T] = {}
        for name in names:
            try:
                found |= ask([name])
            except Refused:
                if name in NEEDED:
                    raise
                run.notes.append(f"{name} cannot be read")
        return found
