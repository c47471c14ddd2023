"""Until when a process is believed to be working, and who takes over when it is not.

A lease is a row. Its process moves the expiry on while its working side lives; whoever finds it
expired deletes it and has its jobs run again, in one transaction, so that two cannot do both. A
process whose row has gone works no more: it was paused, and somebody else has its jobs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.canonical import instant
from bot.store.clock import store_now
from bot.store.engine import reading
from bot.store.tables import gate_slot, session_lease


class Lease:
    """This process's row; `renew` and `holds` say whether it is still ours."""

    def __init__(self, store: Engine, executor_id: str, life: timedelta) -> None:
        self.executor_id = executor_id
        self._store = store
        self._life = life
        self._one_at_a_time = Lock()
        with store.begin() as tx:
            expires_at = instant(store_now(tx) + life)
            row = {"executor_id": executor_id, "expires_at": expires_at}
            tx.execute(insert(session_lease), row)
        self._written = {expires_at}  # more than one while it is not known what was committed

    def renew(self) -> bool:
        """Move the expiry on; False if somebody took over, however long ago it expired.

        Where the connection broke during a commit, the row may say the old moment or the new one;
        both are ours.
        """
        with self._one_at_a_time:
            with self._store.begin() as tx:
                expires_at = instant(store_now(tx) + self._life)
                ours = (
                    session_lease.c.executor_id == self.executor_id,
                    session_lease.c.expires_at.in_(sorted(self._written)),
                )
                renewed = update(session_lease).where(*ours).values(expires_at=expires_at)
                moved = tx.execute(renewed).rowcount == 1
                if moved:
                    self._written.add(expires_at)
            if moved:
                self._written = {expires_at}
            return moved

    def holds(self) -> bool:
        """Whether the row is ours now; an expired one that nobody took is ours again."""
        with reading(self._store) as tx:
            found = tx.execute(
                select(session_lease.c.expires_at).where(
                    session_lease.c.executor_id == self.executor_id
                )
            ).scalar_one_or_none()
            fresh = found is not None and found > instant(store_now(tx))
        return fresh or (found is not None and self.renew())

    def give_up(self) -> None:
        """Remove the row: nothing of this process is left to take over."""
        with self._store.begin() as tx:
            tx.execute(delete(session_lease).where(session_lease.c.executor_id == self.executor_id))


def expired(store: Engine) -> tuple[str, ...]:
    """The processes that are no longer believed to be working."""
    with reading(store) as tx:
        return tuple(
            tx.execute(
                select(session_lease.c.executor_id).where(
                    session_lease.c.expires_at < instant(store_now(tx))
                )
            ).scalars()
        )


def watch(store: Engine, executor_id: str, life: timedelta) -> None:
    """Give a process that has jobs but no row a row of its own, to expire like any other.

    It was taken over while it was paused, woke up, and began one more job before it noticed.
    """
    with store.begin() as tx:
        made = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        row = {"executor_id": executor_id, "expires_at": instant(store_now(tx) + life)}
        tx.execute(made(session_lease).values(row).on_conflict_do_nothing())


def take_over(store: Engine, executor_id: str, run_again: Callable[[str], None]) -> bool:
    """Have the jobs of an expired process run again; False if it lives, or another was first.

    The row stays locked until its jobs are back in the queue: whoever dies in between leaves the
    row, and the next one does it again.
    """
    with store.begin() as tx:
        gone = tx.execute(
            delete(session_lease).where(
                session_lease.c.executor_id == executor_id,
                session_lease.c.expires_at < instant(store_now(tx)),
            )
        )
        if gone.rowcount == 1:
            tx.execute(delete(gate_slot).where(gate_slot.c.process == executor_id))
            run_again(executor_id)
        return gone.rowcount == 1


def forget_others(store: Engine, executor_id: str) -> None:
    """Remove every row but this process's, where no other process can be."""
    with store.begin() as tx:
        tx.execute(delete(gate_slot).where(gate_slot.c.process != executor_id))
        tx.execute(delete(session_lease).where(session_lease.c.executor_id != executor_id))


def known(store: Engine) -> frozenset[str]:
    """The processes that have a row, expired or not."""
    with reading(store) as tx:
        return frozenset(tx.execute(select(session_lease.c.executor_id)).scalars())
