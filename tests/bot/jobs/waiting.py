"""What the tests of jobs do: ask for one, and wait for something to come true."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine

from bot.jobs.work import enqueue
from bot.store.canonical import JSON


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def ask(store: Engine, key: str, name: str, args: Mapping[str, JSON] | None = None) -> bool:
    with store.begin() as tx:
        return enqueue(tx, key, name, args or {}, datetime(2025, 7, 1, 9, tzinfo=UTC))
