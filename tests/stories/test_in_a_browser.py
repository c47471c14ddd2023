"""The road as people see and tap it, in headless Chromium; it takes the README's pictures too."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.stories.world import ROOT, World

pytestmark = pytest.mark.browser

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
TALL = 4800  # pixels: a whole conversation
WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=375, height=812)
PATIENCE_MS = 60_000
TAPPED_WITH_A_THUMB = 34  # pixels: what a button must at least be high and wide
READABLE = 4.5  # WCAG AA for text

CONTRAST = """node => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => rgba(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  let behind = node;
  while (behind.parentElement && rgba(getComputedStyle(behind).backgroundColor)[3] < 255)
    behind = behind.parentElement;
  const style = getComputedStyle(node);
  const text = light(node instanceof SVGElement ? style.fill : style.color);
  const back = light(getComputedStyle(behind).backgroundColor);
  return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
}"""


@dataclass(frozen=True, slots=True)
class Screen:
    """One person in front of the local Slack."""

    world: World
    page: Page

    def type(self, words: str) -> None:
        """Type a command with the keyboard, the first suggestion taken with Tab."""
        composer = self.page.get_by_test_id("composer")
        command, _, rest = words.partition(" ")
        composer.press_sequentially(command[:4])
        expect(self.page.get_by_role("option", name=command)).to_be_visible()
        composer.press("Tab")
        expect(composer).to_have_value(f"{command} ")
        composer.press_sequentially(rest)
        composer.press("Enter")

    def sees(self, words: str) -> Locator:
        """The latest message with these words, awaited."""
        message = self.page.get_by_test_id("message").filter(has_text=words).last
        expect(message).to_be_visible()
        return message

    def tap(self, name: str, where: Locator) -> None:
        where.get_by_role("button", name=name, exact=True).click()

    def becomes(self, name: str) -> None:
        """Switch to another person with the switcher at the top."""
        self.page.get_by_test_id("person").click()
        self.page.get_by_role("menuitemradio", name=name).click()
        expect(self.page.get_by_role("button", name=f"Acting as {name}")).to_be_visible()

    def picture(self, name: str, message: Locator) -> None:
        """The message alone, for the README, where `TIEOUT_PICTURES=write` asks for it."""
        if os.environ.get("TIEOUT_PICTURES") != "write":
            return
        before = self.page.viewport_size or WIDE
        self.page.set_viewport_size({"width": before["width"], "height": TALL})
        self.page.mouse.move(0, 0)
        folder = ROOT / "docs"
        folder.mkdir(exist_ok=True)
        self.page.evaluate("document.activeElement.blur()")
        path = folder / f"{name}.png"
        message.screenshot(path=path, animations="disabled", style=".tools { display: none }")
        self.page.set_viewport_size(before)


@contextmanager
def screen(browser: Browser, world: World, size: ViewportSize, theme: str) -> Iterator[Screen]:
    """#finance as Ana sees it; the page may not complain."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport=size, color_scheme="dark" if theme == "dark" else "light"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{world.slack['page']}#as=U01ANA&channel=C01FINANCE")
    expect(page.get_by_role("button", name="Acting as Ana Ruiz")).to_be_visible()
    yield Screen(world, page)
    context.close()
    assert complaints == []


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()
    expect.set_options(timeout=5_000)


def asks(screen: Screen) -> Locator:
    """Ana's forecast, answered."""
    screen.type("/forecast revenue 12m by department")
    return screen.sees("Save as budget version")


def saves(screen: Screen) -> Locator:
    """The card that waits for somebody's decision."""
    screen.tap("Save as budget version", asks(screen))
    return screen.sees("To approve")


