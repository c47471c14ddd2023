"""Around the messages: what is unread, who is at work, what comes later, who may write."""

from __future__ import annotations

import time
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.sandbox.slack.office import ANA, BEN, FINANCE, GENERAL
from tests.sandbox.slack.page import samples
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DIRECT = "D02BEN"
ARCHIVED, PRIVATE = "C06PLAN24", "C04CLOSE"


@pytest_asyncio.fixture(loop_scope="module")
async def at_desk(shared: Visit) -> Visit:
    """Ben at a desk-wide window in #general, where the app is not."""
    await shared.page.set_viewport_size({"width": 1280, "height": 900})
    await shared.open(BEN, GENERAL)
    return shared


async def test_what_rings_is_listed_quietly_until_it_is_read(at_desk: Visit) -> None:
    await at_desk.office.type("nothing for anybody", who=ANA)
    await at_desk.post("<@U02BEN> v13 waits: *38,226,116.00 USD*")
    await at_desk.office.call("chat.postMessage", channel=DIRECT, text="3 decisions wait")
    rail = at_desk.page.get_by_role("navigation", name="Channels and direct messages")
    await expect(rail.get_by_role("link", name="finance unread")).to_be_visible()
    await expect(rail.get_by_role("link", name="Tieout 1 unread")).to_be_visible()

    await at_desk.button("Notifications, 2 new").click()

    listed = at_desk.page.get_by_role("dialog", name="Notifications").get_by_role("link")
    await expect(listed).to_have_count(2)
    await expect(listed.first).to_contain_text("3 decisions wait")
    await expect(listed.nth(1)).to_contain_text("@Ben Okafor v13 waits: 38,226,116.00 USD")
    await expect(listed.first).to_be_focused()
    await listed.nth(1).click()
    await expect(at_desk.page.get_by_role("heading", name="finance", exact=True)).to_be_visible()
    await expect(at_desk.button("Notifications, 1 new")).to_be_visible()
    await expect(rail.get_by_role("link", name="finance unread")).to_have_count(0)


async def test_what_came_since_one_looked_is_marked_as_new(at_desk: Visit) -> None:
    await at_desk.open(BEN, FINANCE)
    await at_desk.post("old")
    await expect(at_desk.page.get_by_test_id("message").last).to_contain_text("old")
    await at_desk.page.get_by_role("link", name="general").click()
    await expect(at_desk.page.get_by_role("heading", name="general", exact=True)).to_be_visible()
    await at_desk.post("fresh")
    entry = at_desk.page.get_by_role("link", name="finance unread")
    await expect(entry).to_be_visible()

    await entry.click()

    line = at_desk.page.get_by_role("separator").filter(has_text="New")
    await expect(line).to_have_count(1)
    below = line.locator("xpath=following-sibling::article[1]")
    await expect(below).to_contain_text("fresh")


async def test_the_app_says_that_it_is_at_work_and_what_one_could_ask(at_desk: Visit) -> None:
    prompts = [{"title": "What waits?", "message": "What waits for me?"}]
    call = at_desk.office.call
    asked = await call(
        "assistant.threads.setSuggestedPrompts", channel_id=DIRECT, title="Ask", prompts=prompts
    )
    assert asked["ok"], asked
    await at_desk.open(BEN, DIRECT)

    await at_desk.button("What waits?").click()

    question = at_desk.page.get_by_test_id("message").filter(has_text="What waits for me?")
    await expect(question).to_be_visible()
    ts = str(await question.get_attribute("data-ts"))
    await at_desk.page.goto(f"{at_desk.page.url}&thread={ts}")
    status = at_desk.page.get_by_role("complementary").get_by_role("status").first
    await call("assistant.threads.setStatus", channel_id=DIRECT, thread_ts=ts, status="is reading…")
    await expect(status).to_have_text("Tieout is reading…")
    await call("chat.postMessage", channel=DIRECT, thread_ts=ts, text="Two approvals")
    await expect(status).to_have_text("")


