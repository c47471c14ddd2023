"""What the outbox asks of the store every second, however much was said before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, insert

from bot.store.engine import open_store, reading
from bot.store.said import lanes_due, waiting_in
from bot.store.tables import message

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SAID = {"channel": "C1", "state": "sent", "at": "", "lane": "C1"}


@pytest.fixture
def long_used(tmp_path: Path) -> Engine:
    """A store in which much was said, and one message waits."""
    store = open_store(f"sqlite:///{tmp_path / 'tieout.sqlite'}")
    with store.begin() as tx:
        rows = [{**SAID, "key": f"k{n}", "ts": f"1.{n}", "number": n} for n in range(2000)]
        tx.execute(insert(message), rows)
        waits = {"key": "waits", "number": 2000, "next_try_at": "2026-11-20T00:00:00.000000Z"}
        tx.execute(insert(message), {**SAID, **waits, "state": "sending"})
    return store


def test_a_look_at_what_waits_does_not_walk_through_what_was_said(long_used: Engine) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(long_used, "before_cursor_execute", lambda *told: asked.append(told[2:4]))

    assert lanes_due(long_used, NOW) == ("C1",)
    assert [waiting.key for waiting in waiting_in(long_used, "C1")] == ["waits"]

    looks = [told for told in asked if told[0].startswith("SELECT")]
    with reading(long_used) as tx:
        plans = [
            str(tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", carried).all())
            for words, carried in looks
        ]
    long_used.dispose()
    assert len(plans) == 2
    for plan in plans:
        assert "message_next_try" in plan or "message_waiting" in plan
        assert "TEMP B-TREE" not in plan
