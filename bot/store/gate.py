"""The gate to a company's Intacct, kept in the store so that all processes pass the same one.

One short transaction takes a slot and a place in the rate, or says how long to wait; nothing is
held in the database while the request is under way. A slot expires, so that a process that was
killed gives its own back; where another process takes over its work it is given back at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import SystemRandom
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from bot.store.canonical import instant, read_instant
from bot.store.clock import store_now
from bot.store.tables import gate, gate_slot
from bot.store.usage import count_use
from intacct.errors import NoTurn
from intacct.gate import LONGEST_HOLD, TOO_MANY, Limits, Room, Turn

log = logging.getLogger("tieout.gate")

SHORTEST_LOOK, LONGEST_LOOK = 0.01, 0.05  # seconds until another look for a free slot
NO_STORE: Final = "no turn: the store that keeps them does not answer, and nothing left"
LONG_AGO: Final = instant(datetime(2000, 1, 1, tzinfo=UTC))


class StoreGate:
    """One company's gate; every process that opens it on the same store shares its limits.

    `allowance` is what the company's tier includes in a month, `process` the lease of this one.
    """

    def __init__(
        self,
        store: Engine,
        company: str,
        limits: Limits,
        allowance: int,
        *,
        process: str = "",
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._company = company
        self._limits = limits
        self._allowance = allowance
        self._wait = wait
        self._room = Room(limits)
        self._process = process
        with store.begin() as tx:
            add = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
            row = {"company": company, "arrival": LONG_AGO, "not_before": LONG_AGO}
            tx.execute(add(gate).values(row).on_conflict_do_nothing())

    @contextmanager
    def passing(
        self, *, longest: float, patience: float, background: bool = False
    ) -> Iterator[Turn]:
        """Wait for a turn, and give it back at the end of the block; see `intacct.gate.Gate`."""
        until = time.monotonic() + patience
        slot = uuid4().hex
        with self._room.entered(patience, background=background):
            while seconds := self._asked(slot, longest, background=background):
                if time.monotonic() + seconds > until:
                    raise NoTurn(TOO_MANY, seconds)
                self._wait(seconds)
            turn = Turn()
            try:
                yield turn
            finally:
                self._give_back(slot, turn.billed)

    def hold_off(self, seconds: float) -> None:
        """Let nobody of this company through for so long."""
        with _lest_an_answer_be_lost("a pause"), self._store.begin() as tx:
            until = store_now(tx) + timedelta(seconds=min(seconds, LONGEST_HOLD))
            later = update(gate).where(self._ours, gate.c.not_before < instant(until))
            tx.execute(later.values(not_before=instant(until)))

    def count(self, billed: int) -> None:
        """Add to what the company was billed this month."""
        said = None
        if billed:
            with _lest_an_answer_be_lost("a count"), self._store.begin() as tx:
                said = count_use(tx, self._company, billed, self._allowance)
        _warn(said)

    def _asked(self, slot: str, longest: float, *, background: bool) -> float:
        """The same as `_to_wait`; NoTurn where the store itself has none for us."""
        try:
            return self._to_wait(slot, longest, background=background)
        except (OperationalError, InterfaceError) as error:
            raise NoTurn(NO_STORE) from error

    def _to_wait(self, slot: str, longest: float, *, background: bool) -> float:
        """0 and the slot is taken, or the seconds until it may be asked for again."""
        with self._store.begin() as tx:
            # Whoever has this row has the gate; the clock is read after waiting for it.
            held = tx.execute(select(gate).where(self._ours).with_for_update()).one()
            now = store_now(tx)
            if seconds := self._closed(held.arrival, held.not_before, now):
                return seconds
            if not self._has_place(tx, now, background=background):
                return SystemRandom().uniform(SHORTEST_LOOK, LONGEST_LOOK)
            arrival = self._limits.after(_seconds(held.arrival), now.timestamp())
            moved = instant(datetime.fromtimestamp(arrival, UTC))
            tx.execute(update(gate).where(self._ours).values(arrival=moved))
            expires_at = instant(now + timedelta(seconds=longest))
            row = {"id": slot, "company": self._company, "expires_at": expires_at}
            tx.execute(insert(gate_slot), {**row, "process": self._process})
        return 0.0

    def _closed(self, arrival: str, not_before: str, now: datetime) -> float:
        """Seconds until the rate and a busy Intacct let anybody through."""
        held = min(_seconds(not_before) - now.timestamp(), LONGEST_HOLD)
        return max(0.0, held, self._limits.wait(_seconds(arrival), now.timestamp()))

    def _has_place(self, tx: Connection, now: datetime, *, background: bool) -> bool:
        ours = gate_slot.c.company == self._company
        tx.execute(delete(gate_slot).where(ours, gate_slot.c.expires_at <= instant(now)))
        taken = tx.execute(select(func.count()).select_from(gate_slot).where(ours)).scalar_one()
        return taken < self._limits.places(background=background)

    def _give_back(self, slot: str, billed: int) -> None:
        said = None
        # The slot expires by itself.
        with _lest_an_answer_be_lost("the end of a turn"), self._store.begin() as tx:
            tx.execute(delete(gate_slot).where(gate_slot.c.id == slot))
            if billed:
                said = count_use(tx, self._company, billed, self._allowance)
        _warn(said)

    @property
    def _ours(self) -> ColumnElement[bool]:
        return gate.c.company == self._company


@contextmanager
def _lest_an_answer_be_lost(what: str) -> Iterator[None]:
    """A store that fails now must not hide what Intacct answered."""
    try:
        yield
    except SQLAlchemyError as error:
        log.warning("%s could not be stored: %s", what, type(error).__name__)


def _warn(sentence: str | None) -> None:
    if sentence:
        log.warning(sentence)


def _seconds(written: str) -> float:
    return read_instant(written).timestamp()
