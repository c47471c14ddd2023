"""`python -m tests.tour`: the whole tour, its recording and its pictures in `build/tour/`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from sandbox.company.demo import make_demo
from tests.stories.world import ROOT, World
from tests.tour.album import Album
from tests.tour.road import WHOLE, Stop, walks
from tests.tour.walk import CHROMIUM, PATIENCE_MS, QUIET, walking

BOOKS = date(2026, 11, 21)


def main() -> int:
    """Walk it all; 0 where nothing was missed, wrong or found in the recording."""
    if CHROMIUM is None:
        sys.stderr.write("The tour needs Chromium, and there is none on this machine.\n")
        return 2
    folder = _emptied(ROOT / "build" / "tour")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        world = _world(Path(place))
        try:
            missed, wrong = _walked(world, folder)
        finally:
            world.end()
            shutil.copy(world.folder / "slack.jsonl", folder / "recording.jsonl")
            shutil.copy(world.folder / "bot.log", folder / "bot.log")
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "validate-messages",
        str(folder / "recording.jsonl"),
    ]
    found = subprocess.run(command, cwd=ROOT, check=False).returncode
    for words in (*(f"MISSED {m}" for m in missed), *(f"WRONG {w}" for w in wrong)):
        _tell(words)
    _tell(f"{time.monotonic() - began:.0f} s; the pictures are in {folder / 'index.html'}")
    return 1 if missed or wrong or found else 0


def _walked(world: World, folder: Path) -> tuple[list[str], list[str]]:
    world.begin()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with walking(browser, world, Album(folder)) as walk:
            missed = walks(walk, _chosen(), _tell)
            walk.album.bind()
        browser.close()
    return missed, walk.wrong


def _chosen() -> tuple[Stop, ...]:
    """The stops named on the command line; all of them where none is."""
    return tuple(stop for stop in WHOLE if stop.__name__ in sys.argv[1:]) or WHOLE


def _world(folder: Path) -> World:
    company = folder / "company.sqlite"
    make_demo(company, BOOKS)
    return World(folder, company, f"sqlite:///{folder / 'tieout.sqlite'}")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
