"""Every block in a message, files and pictures, and messages that grow, change and go."""

from __future__ import annotations

import asyncio
import struct
import zlib
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Route, expect

from tests.sandbox.slack.office import ANA, BEN, CLEO, FINANCE
from tests.sandbox.slack.page import samples
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

Json = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="module")
async def at_desk(shared: Visit) -> Visit:
    """Ben at a desk-wide window in #finance."""
    await shared.page.set_viewport_size({"width": 1280, "height": 900})
    await shared.open(BEN, FINANCE)
    return shared


async def posted(visit: Visit, text: str, *blocks: Json, **more: Any) -> Locator:
    """A message of the app on the page."""
    shown = visit.message(await visit.post(text, *blocks, **more)).first
    await expect(shown).to_be_visible()
    return shown


async def test_a_layout_stands_in_rows_and_gives_way_to_its_fallback_on_a_phone(
    at_desk: Visit,
) -> None:
    shown = await posted(at_desk, "a", samples.LAYOUT)
    cash, low = shown.get_by_text("4,210,000.00"), shown.get_by_text("2,900,000.00")
    left, right = await cash.bounding_box(), await low.bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    await expect(shown.get_by_role("group", name="Cash at a glance")).to_be_visible()

    await at_desk.page.set_viewport_size({"width": 375, "height": 760})

    await expect(shown).to_contain_text("Cash 4,210,000.00 and low 2,900,000.00")
    await expect(shown.get_by_text("Week 9")).to_have_count(0)


async def test_cards_are_moved_through_and_a_container_opens(at_desk: Visit) -> None:
    shown = await posted(at_desk, "a", samples.CARDS, samples.CONTAINER)
    await expect(shown.get_by_role("article")).to_have_count(5)
    await expect(shown.get_by_text("Acorn")).not_to_be_in_viewport()

    await shown.get_by_role("button", name="More cards").click()
    await shown.get_by_role("button", name="Cards before").wait_for()
    await shown.get_by_text("3 of 41 combinations").click()

    await expect(shown.get_by_text("Acorn")).to_be_in_viewport()
    await expect(shown.get_by_text("Amount = sum of 3 invoices")).to_be_visible()


async def test_a_plan_says_how_far_it_is_in_words(at_desk: Visit) -> None:
    shown = await posted(at_desk, "a", samples.PLAN)

    await expect(shown).to_contain_text("1 of 4 done")
    states = [
        "Read the balances, Done",
        "Backtest, In progress",
        "Explain, Waiting",
        "Chart, Failed",
    ]
    for task, words in zip(await shown.get_by_role("listitem").all(), states, strict=True):
        await expect(task).to_contain_text(words)


async def test_markdown_and_rich_text_show_all_their_parts(at_desk: Visit) -> None:
    shown = await posted(at_desk, "a", samples.MARKDOWN, samples.RICH)

    await expect(shown.get_by_role("heading", name="Close")).to_be_visible()
    await expect(shown.get_by_role("listitem")).to_have_text(["onetwo", "two", "✓tied"])
    await expect(shown.get_by_role("columnheader", name="B")).to_have_css("text-align", "right")
    await expect(shown.get_by_role("cell", name="x | y")).to_be_visible()
    await expect(shown.locator("pre")).to_have_text(["Dr 1000", "1200 = 1200"])
    await expect(shown.locator("blockquote")).to_have_text(["quoted", "Two are unposted"])
    await expect(shown.locator("u")).to_have_text("under")
    await expect(shown.locator("mark")).to_have_text("lit")
    await expect(shown).to_contain_text("@Ben Okafor")
    await expect(shown).to_contain_text("#0b6b50")


async def test_rows_are_filtered_sorted_and_put_back_in_their_order(at_desk: Visit) -> None:
    shown = await posted(at_desk, "a", samples.DATA_TABLE)
    names = shown.get_by_role("rowheader")
    sort = shown.get_by_role("button", name="Amount")

    await shown.get_by_role("searchbox", name="Filter Open items").fill("orbit")
    await expect(names).to_have_text(["Orbit", "Orbital"])
    await expect(shown.get_by_role("status")).to_have_text("1–2 of 2 (4 in all)")
    await sort.click()
    await expect(names).to_have_text(["Orbital", "Orbit"])
    await shown.get_by_role("searchbox").fill("zz")
    await expect(shown).to_contain_text("Nothing contains “zz”")
    await shown.get_by_role("searchbox").fill("")
    await sort.click()
    await sort.click()

    await expect(names).to_have_text(["Orbit", "Delta"])
    await expect(shown.get_by_role("cell", name="900.00")).to_have_css("text-align", "right")


