"""Rate tiers: bursts pass, floods wait, and nobody waits who switched them off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.slack.limits import Limits
from tests.sandbox.slack.office import FINANCE, KEYS, Office


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2025, 7, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_a_burst_of_three_minutes_worth_passes_and_then_the_tier_holds() -> None:
    watch = Watch()
    limits = Limits(watch, on=True)

    burst = [limits.wait("chat.update", 3) for _ in range(150)]

    assert set(burst) == {0}
    assert limits.wait("chat.update", 3) == 2  # 50 a minute: the next is free in 1.2 seconds
    assert limits.wait("views.update", 4) == 0  # each method counts for itself
    watch.forward(1.2)
    assert limits.wait("chat.update", 3) == 0
    assert limits.wait("chat.update", 3) == 2


def test_posts_are_counted_by_channel_one_a_second() -> None:
    watch = Watch()
    limits = Limits(watch, on=True)

    assert {limits.wait_to_post(FINANCE) for _ in range(60)} == {0}
    assert limits.wait_to_post(FINANCE) == 1
    assert limits.wait_to_post("C02AUDIT") == 0
    watch.forward(1)
    assert limits.wait_to_post(FINANCE) == 0
    assert limits.wait_to_post(FINANCE) == 1


def test_a_clock_put_back_gives_nothing_and_takes_nothing() -> None:
    watch = Watch()
    limits = Limits(watch, on=True)
    assert limits.wait("users.list", 2) == 0
    watch.forward(-3600)

    assert limits.wait("users.list", 2) == 0


def test_switched_off_nobody_waits() -> None:
    limits = Limits(Watch(), on=False)

    assert {limits.wait_to_post(FINANCE) for _ in range(1000)} == {0}
    assert {limits.wait("users.list", 2) for _ in range(1000)} == {0}


@pytest.mark.asyncio(loop_scope="module")
async def test_one_call_too_many_is_answered_with_429_and_when_to_come_again(
    shared: Office,
) -> None:
    shared.clock.stop()
    headers = {"authorization": f"Bearer {KEYS.bot_token}"}
    for _ in range(60):
        await shared.http.get("/api/conversations.list", headers=headers)

    answer = await shared.http.get("/api/conversations.list", headers=headers)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json() == {"ok": False, "error": "ratelimited"}
    shared.clock.ahead += timedelta(seconds=3)
    again = await shared.http.get("/api/conversations.list", headers=headers)
    assert again.json()["ok"]
