from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import Gateway, control, request, wait_for_in_flight

SETUP = request("<getFinancialSetup/>")
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def limit(gateway: Gateway, **words: float) -> None:
    assert gateway.sandbox("limits", words).json()["ok"] is True


def test_who_waits_too_long_is_refused_and_everybody_is_counted(
    gateway: Gateway, local: LocalIntacct
) -> None:
    limit(gateway, concurrency=1, queue_seconds=0.05)
    guarded = request("<getFinancialSetup/>", head=control(unique="true"))
    with ThreadPoolExecutor(1) as pool:
        with local.books.lock:  # a guarded function writes, so it cannot end before this is left
            first = pool.submit(gateway.post, guarded)
            wait_for_in_flight(gateway, 1)
            second = gateway.post(SETUP)
            busy = gateway.sandbox("limits").json()
        assert first.result().status_code == 200

    assert second.status_code == 429
    assert gateway.post(SETUP).status_code == 200
    assert busy == {
        "in_flight": 1,
        "most_in_flight": 2,
        "requests": 2,
        "most_in_a_minute": 2,
        "refused": 1,
    }
    assert gateway.sandbox("limits").json()["in_flight"] == 0


def test_a_slow_answer_holds_its_place(gateway: Gateway) -> None:
    limit(gateway, concurrency=1, queue_seconds=0)
    gateway.sandbox("fault", {"kind": "slow", "seconds": 0.5})
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(gateway.post, SETUP)
        wait_for_in_flight(gateway, 1)
        second = gateway.post(SETUP)

    assert (first.result().status_code, second.status_code) == (200, 429)


def test_so_many_in_a_minute_and_no_more(company: Path, client: httpx.Client) -> None:
    now = [NOW]
    local = LocalIntacct(company, clock=lambda: now[0])
    local.start()
    gateway = Gateway(client, local.url)
    limit(gateway, per_minute=2)
    statuses = [gateway.post(SETUP).status_code for _ in range(3)]
    now[0] += timedelta(seconds=60)
    statuses.append(gateway.post(SETUP).status_code)
    seen = gateway.sandbox("limits").json()
    local.stop()

    assert statuses == [200, 200, 429, 200]
    assert (seen["requests"], seen["most_in_a_minute"], seen["refused"]) == (4, 3, 1)


def test_without_a_limit_everybody_comes_in_and_is_counted(gateway: Gateway) -> None:
    limit(gateway, concurrency=0)
    for _ in range(3):
        assert gateway.post(SETUP).status_code == 200
    before = gateway.sandbox("limits").json()
    limit(gateway)

    assert (before["requests"], before["most_in_flight"], before["refused"]) == (3, 1, 0)
    assert gateway.sandbox("limits").json()["requests"] == 0


@pytest.mark.parametrize(
    "words",
    [{"concurrency": -1}, {"concurrency": 1.5}, {"concurrency": True}, {"speed": 1}],
)
def test_a_limit_nobody_knows_is_refused(gateway: Gateway, words: dict[str, object]) -> None:
    assert gateway.sandbox("limits", words).status_code == 400
