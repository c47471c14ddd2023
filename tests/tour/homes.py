"""Each person's own page: before anything was asked, with something waiting, and after."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.stories.world import ANA, BEN, CLEO, DEV
from tests.tour.deciding import staged
from tests.tour.walk import Walk

PEOPLE = (("ana", ANA), ("ben", BEN), ("cleo", CLEO), ("dev", DEV))


def before(walk: Walk) -> None:
    """Nothing waits for anybody; Dev sees what this is and whom to ask."""
    _everybody(walk, "before", "nothing was asked yet")


def with_something_waiting(walk: Walk) -> None:
    """Two proposals wait: decided from the Home, one each way."""
    staged(walk, "/forecast 6300 3m as of 2024-03")
    staged(walk, "/forecast 6310 3m as of 2024-03")
    for name, who in PEOPLE[:3]:
        walk.goes(who, "home")
        home = walk.home()
        expect(home).to_contain_text("6300" if who == ANA else "6310")
        walk.shows(f"home-waiting-{name}", f"The Home of {name.capitalize()}: two wait", home)
    walk.goes(BEN, "home")
    walk.shows("home-on-screen", "Ben's Home as the screen shows it")
    walk.reads("the Home", walk.home())
    home = walk.home()
    walk.tap(re.compile("^Approve:"), home)
    walk.tap("Approve", walk.window("Approve"))
    expect(home.get_by_role("button", name="Approve")).to_have_count(1)
    walk.tap(re.compile("^Reject:"), home)
    window = walk.window("Reject")
    window.get_by_role("textbox").fill("Travel is planned by quarter.")
    window.locator("button[type=submit]").click()
    expect(home.get_by_role("button", name="Approve")).to_have_count(0)
    walk.shows("home-decided", "Ben's Home after he decided both", home)


def after(walk: Walk) -> None:
    """How the day ended, for each."""
    _everybody(walk, "after", "the day is over")


def _everybody(walk: Walk, when: str, words: str) -> None:
    for name, who in PEOPLE:
        walk.goes(who, "home")
        home = walk.home()
        walk.shows(f"home-{when}-{name}", f"The Home of {name.capitalize()}: {words}", home)
        if who == DEV and re.search(r"\d[\d,]*\.\d{2}", home.inner_text()):
            walk.wrong.append(f"home-{when}-dev: an amount is shown to somebody without rights")
