from __future__ import annotations

from bot.services import Services
from bot.staged.marks import fall_behind
from bot.staged.refresh import refresh
from bot.staged.status import in_words


def test_no_copy_is_said_in_a_line(services: Services) -> None:
    assert in_words(services.store) == ("There is no copy.",)


def test_each_object_and_each_run_is_a_line(services: Services) -> None:
    refresh(services)
    fresh = in_words(services.store)
    fall_behind(services.store)

    assert "GLDETAIL: 12 rows, from 2021-03-01 on, as of 2026-03-10 09:00:00Z" in fresh
    assert "GLACCOUNT: 6 rows, as of 2026-03-10 09:00:00Z" in fresh
    assert fresh[-1].startswith("run 2026-03-10 09:00:00Z whole: ")
    assert in_words(services.store)[0].endswith(", behind")
