"""How soon a slash command is acknowledged, idle and with forecasts running beside it.

Signed requests go straight to `/slack/events`, as many a second as told, whether or not the ones
before were answered (at most so many in flight). A time runs from when the request was due, so
that waiting for a free place counts. Slack gives up after three seconds.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import httpx

from benchmarks import road
from benchmarks.report import machine, percentile, table
from benchmarks.worlds import large_world, say
from sandbox.slack.delivery import FORM, encoded, signed
from tests.stories.world import ANA, GENERAL, ROOT, World, until

A_SECOND = 20
IN_FLIGHT = 8
SECONDS = 20.0
SLACKS_PATIENCE = 3.0
FORECAST = "/forecast revenue 12m"
LINES = 500
REAL_EACH = 20  # of so many requests one is `/audit verify`, the others words that are refused


@dataclass(frozen=True, slots=True)
class Measured:
    """The times to the acknowledgement, in seconds, and what ran beside it."""

    who: str
    beside: str
    times: tuple[float, ...]


def main() -> None:
    """Measure the bot, then the bot one would write first, each idle and busy."""
    with large_world(LINES) as world:
        measured = [*_both(world, "tieout")]
        world.kill_bot()
        with _written_first(world):
            measured += _both(world, "a thread in the same process")
    rows = [_row(one) for one in measured]
    print(
        f"{A_SECOND} signed requests a second for {SECONDS:.0f} s, at most {IN_FLIGHT} in flight, "
        f"one in {REAL_EACH} taken on (`/audit verify`), the others refused in the reply.\n"
    )
    print(table(("arithmetic in", "beside it", "n", "p50", "p99", "max", "over 3 s"), rows))
    ours, theirs = (percentile(measured[at].times, 0.99) for at in (1, 3))
    print(f"\np99 with forecasts beside it: {theirs / ours:.1f} times as long in a thread.")
    print(machine())


def _both(world: World, who: str) -> list[Measured]:
    say(f"{who}: idle")
    asyncio.run(_asked_again_and_again(world, 1.0))  # the first requests pay for imports
    idle = Measured(who, "nothing", asyncio.run(_asked_again_and_again(world, SECONDS)))
    say(f"{who}: with forecasts")
    with _forecasts(world) as done:
        busy = asyncio.run(_asked_again_and_again(world, SECONDS))
    return [idle, Measured(who, f"{len(done)} forecasts of {LINES} lines", busy)]


def _row(measured: Measured) -> tuple[str, ...]:
    times = measured.times
    late = sum(time > SLACKS_PATIENCE for time in times) / len(times)
    shown = (percentile(times, 0.5), percentile(times, 0.99), max(times))
    beside = (measured.who, measured.beside, str(len(times)))
    return (*beside, *(f"{1000 * seconds:.0f} ms" for seconds in shown), f"{late:.1%}")


async def _asked_again_and_again(world: World, seconds: float) -> tuple[float, ...]:
    """Requests at a steady pace; the seconds from when each was due to its acknowledgement."""
    free = asyncio.Semaphore(IN_FLIGHT)
    async with httpx.AsyncClient(timeout=60) as client:
        begun = time.monotonic()

        async def one(number: int) -> float:
            due = begun + number / A_SECOND
            await asyncio.sleep(due - time.monotonic())
            async with free:
                await _asked(world, client, number)
            return time.monotonic() - due

        return tuple(await asyncio.gather(*(one(n) for n in range(int(A_SECOND * seconds)))))


async def _asked(world: World, client: httpx.AsyncClient, number: int) -> None:
    """One signed slash command, as Slack sends it; an error status is an error here."""
    real = number % REAL_EACH == 0
    body = {
        "team_id": "T01ACME",
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": ANA,
        "command": "/audit" if real else "/forecast",
        "text": "verify" if real else "revenue 1000m",
        "response_url": f"{world.slack['api']}nowhere",
        "trigger_id": secrets.token_hex(16),
    }
    content = encoded("slash_command", body)
    headers = signed(world.slack["signing_secret"], content, int(datetime.now(UTC).timestamp()))
    url = f"http://127.0.0.1:{world.settings['TIEOUT_PORT']}/slack/events"
    reply = await client.post(url, content=content, headers={**headers, "content-type": FORM})
    reply.raise_for_status()
    if not real and "36 months" not in reply.text:
        raise AssertionError(f"the refusal did not say why: {reply.text}")


@contextmanager
def _forecasts(world: World) -> Iterator[list[float]]:
    """Forecasts one after the other until the end; the seconds each took."""
    over, done = Event(), list[float]()

    def typist() -> None:
        while not over.is_set():
            done.append(road.answered(world, FORECAST, every=0.5).seconds)

    thread = Thread(target=typist)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()


@contextmanager
def _written_first(world: World) -> Iterator[None]:
    """The other bot at the same address, with a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"TIEOUT_DATABASE_URL": f"sqlite:///{Path(folder) / 'other.sqlite'}"}
        env = {**os.environ, **world.settings, **own}
        command = [sys.executable, "-m", "benchmarks.written_first"]
        process = subprocess.Popen(command, cwd=ROOT, env=env)
        try:
            until(lambda: _answers(f"http://127.0.0.1:{world.settings['TIEOUT_PORT']}/health"))
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    main()
