from __future__ import annotations

from bot.desk.windows import reject_window
from bot.messages.render import view_of
from tests.snapshots import looks_like


def test_a_rejection_asks_why() -> None:
    assert looks_like("reject", view_of(reject_window("PRP-1")))
