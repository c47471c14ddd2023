"""Worlds to measure in: the same processes the stories run, started once and stopped at the end."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sandbox.company.demo import make_demo
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
