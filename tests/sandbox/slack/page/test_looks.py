"""How the page looks and is reached: contrast, phone width, keyboard, names and roles."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.sandbox.slack.office import BEN, FINANCE
from tests.sandbox.slack.page import samples
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# Every visible text with less than 4.5 to 1 against what lies under it, as WCAG computes it.
FAINT = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      known.set(colour, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const over = (top, under) => {
    const share = top[3] / 255;
    return [0, 1, 2].map((i) => top[i] * share + under[i] * (1 - share)).concat(255);
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 255) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), rgba("canvas"));
  };
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: node, textContent } = walker.currentNode;
    const words = textContent.trim();
    const all = { visibilityProperty: true, opacityProperty: true };
    if (!words || !node.checkVisibility(all)) continue;
    if (node.closest("svg, :disabled, noscript, .skip")) continue;
    const under = ground(node);
    const ink = over(rgba(getComputedStyle(node).color), under);
    const [high, low] = [light(ink), light(under)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) faint.push(`${words.slice(0, 40)} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""
SMALL = """() => [...document.querySelectorAll("button, .button, summary")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => node.getBoundingClientRect().height < 39.5)
  .map((node) => node.getAttribute("aria-label") ?? node.textContent)"""

NOWHERE = "document.activeElement === document.body"
TO_THE_TOP = "document.getElementById('skip').focus()"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full(shared: Visit) -> Visit:
    """#finance with a message of every block, one of a person, and one that only Ben sees."""

    async def opens(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=samples.FORM)

    async def suggest(ack: Any, payload: dict[str, Any]) -> None:
        names = [one for one in ("Orbit", "Orbital") if payload["value"] in one]
        await ack(options=samples.options(*names))

    shared.office.app.action("approve")(opens)
    shared.office.app.options("customer")(suggest)
    for text, blocks in samples.MESSAGES.items():
        await shared.post(text, *blocks)
    await shared.office.type("Is *June* closed? @ben")
    await shared.office.call("chat.postEphemeral", channel=FINANCE, user=BEN, text="2 are hidden")
    return shared


async def opened(full: Visit, width: int, theme: str = "light") -> Page:
    for view in await full.office.modals(BEN):
        await full.office.desk("close", who=BEN, view_id=view["id"])
    await full.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await full.page.set_viewport_size({"width": width, "height": 900})
    await full.page.goto("about:blank")
    await full.open(BEN, FINANCE)
    await expect(full.page.get_by_test_id("message").last).to_contain_text("2 are hidden")
    return full.page


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_every_text_stands_out_from_what_lies_under_it(full: Visit, theme: str) -> None:
    page = await opened(full, 1280, theme)
    assert await page.evaluate(FAINT) == []

    await full.button("Approve").click()
    await expect(page.get_by_test_id("modal")).to_be_visible()
    await full.button("Propose").click()
    await expect(page.get_by_text("Please complete this required field.").first).to_be_visible()
    await page.get_by_test_id("modal").get_by_role("combobox", name="Period").click()
    await expect(page.get_by_role("option").first).to_be_visible()

    assert await page.evaluate(FAINT) == []