async def test_a_chart_is_also_a_table_with_each_point_at_its_category(at_desk: Visit) -> None:
    shown = await posted(at_desk, "a", samples.LINES, samples.PIE)
    show = shown.get_by_role("button", name="Show as table")

    await show.first.click()
    await show.first.click()

    rows = shown.get_by_role("row")
    await expect(rows.nth(1)).to_have_text("Jul(50,000)")
    await expect(rows.nth(2)).to_have_text("Aug3,100,000")
    await expect(rows.nth(4)).to_have_text("Wire375.0 %")


async def test_a_video_is_a_link_and_a_picture_from_outside_says_what_it_shows(
    at_desk: Visit,
) -> None:
    shown = await posted(at_desk, "a", samples.VIDEO, samples.OUTSIDE)

    link = shown.get_by_role("link", name="How the close works")
    await expect(link).to_have_attribute("href", "https://acme.example/close")
    await expect(shown.locator("video, iframe")).to_have_count(0)
    await expect(shown.get_by_role("img", name="Low of 2.9 M")).to_contain_text("acme.example")


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def part(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\xff" * width) * height
    body = part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


async def test_a_shared_picture_opens_large_and_escape_closes_it(at_desk: Visit) -> None:
    await at_desk.office.api.files_upload_v2(
        content=png(640, 360), filename="cash.png", title="Cash over 13 weeks", channel=FINANCE
    )
    opening = at_desk.button("Enlarge Cash over 13 weeks")

    await opening.click()
    large = at_desk.page.get_by_role("dialog", name="Cash over 13 weeks")
    await expect(large.get_by_role("img")).to_be_visible()
    for _ in range(5):
        await at_desk.page.keyboard.press("Tab")
        outside = "!document.activeElement.closest('dialog, body:not(:has(:focus))')"
        assert not await at_desk.page.evaluate(outside)
    await at_desk.page.keyboard.press("Escape")

    await expect(large).to_have_count(0)
    await expect(opening).to_be_focused()


async def test_a_picture_that_is_still_processed_appears_when_it_is_ready(at_desk: Visit) -> None:
    upload = await at_desk.office.api.files_upload_v2(content=png(64, 36), filename="low.png")
    name = upload["files"][0]["id"]
    while not at_desk.office.slack.files.image_ready(name):
        await asyncio.sleep(0.05)
    ready = False

    async def answer(route: Route) -> None:
        await (route.continue_() if ready else route.fulfill(status=404))

    await at_desk.page.route(f"**/files/{name}*", answer)
    image = {"type": "image", "slack_file": {"id": name}, "alt_text": "Low of 2.9 M"}
    shown = await posted(at_desk, "a", image)
    await expect(shown.get_by_role("img", name="Low of 2.9 M")).to_contain_text("processed…")

    ready = True

    await expect(shown.locator("img")).to_have_js_property("naturalWidth", 64)
    await at_desk.page.unroute_all()


async def test_a_file_says_its_kind_and_size_and_one_in_processing_says_so(at_desk: Visit) -> None:
    await at_desk.office.api.files_upload_v2(
        content="account,amount\n" * 400, filename="v13.csv", title="Forecast", channel=FINANCE
    )
    await expect(at_desk.page.get_by_role("link", name="Forecast")).to_contain_text("CSV · 6 kB")
    message = (await at_desk.office.sees(BEN, FINANCE))[-1]
    waiting = {**message["files"][0], "mimetype": "", "title": "Later"}

    at_desk.office.slack.messages.add(FINANCE, {**message, "files": [waiting], "ephemeral": False})
    at_desk.office.slack.tell(FINANCE)

    shown = at_desk.message(message["ts"])
    await expect(shown).to_contain_text("Processing…")
    await expect(shown.get_by_role("link")).to_have_count(0)


async def test_as_a_notification_a_message_is_its_text_and_its_alternative_texts(
    at_desk: Visit,
) -> None:
    shown = await posted(at_desk, "v13 waits for <@U02BEN>: *38 M*", samples.OUTSIDE)

    await shown.hover()
    await shown.get_by_role("button", name="Notification text").click()

    await expect(shown.get_by_text("v13 waits for @Ben Okafor: 38 M")).to_be_visible()
    await expect(shown.get_by_role("list", name="Alternative texts")).to_have_text(
        "Picture: Low of 2.9 M"
    )


async def test_a_changed_message_keeps_what_the_reader_did_in_its_other_blocks(
    at_desk: Visit,
) -> None:
    table = {**samples.DATA_TABLE, "block_id": "rows"}
    shown = await posted(at_desk, "a", table, samples.section("working", block_id="state"))
    await shown.get_by_role("button", name="Amount").click()
    await expect(shown.get_by_role("rowheader")).to_have_text(["Delta", "Orbital"])
    ts = await shown.get_attribute("data-ts")

    blocks = [table, samples.section("done: 38,226,116.00", block_id="state")]
    await at_desk.office.call("chat.update", channel=FINANCE, ts=ts, text="b", blocks=blocks)

    await expect(shown).to_contain_text("done: 38,226,116.00")
    await expect(shown.get_by_role("rowheader")).to_have_text(["Delta", "Orbital"])
    await expect(shown.get_by_role("button", name="Amount")).to_be_focused()


async def test_a_streamed_message_grows_and_can_be_stopped(at_desk: Visit) -> None:
    parent = await at_desk.post("ask me")
    told = {"recipient_user_id": BEN, "recipient_team_id": "T01ACME", "thread_ts": parent}
    stream = await at_desk.office.call("chat.startStream", channel=FINANCE, **told)
    where = {"channel": FINANCE, "ts": stream["ts"]}
    await at_desk.page.goto(f"{at_desk.page.url.split('&thread')[0]}&thread={parent}")
    growing = at_desk.message(stream["ts"])

    await at_desk.office.call("chat.appendStream", **where, markdown_text="**June** is ")
    await expect(growing.locator("strong")).to_have_text("June")
    await at_desk.office.call("chat.appendStream", **where, markdown_text="favourable")
    await expect(growing).to_contain_text("June is favourable")
    await growing.get_by_role("button", name="Stop writing").click()

    await expect(growing.get_by_role("button", name="Stop writing")).to_have_count(0)
    refused = await at_desk.office.call("chat.appendStream", **where, markdown_text="more")
    assert refused["error"] == "stopped_by_user"


async def test_a_reply_can_go_to_the_channel_too_and_leads_back_to_its_thread(
    at_desk: Visit,
) -> None:
    parent = await at_desk.post("41 lines wait")
    shown = at_desk.message(parent).first
    await shown.hover()
    await shown.get_by_role("button", name="Reply in thread").click()
    thread = at_desk.page.get_by_role("complementary", name="Thread")

    await thread.get_by_role("checkbox", name="Also send to #finance").check()
    await thread.get_by_test_id("thread-composer").fill("Three of them are mine")
    await thread.get_by_test_id("thread-composer").press("Enter")

    both = at_desk.page.get_by_test_id("message").filter(has_text="Three of them are mine")
    await expect(both).to_have_count(2)
    await expect(thread.get_by_text("Also sent to the channel")).to_be_visible()
    await expect(thread.get_by_role("checkbox")).not_to_be_checked()
    await at_desk.page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(shown).to_be_focused()
    await both.get_by_role("button", name="a thread").click()
    await expect(thread).to_be_visible()


async def test_one_reacts_and_changes_and_deletes_ones_own_words(at_desk: Visit) -> None:
    ts = (await at_desk.office.type("Juen is closed", who=BEN))["ts"]
    shown = at_desk.message(ts)
    await at_desk.office.desk("react", who=CLEO, channel=FINANCE, message_ts=ts, name="eyes")

    await shown.get_by_role("button", name="eyes, 1: Cleo Marsh").click()
    await expect(
        shown.get_by_role("button", name="eyes, 2: Cleo Marsh, Ben Okafor")
    ).to_be_visible()
    await expect(shown.get_by_role("button", name="eyes, 2")).to_be_focused()
    await shown.get_by_role("button", name="More message actions").click()
    await at_desk.page.get_by_role("menuitem", name="Edit message").click()
    await at_desk.page.get_by_role("textbox", name="Message", exact=True).fill("June is closed")
    await at_desk.button("Save").click()
    await expect(shown).to_contain_text("June is closed (edited)")
    await shown.get_by_role("button", name="More message actions").click()
    await at_desk.page.get_by_role("menuitem", name="Delete message").click()
    await at_desk.button("Delete").click()

    await expect(shown).to_have_count(0)


async def test_a_deleted_message_with_replies_leaves_a_stone(at_desk: Visit) -> None:
    ts = (await at_desk.office.type("Who closes June?", who=ANA))["ts"]
    await at_desk.office.type("I do", who=BEN, thread_ts=ts)

    await at_desk.office.desk("delete", who=ANA, channel=FINANCE, message_ts=ts)

    await expect(at_desk.message(ts)).to_contain_text("This message was deleted.")
    await expect(at_desk.message(ts).get_by_role("button", name="1 reply")).to_be_visible()