async def test_a_scheduled_message_is_announced(at_desk: Visit) -> None:
    tomorrow = int(time.time()) + 86_400
    await at_desk.office.call(
        "chat.scheduleMessage", channel=FINANCE, text="Close starts", post_at=tomorrow
    )
    await at_desk.open(BEN, FINANCE)

    await at_desk.page.get_by_text("1 message is scheduled").click()

    await expect(at_desk.page.get_by_text("Close starts")).to_be_visible()
    await expect(at_desk.page.get_by_text("Tomorrow,")).to_be_visible()


async def test_an_archived_channel_can_be_read_and_not_written_to(at_desk: Visit) -> None:
    await at_desk.open(BEN, ARCHIVED)

    await expect(at_desk.page.get_by_text("is archived")).to_be_visible()
    await expect(at_desk.page.get_by_test_id("composer")).to_have_count(0)


async def test_the_tabs_of_the_app_are_its_home_and_its_messages(at_desk: Visit) -> None:
    view = {"type": "home", "blocks": [samples.section("2 approvals wait")]}
    await at_desk.office.call("views.publish", user_id=BEN, view=view)
    await at_desk.open(BEN, DIRECT)
    tabs = at_desk.page.get_by_role("navigation", name="Tieout tabs")
    await expect(tabs.get_by_role("link", name="Messages")).to_have_attribute(
        "aria-current", "page"
    )

    await tabs.get_by_role("link", name="Home").click()

    await expect(at_desk.page.get_by_test_id("home")).to_contain_text("2 approvals wait")
    await expect(tabs.get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")


async def test_shortcuts_stand_in_the_composer_and_at_a_message(at_desk: Visit) -> None:
    used: list[tuple[str, str | None]] = []

    async def heard(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        used.append((body["callback_id"], body.get("message_ts")))

    at_desk.office.app.shortcut("trace")(heard)
    at_desk.office.app.shortcut("new")(heard)
    await at_desk.open(BEN, FINANCE)
    ts = await at_desk.post("38,226,116.00 USD")

    await at_desk.button("Shortcuts").click()
    await at_desk.page.get_by_role("menuitem", name="New forecast").click()
    await at_desk.message(ts).hover()
    await at_desk.message(ts).get_by_role("button", name="More message actions").click()
    await at_desk.page.get_by_role("menuitem", name="Trace this").click()

    await at_desk.sent(2)
    assert used == [("new", None), ("trace", ts)]


async def test_names_are_offered_after_an_at_sign_and_reach_the_person(at_desk: Visit) -> None:
    await at_desk.open(BEN, PRIVATE)
    composer = at_desk.page.get_by_test_id("composer")

    await composer.press_sequentially("please @cl")
    await expect(at_desk.page.get_by_role("listbox", name="Names")).to_contain_text("Cleo Marsh")
    await composer.press("Enter")
    await expect(composer).to_have_value("please @cleo ")
    await composer.press("Enter")

    await expect(at_desk.page.get_by_test_id("message").last).to_contain_text("please @Cleo Marsh")


async def test_two_thousand_messages_open_at_their_end_and_are_read_backwards(
    at_desk: Visit,
) -> None:
    messages = at_desk.office.slack.messages
    for number in range(2_000):
        ts = f"16000{number:05d}.000100"
        told = {"type": "message", "user": ANA, "text": f"line {number} of many", "ts": ts}
        messages.add(GENERAL, told)
    await at_desk.page.goto("about:blank")
    await at_desk.open(BEN, GENERAL)
    shown = at_desk.page.get_by_test_id("message")
    await expect(shown.last).to_contain_text("line 1999 of many")
    await expect(shown.last).to_be_in_viewport()
    scroller = at_desk.page.get_by_role("region", name="Conversation")
    assert await shown.count() <= 120

    for _ in range(12):
        await scroller.evaluate("node => { node.scrollTop = 100; }")
        await at_desk.page.wait_for_timeout(40)

    assert await shown.count() <= 120
    await expect(shown.first).not_to_contain_text("line 19")
    for _ in range(60):
        await scroller.evaluate("node => { node.scrollTop = node.scrollHeight; }")
        await at_desk.page.wait_for_timeout(20)
        if "line 1999 " in str(await shown.last.text_content()):
            break
    await expect(shown.last).to_contain_text("line 1999 of many")