async def test_a_phone_shows_everything_within_its_width_and_large_enough_to_touch(
    full: Visit,
) -> None:
    page = await opened(full, 375)

    assert await page.evaluate("document.documentElement.scrollWidth") == 375
    wide = """[...document.querySelectorAll('.message, .message .blocks, .message .block')]
      .filter((node) => !node.closest(".carousel"))
      .filter((node) => node.getBoundingClientRect().right > 375.5).map((node) => node.className)"""
    assert await page.evaluate(wide) == []
    await expect(page.get_by_text("Scroll for more columns").nth(1)).to_be_visible()
    assert await page.evaluate(SMALL) == []
    last = await page.get_by_test_id("message").last.bounding_box()
    composer = await page.get_by_test_id("composer").bounding_box()
    assert last is not None
    assert composer is not None
    assert last["y"] + last["height"] <= composer["y"]

    await full.button("Approve").click()
    await expect(page.get_by_test_id("modal")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 375
    assert await page.evaluate(SMALL) == []


async def stops(page: Page, most: int) -> list[str]:
    """Where the keyboard is and where Tab goes, as role and name, until it leaves the page."""
    told: list[str] = []
    while len(told) < most and not await page.evaluate(NOWHERE):
        if await page.locator(":focus").count():  # not so on the calendar of a date field
            told.append(await here(page))
        await page.keyboard.press("Tab")
    return told


async def here(page: Page) -> str:
    """Role and name of what has the keyboard; looked at again while it is being drawn."""
    for _ in range(10):
        if snapshot := await page.locator(":focus").aria_snapshot():
            return snapshot.splitlines()[0].strip("- :'")
        await page.wait_for_timeout(50)
    return "something without a role"


async def test_the_tab_key_reaches_everything_in_order_and_each_thing_has_a_name(
    full: Visit,
) -> None:
    page = await opened(full, 1280)
    await page.evaluate(TO_THE_TOP)

    order = await stops(page, 90)

    nameless = [stop for stop in order if '"' not in stop and not stop.startswith("text:")]
    assert nameless == []
    places = [
        next(n for n, stop in enumerate(order) if words in stop)
        for words in (
            'link "Skip to the composer"',
            'link "finance"',
            'button "Notifications',
            'button "Acting as Ben Okafor"',
            'region "Conversation"',
            'region "Table"',
            'button "Show as table"',
            'searchbox "Filter Open items"',
            'combobox "Period"',
            'textbox "Date"',
            'button "Good answer"',
            'button "Approve"',
            'textbox "Message #finance"',
        )
    ]
    assert places == sorted(places)
    await page.evaluate(TO_THE_TOP)
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_the_fields_of_a_modal_have_their_labels_and_errors_and_keep_the_keyboard(
    full: Visit,
) -> None:
    page = await opened(full, 1280)
    await full.button("Approve").click()
    modal = page.get_by_role("dialog", name="Split the deposit")
    await expect(modal.get_by_role("textbox", name="Amount")).to_be_focused()
    await expect(modal.get_by_role("note").first).to_have_text("Warning: The period closes today.")

    order = await stops(page, 22)
    for words in ('"Copy to', '"Address', '"Explanation', '"Customer', '"Period', '"Propose"'):
        assert any(words in stop for stop in order), (words, order)
    assert not any("Message #finance" in stop for stop in order)

    await modal.get_by_role("textbox", name="Copy to").fill("nobody")
    await page.keyboard.press("Tab")
    await expect(modal.get_by_role("textbox", name="Copy to")).to_have_accessible_description(
        "Please enter a valid email address."
    )
    customer = modal.get_by_role("combobox", name="Customer")
    await customer.press_sequentially("Orb")
    await expect(page.get_by_role("option")).to_have_text(["Orbit", "Orbital"])
    await customer.press("ArrowDown")
    await customer.press("Enter")
    await expect(customer).to_have_value("Orbital")
    await customer.press("Escape")
    await expect(modal).to_have_count(0)
    await expect(full.button("Approve")).to_be_focused()


async def test_arrow_keys_go_from_message_to_message(full: Visit) -> None:
    page = await opened(full, 1280)
    await page.get_by_role("region", name="Conversation").focus()

    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_test_id("message").last).to_be_focused()
    await page.keyboard.press("ArrowUp")

    before = page.get_by_test_id("message").nth(-2)
    await expect(before).to_be_focused()
    await expect(before.get_by_role("button", name="Reply in thread")).to_be_visible()
    await expect(page.get_by_role("log", name="Messages")).to_have_attribute("aria-live", "polite")


async def test_nothing_moves_for_those_who_asked_for_that(full: Visit) -> None:
    page = await opened(full, 1280)
    await page.emulate_media(reduced_motion="reduce")

    turning = page.locator(".task.in_progress .icon")
    await expect(turning).to_have_css("animation-iteration-count", "1")
    await expect(page.get_by_role("region", name="Cards")).to_have_css("scroll-behavior", "auto")
    await page.emulate_media(reduced_motion="no-preference")
