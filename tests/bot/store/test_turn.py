"""Turns taken by threads at once, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sqlalchemy import Engine, text

from bot.store.engine import reading
from bot.store.turn import turn, turn_if_free

MANY = 32  # as many jobs as run at once


def look(store: Engine) -> None:
    with reading(store) as tx:
        tx.execute(text("SELECT 1"))


def test_one_turn_at_a_time_and_whoever_does_not_wait_is_told(store: Engine) -> None:
    with turn(store, "card:1"), ThreadPoolExecutor(1) as elsewhere:

        def is_free() -> bool:
            with turn_if_free(store, "card:1") as mine:
                return mine

        assert elsewhere.submit(is_free).result() is False
    with turn_if_free(store, "card:1") as mine:
        assert mine


def test_however_many_have_turns_the_store_answers_everybody_else(store: Engine) -> None:
    """Such as fifty Homes opened at once while Slack is slow, and a command typed meanwhile."""
    going_on = Event()

    def work(number: int) -> None:
        with turn(store, f"home:{number}"):
            going_on.wait(10)
            look(store)

    with ThreadPoolExecutor(MANY) as jobs:
        working = [jobs.submit(work, number) for number in range(MANY)]
        try:
            with ThreadPoolExecutor(1) as edge:
                edge.submit(look, store).result(timeout=5)
        finally:
            going_on.set()
        for job in working:
            job.result(timeout=20)
