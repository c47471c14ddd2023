"""The essential half of `make tour`: asked, proved, exported, decided, read; and its recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from sandbox.slack.validate.holds import findings_of
from sandbox.slack.validate.recording import read_recording
from tests.stories.world import World
from tests.tour.album import LOOKS, Album
from tests.tour.reading import order_problems, picture_problems
from tests.tour.road import ESSENTIAL, walks
from tests.tour.walk import CHROMIUM, PATIENCE_MS, QUIET, Walk, walking

pytestmark = pytest.mark.browser


BADLY_MADE = """<main><div class="blocks"><img alt="Revenue by month" src="data:,"></div>
<button style="position: absolute; top: 300px">Approve</button>
<button style="position: absolute; top: 40px">Review 2</button>
<button style="position: absolute; top: 500px; width: 40px"></button>
<button style="position: absolute; top: 600px; outline: none">All lines</button></main>"""


def a_stop_that_is_not_there(walk: Walk) -> None:
    raise AssertionError("no such stop")


def test_a_page_that_is_read_in_another_order_than_it_stands_is_noticed() -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page()
        page.set_content(BADLY_MADE)
        found = order_problems(page, page.locator("main"), "here")
        found += picture_problems(page.locator("main"), "here")
        browser.close()

    assert found == [
        "here: a stop has no name",
        "here: “All lines” does not show the keyboard",
        "here: “Review 2” comes after “Approve”",
        "here: a picture says “Revenue by month”, and no figure",
    ]


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
            unreached = walks(walk, [a_stop_that_is_not_there], print)
        browser.close()
    expect.set_options(timeout=5_000)

    lines = read_recording((world.folder / "slack.jsonl").read_text(encoding="utf-8"))
    assert missed == []
    assert unreached == ["test_tour.a_stop_that_is_not_there: no such stop"]
    assert walk.wrong == []
    assert [str(finding) for finding in findings_of(lines)] == []
