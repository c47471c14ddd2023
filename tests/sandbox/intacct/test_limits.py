from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from lxml import etree

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import Gateway, errors, request

SETUP = request("<getFinancialSetup/>")
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def limit(gateway: Gateway, **words: float) -> None:
    assert gateway.sandbox("limits", words).json()["ok"] is True


def sent(pool: ThreadPoolExecutor, gateway: Gateway, in_flight: int) -> Future[httpx.Response]:
    """One request under way; goes on when the gateway has as many as that in flight."""
    under_way = pool.submit(gateway.post, SETUP)
    until = time.monotonic() + 5
    while gateway.sandbox("limits").json()["in_flight"] < in_flight:
        assert time.monotonic() < until
        time.sleep(0.005)
    return under_way


def test_one_more_than_the_limit_waits_and_the_next_is_refused(
    gateway: Gateway, pool: ThreadPoolExecutor
) -> None:
    limit(gateway, concurrency=1)
    gateway.sandbox("fault", {"kind": "slow", "seconds": 0.4})
    first = sent(pool, gateway, 1)
    second = sent(pool, gateway, 2)
    third = gateway.post(SETUP)

    assert (third.status_code, errors(etree.fromstring(third.content))[0][0]) == (429, "GW-0010")
    assert [one.result().status_code for one in (first, second)] == [200, 200]
    assert gateway.sandbox("limits").json() == {
        "in_flight": 0,
        "most_in_flight": 3,
        "requests": 3,
        "most_in_a_minute": 3,
        "refused": 1,
    }


def test_who_waits_too_long_is_refused(gateway: Gateway, pool: ThreadPoolExecutor) -> None:
    limit(gateway, concurrency=1, queue_seconds=0.05)
    gateway.sandbox("fault", {"kind": "slow", "seconds": 0.4})
    first = sent(pool, gateway, 1)

    assert gateway.post(SETUP).status_code == 429
    assert first.result().status_code == 200
    assert gateway.post(SETUP).status_code == 200


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
