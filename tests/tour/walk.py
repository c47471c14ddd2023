"""Somebody in front of the local Slack: types, reads, taps, and takes pictures on the way."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

from tests.stories.world import ANA, FINANCE, World, said, until
from tests.tour.album import WIDE, Album
from tests.tour.reading import order_problems, picture_problems

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
Words = str | re.Pattern[str]


@dataclass
class Walk:
    """The world, one open page, the album, and what was found wrong on the way."""

    world: World
    page: Page
    album: Album
    wrong: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # ids that a later stop needs
    who: str = ANA
    channel: str = FINANCE

    def goes(self, who: str, channel: str = FINANCE) -> None:
        """Be this person in this place: a channel's id, `im` or `home`."""
        self.who, self.channel = who, self._direct(who) if channel == "im" else channel
        self.page.goto(f"{self.world.slack['page']}#as={who}&channel={channel}")
        here = self.page.locator(f'[data-testid="person"][data-person="{who}"]')
        expect(here).to_be_visible()

    def _direct(self, who: str) -> str:
        return f"D{who[1:]}"

    def types(self, words: str) -> None:
        """Into the composer, and Enter."""
        composer = self.page.get_by_test_id("composer")
        composer.fill(words)
        composer.press("Enter")
        expect(composer).to_have_value("")

    def asks(self, words: str) -> Locator:
        """Type a command; the message that answers it, whatever it says by now and later."""
        before = self.stamps()
        self.types(words)
        new = until(lambda: next(iter(self.stamps() - before), None))
        return self.message(new)

    def stamps(self, words: str = "") -> set[str]:
        """The messages this person has here, of those with these words."""
        seen = self.world.messages(self.who, self.channel)
        return {str(message["ts"]) for message in seen if words in said(message)}

    def sees(self, words: Words) -> Locator:
        """The latest message with these words, awaited."""
        message = self.page.get_by_test_id("message").filter(has_text=words).last
        expect(message).to_be_visible()
        return message

    def message(self, ts: str) -> Locator:
        """The message with this time stamp."""
        return self.page.locator(f'[data-testid="message"][data-ts="{ts}"]').last

    def window(self, title: Words) -> Locator:
        """The open window with this title, awaited."""
        window = self.page.get_by_role("dialog", name=title)
        expect(window).to_be_visible()
        return window

    def home(self) -> Locator:
        """The App Home, awaited until something is on it."""
        home = self.page.get_by_test_id("home")
        expect(home.locator(".block").first).to_be_visible()
        return home

    def tap(self, name: Words, where: Locator) -> None:
        """A button by its label."""
        where.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()

    def has(self, name: Words, where: Locator) -> bool:
        """Whether there is such a button on what is awaited."""
        expect(where).to_be_visible()
        return where.get_by_role("button", name=name, exact=isinstance(name, str)).count() > 0

    def close(self) -> None:
        """The open window, by the cross in its corner."""
        window = self.page.get_by_test_id("modal")
        window.get_by_role("button", name="Close window").click()
        expect(window).to_have_count(0)

    def shows(self, name: str, caption: str, part: Locator | None = None) -> None:
        """A picture of the message or window, or of the whole screen; its pictures' words read."""
        self.album.take(self.page, name, caption, part)
        self.wrong += picture_problems(part or self.page.locator("#app"), name)

    def reads(self, name: str, part: Locator) -> None:
        """The keyboard goes through it in the order it is read."""
        self.wrong += order_problems(self.page, part, name)


@contextmanager
def walking(browser: Browser, world: World, album: Album) -> Iterator[Walk]:
    """A walk at a desk, in light; what the page complains of is wrong too."""
    context = browser.new_context(viewport=WIDE, color_scheme="light", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    walk = Walk(world, page, album)
    page.on("pageerror", lambda error: walk.wrong.append(f"the page: {error}"))
    yield walk
    context.close()
