"""The essential half of `make tour`: asked, proved, exported, decided, read; and its recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from sandbox.slack.validate.holds import findings_of
from sandbox.slack.validate.recording import read_recording
from tests.stories.world import World
from tests.tour.album import LOOKS, Album
from tests.tour.road import ESSENTIAL, walks
from tests.tour.walk import CHROMIUM, PATIENCE_MS, QUIET, walking

pytestmark = pytest.mark.browser


def test_the_road_is_walked_and_nothing_in_its_recording_is_beyond_slacks_limits(
    world: World, tmp_path: Path
) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with walking(browser, world, Album(tmp_path, LOOKS[:1])) as walk:
            missed = walks(walk, ESSENTIAL, print)
        browser.close()
    expect.set_options(timeout=5_000)

    lines = read_recording((world.folder / "slack.jsonl").read_text(encoding="utf-8"))
    assert missed == []
    assert walk.wrong == []
    assert [str(finding) for finding in findings_of(lines)] == []