def test_a_forecast_is_asked_for_saved_approved_and_found_in_intacct(
    browser: Browser, world: World
) -> None:
    with screen(browser, world, WIDE, "light") as ana:
        ana.type("/forecast revenue 12m by department")
        ana.sees("the result replaces this")
        answer = ana.sees("Save as budget version")
        expect(
            answer.get_by_role("img", name=re.compile("Revenue.*Line chart of USD"))
        ).to_be_visible()
        total = answer.get_by_role("row", name=re.compile("^Total")).get_by_role("cell")
        expect(answer).to_contain_text(f"USD {total.nth(1).inner_text()} over 12 months")
        ana.picture("forecast", answer)

        ana.tap("Sources", answer)
        window = ana.page.get_by_role("dialog", name="Sources")
        expect(window).to_contain_text(f"USD {total.nth(1).inner_text()}")
        ana.tap("Close", window)
        expect(window).to_have_count(0)

        ana.tap("Save as budget version", answer)
        card = ana.sees("To approve")
        ana.becomes("Ben Okafor")
        ben = ana
        card = ben.sees("To approve")
        ben.picture("to-approve", card)
        approves(ben, card)

        committed = ben.sees("Committed")
        ben.picture("committed", committed)
        found = re.search(r"record (\d+), read back", committed.inner_text())
        assert found
        total_row = committed.get_by_role("row", name=re.compile("^Total")).get_by_role("cell")
        in_slack = total_row.nth(2).inner_text()

        ben.tap("Audit trail", committed)
        trail = ben.page.get_by_role("dialog", name="Audit trail")
        for did in ("staged", "approved", "committed"):
            expect(trail).to_contain_text(did)
        ben.tap("Close", trail)
        expect(trail).to_have_count(0)
        ben.type("/audit verify")
        ben.sees("The chain holds")

        ben.page.goto(world.intacct["page"])
        budget = ben.page.locator(f"#budget-{found[1]}")
        expect(budget.get_by_role("heading")).to_contain_text("FCST-2026-11")
        expect(budget.locator("tfoot td").last).to_have_text(in_slack)


def approves(screen: Screen, card: Locator) -> None:
    """Review the marked lines, then approve and confirm."""
    card.get_by_role("button", name=re.compile(r"^Review \d+$")).click()
    window = screen.page.get_by_role("dialog", name="Review changes")
    screen.tap("I looked at them", window)
    card = screen.sees("Reviewed by")
    screen.tap("Approve", card)
    asked = screen.page.get_by_role("dialog", name="Approve")
    expect(asked).to_contain_text("This writes budget version FCST-2026-11")
    screen.tap("Approve", asked)


def test_on_a_phone_the_card_is_read_and_tapped_without_moving_the_page(
    browser: Browser, world: World
) -> None:
    with screen(browser, world, PHONE, "dark") as phone:
        card = saves(phone)
        answer = phone.sees("Save as budget version")

        assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        for message in (answer, card):
            box = message.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
            for button in message.locator(".block-actions").get_by_role("button").all():
                area = button.bounding_box()
                assert area
                assert min(area["width"], area["height"]) >= TAPPED_WITH_A_THUMB
        name, next_months = answer.get_by_role("row").nth(1).get_by_role("cell").all()[:2]
        right = [
            cell.evaluate("n => n.getBoundingClientRect().right") for cell in (name, next_months)
        ]
        assert max(right) <= PHONE["width"]
        phone.picture("phone", answer)

        phone.becomes("Ben Okafor")
        approves(phone, phone.sees("To approve"))
        phone.sees("Committed")


def test_in_the_dark_every_text_can_be_read(browser: Browser, world: World) -> None:
    with screen(browser, world, WIDE, "dark") as dark:
        card = saves(dark)
        answer = dark.sees("Save as budget version")

        shown = [
            *(answer.locator(place).first for place in (".header", ".text", ".tick", ".legend li")),
            *(
                answer.locator(place).first
                for place in ("thead th", "tbody td", ".block-context .text")
            ),
            *(card.get_by_role("button", name=name) for name in ("Approve", "Reject", "Sources")),
            card.locator(".mention").first,
        ]
        contrasts = [text.evaluate(CONTRAST) for text in shown]
        back = dark.page.evaluate("getComputedStyle(document.body).backgroundColor")

        assert [round(one, 1) for one in contrasts if one < READABLE] == []
        assert back == "rgb(22, 25, 26)"
