from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, event

from bot.jobs.lease import Lease, expired, forget_others, known, take_over, watch

LONG = timedelta(minutes=1)
OVER = timedelta(seconds=-1)


def test_a_lease_is_held_and_moved_on_until_it_is_given_up(store: Engine) -> None:
    lease = Lease(store, "one", LONG)

    assert lease.holds()
    assert lease.renew()
    assert expired(store) == ()
    lease.give_up()

    assert not lease.holds()
    assert not lease.renew()
    assert known(store) == frozenset()


def test_an_expired_lease_that_nobody_took_is_still_ours(store: Engine) -> None:
    lease = Lease(store, "paused", OVER)

    assert expired(store) == ("paused",)
    assert lease.holds()


def test_who_was_taken_over_holds_nothing_when_it_wakes_up(store: Engine) -> None:
    lease = Lease(store, "paused", OVER)
    again: list[str] = []

    assert take_over(store, "paused", again.append)

    assert again == ["paused"]
    assert not lease.holds()
    assert not lease.renew()


def test_a_row_made_for_who_was_taken_over_does_not_give_it_its_lease_back(store: Engine) -> None:
    lease = Lease(store, "paused", OVER)
    take_over(store, "paused", lambda _executor: None)

    watch(store, "paused", LONG)
    watch(store, "paused", LONG)

    assert known(store) == {"paused"}
    assert not lease.renew()


def _breaks_off(tx: Connection) -> None:
    raise ConnectionError


def _commits_and_breaks_off(tx: Connection) -> None:
    connection = tx.connection.dbapi_connection
    assert connection is not None
    connection.commit()
    raise ConnectionError


@pytest.mark.parametrize("breaks_off", [_breaks_off, _commits_and_breaks_off])
def test_a_lease_is_still_ours_after_a_commit_that_broke_off(
    store: Engine, breaks_off: Callable[[Connection], None]
) -> None:
    lease = Lease(store, "one", LONG)
    event.listen(store, "commit", breaks_off)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            lease.renew()
    event.remove(store, "commit", breaks_off)

    assert lease.renew()
    assert lease.holds()


def test_the_living_are_not_taken_over(store: Engine) -> None:
    Lease(store, "alive", LONG)
    again: list[str] = []

    assert not take_over(store, "alive", again.append)
    assert again == []


def test_of_four_who_would_take_over_one_does(store: Engine) -> None:
    Lease(store, "dead", OVER)
    again: list[str] = []
    together = Barrier(4)

    def take() -> bool:
        together.wait()
        return take_over(store, "dead", again.append)

    with ThreadPoolExecutor(4) as threads:
        took = [future.result() for future in [threads.submit(take) for _ in range(4)]]

    assert sorted(took) == [False, False, False, True]
    assert again == ["dead"]


def test_a_take_over_that_broke_off_is_done_by_the_next(store: Engine) -> None:
    Lease(store, "dead", OVER)

    def breaks_off(_executor: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_over(store, "dead", breaks_off)
    again: list[str] = []

    assert take_over(store, "dead", again.append)
    assert again == ["dead"]


def test_where_nobody_else_can_be_the_other_rows_are_forgotten(store: Engine) -> None:
    Lease(store, "before", LONG)
    Lease(store, "now", LONG)

    forget_others(store, "now")

    assert known(store) == {"now"}
