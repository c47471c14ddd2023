"""Blocks on the page: what they show, and what a click on them sends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.slack.office import ANA, BEN, FINANCE
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def words(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": "7", **more}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def amount(value: float, text: str) -> Json:
    return {"type": "raw_number", "value": value, "text": text}


async def test_mrkdwn_is_marked_up_and_foreign_text_stays_text(visit: Visit) -> None:
    ts = await visit.post(
        "a",
        words(
            f"*bold* _thin_ ~gone~ `a_b_c` <https://acme.example/x|the file> <@{ANA}> "
            f"<#{FINANCE}>\n&gt; quoted\n&lt;img src=x onerror=alert(1)&gt; 2*3*4 snake_case_name"
        ),
    )
    await visit.open()
    shown = visit.message(ts)

    await expect(shown.locator("strong")).to_have_text("bold")
    await expect(shown.locator("em")).to_have_text("thin")
    await expect(shown.locator("s")).to_have_text("gone")
    await expect(shown.locator("code")).to_have_text("a_b_c")
    await expect(shown.locator("blockquote")).to_have_text("quoted")
    link = shown.get_by_role("link", name="the file")
    await expect(link).to_have_attribute("href", "https://acme.example/x")
    await expect(shown).to_contain_text("@Ana Ruiz #finance")
    await expect(shown).to_contain_text("<img src=x onerror=alert(1)> 2*3*4 snake_case_name")
    await expect(shown.locator("img")).to_have_count(0)


async def test_a_link_that_is_no_web_address_is_only_text(visit: Visit) -> None:
    ts = await visit.post("a", words("<javascript:alert(1)|click me>"))
    await visit.open()

    await expect(visit.message(ts)).to_contain_text("click me")
    await expect(visit.message(ts).get_by_role("link")).to_have_count(0)


async def test_a_click_is_sent_once_while_it_waits(visit: Visit) -> None:
    answered = asyncio.Event()

    async def approve(ack: Any) -> None:
        await answered.wait()
        await ack()

    visit.office.app.action("approve")(approve)
    await visit.post("a", {"type": "actions", "elements": [button("Approve", "approve")]})
    await visit.open()

    await visit.button("Approve").dblclick()
    await expect(visit.button("Approve")).to_have_attribute("aria-busy", "true")
    answered.set()
    await expect(visit.button("Approve")).not_to_have_attribute("aria-busy", "true")

    (click,) = await visit.sent(1)
    assert [(one["action_id"], one["value"]) for one in click["actions"]] == [("approve", "7")]


async def test_a_click_that_needs_confirming_is_sent_only_after_yes(visit: Visit) -> None:
    async def approve(ack: Any) -> None:
        await ack()

    visit.office.app.action("approve")(approve)
    confirm = {
        "title": plain("Approve v13?"),
        "text": plain("38,226,116.00 USD goes to Intacct."),
        "confirm": plain("Yes, approve"),
        "deny": plain("Not yet"),
    }
    asked = button("Approve", "approve", style="primary", confirm=confirm)
    await visit.post("a", {"type": "actions", "elements": [asked]})
    await visit.open()

    await visit.button("Approve").click()
    await expect(visit.page.get_by_role("dialog", name="Approve v13?")).to_contain_text(
        "38,226,116"
    )
    await visit.button("Not yet").click()
    assert await visit.office.deliveries("interaction") == []
    await expect(visit.button("Approve")).to_be_focused()
    await visit.button("Approve").click()
    await visit.button("Yes, approve").click()
    await expect(visit.page.get_by_role("dialog")).to_have_count(0)

    assert len(await visit.sent(1)) == 1


async def test_a_click_nobody_answers_says_so(visit: Visit) -> None:
    await visit.post("a", {"type": "actions", "elements": [button("Approve", "unheard")]})
    await visit.open()

    await visit.button("Approve").click()

    await expect(visit.page.get_by_test_id("toast")).to_have_count(1)
    await expect(visit.page.get_by_test_id("toast")).to_contain_text("404")


async def test_a_select_an_overflow_and_boxes_send_what_was_chosen(visit: Visit) -> None:
    async def heard(ack: Any) -> None:
        await ack()

    for name in ("period", "more", "post"):
        visit.office.app.action(name)(heard)
    june, july = [
        {"text": {**plain(t), "emoji": True}, "value": v} for t, v in (("June", "6"), ("July", "7"))
    ]
    period = {"type": "static_select", "action_id": "period", "placeholder": plain("Period")}
    more = {"type": "overflow", "action_id": "more", "options": [june, july]}
    boxes = {"type": "checkboxes", "action_id": "post", "options": [june, july]}
    elements = [{**period, "options": [june, july]}, more, boxes]
    await visit.post("a", {"type": "actions", "elements": elements})
    await visit.open()

    await visit.page.get_by_role("combobox", name="Period").press_sequentially("jul")
    await visit.page.get_by_role("option", name="July").click()
    await visit.button("More actions").click()
    await visit.page.keyboard.press("ArrowDown")
    await visit.page.keyboard.press("Enter")
    await visit.page.get_by_role("checkbox", name="June").check()

    sent = {body["actions"][0]["action_id"]: body["actions"][0] for body in await visit.sent(3)}
    assert sent["period"]["selected_option"] == july
    assert sent["more"]["selected_option"] == july
    assert sent["post"]["selected_options"] == [june]


async def test_a_table_aligns_its_columns_and_names_them(visit: Visit) -> None:
    rows = [[cell("Account"), cell("Amount")], [cell("4000"), cell("(410,000.00)")]]
    settings = [{"align": "left"}, {"align": "right"}]
    ts = await visit.post("a", {"type": "table", "rows": rows, "column_settings": settings})
    await visit.open()

    await expect(visit.message(ts).get_by_role("columnheader", name="Amount")).to_be_visible()
    figure = visit.message(ts).get_by_role("cell", name="(410,000.00)")
    await expect(figure).to_have_css("text-align", "right")
    await expect(figure).to_have_css("font-variant-numeric", "lining-nums tabular-nums")


async def test_a_data_table_sorts_by_figures_and_turns_pages(visit: Visit) -> None:
    figures = [("Orbit", 900.0), ("Delta", -12.5), ("Kestrel", 1_000.0)]
    rows = [[cell(name), amount(value, f"{value:,.2f}")] for name, value in figures]
    table = {
        "type": "data_table",
        "caption": "Open items",
        "page_size": 2,
        "rows": [[cell("Customer"), cell("Amount")], *rows],
    }
    ts = await visit.post("a", table)
    await visit.open()
    names = visit.message(ts).get_by_role("rowheader")
    await expect(names).to_have_text(["Orbit", "Delta"])

    await visit.button("Amount").click()
    await expect(names).to_have_text(["Delta", "Orbit"])
    await visit.button("Next page").click()
    await expect(names).to_have_text(["Kestrel"])
    await visit.button("Amount").click()

    await expect(names).to_have_text(["Kestrel", "Orbit"])
    await expect(visit.message(ts)).to_contain_text("1–2 of 3")


def chart(kind: str) -> Json:
    months = ["Jul", "Aug", "Sep"]
    series = [
        {
            "name": name,
            "data": [{"label": m, "value": v} for m, v in zip(months, values, strict=True)],
        }
        for name, values in (("Forecast", [3_000_000, 3_100_000, -50_000]), ("Budget", [1, 2, 3]))
    ]
    axes = {"categories": months, "x_label": "Month", "y_label": "USD"}
    return {
        "type": "data_visualization",
        "title": f"Revenue as {kind}",
        "chart": {"type": kind, "series": series, "axis_config": axes},
    }


@pytest.mark.parametrize("kind", ["line", "bar", "area"])
async def test_a_chart_is_drawn_with_axes_and_told_in_words(visit: Visit, kind: str) -> None:
    await visit.post("a", chart(kind))
    await visit.open()
    drawing = visit.page.get_by_role("img", name=f"Revenue as {kind}")

    await expect(drawing).to_have_accessible_name(
        f"Revenue as {kind} {kind.capitalize()} chart of USD by Month. "
        "Forecast: Jul 3,000,000, Aug 3,100,000, Sep (50,000). Budget: Jul 1, Aug 2, Sep 3."
    )
    await expect(drawing.locator(".tick", has_text="Aug")).to_be_visible()
    await expect(drawing.locator(".tick", has_text="2M")).to_be_visible()
    legend = visit.page.get_by_role("figure").get_by_role("listitem")
    await expect(legend).to_have_text(["Forecast", "Budget"])


async def test_a_pie_shows_each_share(visit: Visit) -> None:
    segments = [{"label": "Wire", "value": 3}, {"label": "Card", "value": 1}]
    pie = {"type": "pie", "segments": segments}
    await visit.post("a", {"type": "data_visualization", "title": "Receipts", "chart": pie})
    await visit.open()

    legend = visit.page.get_by_role("figure").get_by_role("listitem")
    await expect(legend).to_have_text(["Wire3 · 75.0 %", "Card1 · 25.0 %"])


async def test_markdown_rich_text_and_nested_blocks_are_shown(visit: Visit) -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}
    bullets = {"type": "rich_text_list", "style": "bullet", "elements": [item]}
    folded = {"is_collapsible": True, "default_collapsed": True}
    inner = {"type": "actions", "elements": [button("Inside", "inside")]}
    title, body = ({"type": "mrkdwn", "text": text} for text in ("INV-2231", "short by 488.01"))
    await visit.post(
        "a",
        {"type": "markdown", "text": "## Close\n\n| A | B |\n|---|--:|\n| x | 1.00 |"},
        {"type": "rich_text", "elements": [bullets]},
        {"type": "container", "title": plain("Evidence"), "child_blocks": [inner], **folded},
        {"type": "card", "title": title, "body": body},
    )
    await visit.open()

    await expect(visit.page.get_by_role("heading", name="Close")).to_be_visible()
    await expect(visit.page.get_by_role("listitem").filter(has_text="first")).to_be_visible()
    await expect(visit.page.get_by_role("cell", name="1.00")).to_have_css("text-align", "right")
    await expect(visit.page.get_by_text("short by 488.01")).to_be_visible()
    await expect(visit.button("Inside")).to_be_hidden()
    await visit.page.get_by_text("Evidence").click()
    await expect(visit.button("Inside")).to_be_visible()


async def test_an_uploaded_file_can_be_opened_from_its_message(visit: Visit) -> None:
    await visit.office.api.files_upload_v2(
        content="account,amount\n4000,1.00\n",
        filename="v13.csv",
        title="Forecast v13",
        channel=FINANCE,
    )
    await visit.open(BEN)

    file = visit.page.get_by_role("link", name="Forecast v13")
    await expect(file).to_be_visible()
    async with visit.page.expect_download() as waiting:
        await file.click()
    saved = await (await waiting.value).path()
    assert saved.read_text() == "account,amount\n4000,1.00\n"


async def test_a_message_shortcut_reaches_the_app(visit: Visit) -> None:
    async def trace(ack: Any) -> None:
        await ack()

    visit.office.app.shortcut("trace")(trace)
    ts = await visit.post("38,226,116.00")
    await visit.open()

    await visit.message(ts).hover()
    await visit.button("More message actions").click()
    await visit.page.get_by_role("menuitem", name="Trace this").click()

    (sent,) = await visit.sent(1)
    assert (sent["callback_id"], sent["message_ts"]) == ("trace", ts)


async def test_marks_of_state_are_drawn_and_unknown_names_stay_as_typed(visit: Visit) -> None:
    ts = await visit.post("a", words(":white_check_mark: tied ⚠️ late 10:30:00 :constructor:"))
    await visit.open()

    await expect(visit.message(ts).get_by_role("img", name="white check mark")).to_be_visible()
    await expect(visit.message(ts).get_by_role("img", name="warning")).to_be_visible()
    await expect(visit.message(ts).locator(".text")).to_have_text(
        " tied  late 10:30:00 :constructor:"
    )


async def test_a_wide_table_says_where_it_goes_on(visit: Visit) -> None:
    wide = [[cell("1,234,567,890.00")] * 12] * 2
    await visit.post("a", {"type": "table", "rows": wide})
    await visit.open()
    table = visit.page.get_by_role("region", name="Table")
    hint = visit.page.get_by_text("Scroll for more columns")
    await expect(hint).to_be_visible()

    await table.evaluate("node => { node.scrollLeft = node.scrollWidth; }")

    await expect(hint).to_be_hidden()
