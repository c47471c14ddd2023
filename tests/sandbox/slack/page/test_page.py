"""The page of the local Slack: who I am, what I read, what I type."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.slack.office import ANA, AUDIT, BEN, CLEO, DEV, FINANCE, GENERAL
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_link_opens_as_the_person_it_names(visit: Visit) -> None:
    await visit.open(BEN, AUDIT)

    await expect(visit.page.get_by_test_id("person")).to_have_accessible_name(
        "Acting as Ben Okafor"
    )
    await expect(visit.page.get_by_role("heading", name="fin-audit", exact=True)).to_be_visible()


async def test_another_person_sees_other_channels_and_the_address_says_who(visit: Visit) -> None:
    await visit.open(BEN, FINANCE)

    await visit.page.get_by_test_id("person").click()
    await visit.page.get_by_role("menuitemradio", name="Dev Shah").click()

    await expect(visit.page.get_by_test_id("person")).to_have_accessible_name("Acting as Dev Shah")
    await expect(visit.page.get_by_role("link", name="fin-audit")).to_have_count(0)
    assert f"as={DEV}" in visit.page.url


async def test_what_one_person_types_another_reads_without_reloading(visit: Visit) -> None:
    await visit.open(BEN, GENERAL)
    composer = visit.page.get_by_test_id("composer")

    await visit.office.type("Is *June* closed?", who=ANA, channel=GENERAL)
    await expect(visit.page.get_by_test_id("message")).to_contain_text("Is June closed?")
    await composer.fill("Not <b>yet</b>")
    await composer.press("Enter")

    await expect(visit.page.get_by_test_id("message").nth(1)).to_contain_text("Not <b>yet</b>")
    await expect(composer).to_have_value("")


async def test_shift_enter_makes_a_line_and_sends_nothing(visit: Visit) -> None:
    await visit.open(BEN, GENERAL)
    composer = visit.page.get_by_test_id("composer")

    await composer.press_sequentially("one")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("two")

    await expect(composer).to_have_value("one\ntwo")
    assert await visit.office.sees(channel=GENERAL) == []


async def test_a_slash_offers_the_commands_and_tab_takes_one(visit: Visit) -> None:
    await visit.open()
    composer = visit.page.get_by_test_id("composer")
    commands = visit.page.get_by_role("listbox", name="Commands")

    await composer.press_sequentially("/")
    await expect(commands.get_by_role("option")).to_have_count(2)
    await composer.press("ArrowDown")
    await composer.press("Tab")

    await expect(composer).to_have_value("/variance ")
    await expect(commands).to_be_hidden()
    await expect(visit.page.get_by_text("/variance [period]")).to_be_visible()


async def test_a_command_reaches_the_app_and_its_answer_is_only_for_me(visit: Visit) -> None:
    async def forecast(ack: Any, command: dict[str, str]) -> None:
        await ack(f"Rolling {command['text']} for {command['user_id']}")

    visit.office.app.command("/forecast")(forecast)
    await visit.open(BEN)
    composer = visit.page.get_by_test_id("composer")

    await composer.fill("/forecast revenue 12m")
    await composer.press("Enter")

    answer = visit.page.get_by_test_id("message")
    await expect(answer).to_contain_text(f"Rolling revenue 12m for {BEN}")
    await expect(answer).to_contain_text("Only visible to you")
    await composer.press("ArrowUp")
    await expect(composer).to_have_value("/forecast revenue 12m")


async def test_an_ephemeral_is_gone_after_a_reload_and_a_message_is_not(visit: Visit) -> None:
    await visit.post("for everybody")
    await visit.office.call("chat.postEphemeral", channel=FINANCE, user=BEN, text="for Ben")
    await visit.open(BEN)
    await expect(visit.page.get_by_test_id("message")).to_have_count(2)

    await visit.page.reload()

    await expect(visit.page.get_by_test_id("message")).to_have_count(1)
    await expect(visit.page.get_by_test_id("message")).to_contain_text("for everybody")


async def test_a_changed_message_stays_where_it_is(visit: Visit) -> None:
    first = await visit.post("working on it")
    await visit.post("something later")
    await visit.open()
    await expect(visit.message(first)).to_contain_text("working on it")

    await visit.office.call("chat.update", channel=FINANCE, ts=first, text="done: 38,226,116.00")

    await expect(visit.message(first)).to_contain_text("done: 38,226,116.00 (edited)")
    shown = await visit.page.get_by_test_id("message").all_text_contents()
    assert ["done" in text for text in shown] == [True, False]


async def test_times_are_those_of_the_reader(visit: Visit) -> None:
    told = "<!date^1767225600^{date_num} {time}|1 Jan 2026 00:00 UTC>"
    ts = await visit.post(told)

    await visit.open(ANA)
    await expect(visit.message(ts).locator(".text")).to_have_text("2026-01-01 01:00")
    await visit.open(BEN)
    await expect(visit.message(ts).locator(".text")).to_have_text("2025-12-31 6:00 PM")


async def test_a_thread_opens_beside_and_a_reply_counts(visit: Visit) -> None:
    parent = await visit.post("41 lines wait")
    await visit.post("3 changed by more than 15 %", thread_ts=parent)
    await visit.open(CLEO)

    await visit.button("1 reply").click()
    reply = visit.page.get_by_test_id("thread-composer")
    await reply.fill("Why APAC?")
    await reply.press("Enter")

    thread = visit.page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_test_id("message")).to_have_count(3)
    await expect(visit.button("2 replies")).to_be_visible()
    await visit.button("Close thread").click()
    await expect(thread).to_be_hidden()


async def test_a_reader_further_up_is_left_there_and_told_of_new_messages(visit: Visit) -> None:
    for number in range(30):
        await visit.post(f"line {number}\nand its second row")
    await visit.open()
    await expect(visit.page.get_by_test_id("message").last).to_be_in_viewport()
    scroller = visit.page.get_by_role("region", name="Conversation")
    await scroller.evaluate("node => { node.scrollTop = 0; }")
    await expect(visit.page.get_by_test_id("message").first).to_be_in_viewport()

    await visit.post("the newest")

    await expect(visit.button("New messages")).to_be_visible()
    assert await scroller.evaluate("node => node.scrollTop") == 0
    await visit.button("New messages").click()
    await expect(visit.page.get_by_test_id("message").last).to_be_in_viewport()
    await expect(visit.button("New messages")).to_be_hidden()


async def test_another_channel_with_news_is_marked_unread(visit: Visit) -> None:
    await visit.open(BEN, GENERAL)

    await visit.post("for finance")

    entry = visit.page.get_by_role("link", name="finance unread")
    await expect(entry).to_be_visible()
    await entry.click()
    await expect(visit.page.get_by_test_id("message")).to_contain_text("for finance")
    await expect(entry).to_have_count(0)


async def test_the_notification_text_can_be_read_beside_the_blocks(visit: Visit) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*shown*"}}
    ts = await visit.post("spoken by the phone", block)
    await visit.open()
    await expect(visit.message(ts).get_by_text("spoken by the phone")).to_be_hidden()

    await visit.message(ts).hover()
    await visit.message(ts).get_by_role("button", name="Notification text").click()

    await expect(visit.message(ts).get_by_text("spoken by the phone")).to_be_visible()


async def test_a_phone_has_a_drawer_and_nothing_wider_than_itself(visit: Visit) -> None:
    cell = {"type": "raw_text", "text": "1,234,567,890.00"}
    await visit.post("wide", {"type": "table", "rows": [[cell] * 8] * 3})
    await visit.page.set_viewport_size({"width": 375, "height": 760})
    await visit.open()
    rail = visit.page.get_by_role("navigation", name="Channels and direct messages")
    await expect(rail).to_be_hidden()

    assert await visit.page.evaluate("document.documentElement.scrollWidth") == 375
    table = visit.page.get_by_role("region", name="Table")
    assert await table.evaluate("node => node.scrollWidth > node.clientWidth")
    await visit.button("Channels").click()
    await rail.get_by_role("link", name="general").click()

    await expect(rail).to_be_hidden()
    await expect(visit.page.get_by_role("heading", name="general", exact=True)).to_be_visible()


async def test_the_theme_goes_round_and_is_kept(visit: Visit) -> None:
    await visit.open()
    root = visit.page.locator("html")

    await visit.button("Theme: system").click()
    await visit.button("Theme: light").click()
    await expect(root).to_have_attribute("data-theme", "dark")
    await visit.page.reload()

    await expect(root).to_have_attribute("data-theme", "dark")
