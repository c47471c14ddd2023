"""Worlds to measure in: the same processes the stories run, started once and stopped at the end."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sandbox.company.demo import make_demo
from sandbox.company.load import load_ledger
from sandbox.company.periods import first_of_month, later
from tests.stories.world import World


@contextmanager
def demo_world() -> Iterator[World]:
    """A world with the demo company as of today."""
    with tempfile.TemporaryDirectory() as folder:
        company = Path(folder) / "company.sqlite"
        say("making the demo company")
        make_demo(company, datetime.now(UTC).date())
        with world_of(company) as world:
            yield world


@contextmanager
def large_world(accounts: int, months: int = 60) -> Iterator[World]:
    """A world whose company has so many revenue accounts: trend, season, seeded chance."""
    chance = random.Random(accounts)
    last = later(first_of_month(datetime.now(UTC).date()), -1)
    with tempfile.TemporaryDirectory() as name:
        ledger, company = Path(name) / "ledger.csv", Path(name) / "company.sqlite"
        rows = ["unique_id,ds,y"]
        for account in range(accounts):
            level, growth, swing = chance.uniform(1e3, 1e6), chance.gauss(0, 0.01), chance.random()
            for month in range(months):
                season = 1 + swing * (0.5 - abs(month % 12 - 6) / 6)
                amount = level * (1 + growth) ** month * season * chance.lognormvariate(0, 0.1)
                day = later(last, month + 1 - months)
                rows.append(f"large-{account:03},{day},{amount:.2f}")
        ledger.write_text("\n".join(rows), encoding="utf-8")
        load_ledger(ledger, company, "USD", say)
        with world_of(company) as world:
            yield world


@contextmanager
def world_of(company: Path, **settings: str) -> Iterator[World]:
    """A world with the company in this file, which its Intacct writes to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = World(folder, company, f"sqlite:///{folder / 'tieout.sqlite'}", dict(settings))
        try:
            world.begin()
            yield world
        finally:
            world.end()


def say(words: str) -> None:
    """A word of progress, beside the table."""
    print(words, file=sys.stderr, flush=True)
