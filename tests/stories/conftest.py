"""Worlds to tell stories in; the demo company is made once and copied for each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.conftest import postgres_database
from tests.stories.world import ROOT, World

MakeWorld = Callable[..., World]


@pytest.fixture(scope="session")
def demo_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company as of 21 November 2026, in a file nobody writes to."""
    folder = tmp_path_factory.mktemp("company")
    code = (
        "from datetime import date; from pathlib import Path; import sys;"
        "from sandbox.company.demo import make_demo;"
        "make_demo(Path(sys.argv[1]), date(2026, 11, 21))"
    )
    path = folder / "company.sqlite"
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=True)
    return path


@contextmanager
def standing(folder: Path, demo_company: Path, database_url: str = "") -> Iterator[World]:
    """A world with the demo company, for as long as it is used."""
    company = folder / "company.sqlite"
    shutil.copy(demo_company, company)
    world = World(folder, company, database_url or f"sqlite:///{folder / 'tieout.sqlite'}")
    world.begin()
    try:
        yield world
    finally:
        world.end()


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory: pytest.TempPathFactory, demo_company: Path) -> Iterator[World]:
    """One world for the stories of a file; each has an account of its own in it."""
    with standing(tmp_path_factory.mktemp("shared"), demo_company) as world:
        yield world


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def either_shared_world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, demo_company: Path
) -> Iterator[World]:
    """The same on either database."""
    with ExitStack() as undo:
        url = ""
        if request.param == "postgres":
            server = request.getfixturevalue("postgres_server")
            url = undo.enter_context(postgres_database(server))
        folder = tmp_path_factory.mktemp("shared")
        yield undo.enter_context(standing(folder, demo_company, url))


@pytest.fixture
def make_world(tmp_path: Path, demo_company: Path) -> Iterator[MakeWorld]:
    """Make a world: `make_world()`, or with a database, a company or settings of its own."""
    worlds: list[World] = []

    def make(
        database_url: str = "",
        company: Path | None = None,
        *,
        socket_mode: bool = False,
        **settings: str,
    ) -> World:
        folder = tmp_path / f"world-{len(worlds)}"
        folder.mkdir()
        here = folder / "company.sqlite"
        shutil.copy(company or demo_company, here)
        url = database_url or f"sqlite:///{folder / 'tieout.sqlite'}"
        world = World(folder, here, url, settings, socket_mode)
        worlds.append(world)
        world.begin()
        return world

    yield make
    for world in worlds:
        world.end()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A world on SQLite with the demo company."""
    return make_world()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_world(request: pytest.FixtureRequest, make_world: MakeWorld) -> Iterator[World]:
    """A world on either database; its processes end before their database does."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    world = make_world(url)
    yield world
    world.end()


@pytest.fixture
def postgres_world(make_world: MakeWorld, postgres_url: str) -> Iterator[World]:
    """A world on PostgreSQL; its processes end before their database does."""
    world = make_world(postgres_url)
    yield world
    world.end()
