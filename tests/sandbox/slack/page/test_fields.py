"""Fields of every kind in one modal: written with marks, filled with files, searched, and sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox.slack.office import BEN, FINANCE
from tests.sandbox.slack.page import samples
from tests.sandbox.slack.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_what_is_written_picked_and_added_reaches_the_app(shared: Visit) -> None:
    sent: list[dict[str, Any]] = []

    async def opens(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=samples.FORM)

    async def submit(ack: Any, view: dict[str, Any]) -> None:
        sent.append(view["state"]["values"])
        await ack()

    async def suggest(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=samples.options(payload["value"]))

    shared.office.app.action("approve")(opens)
    shared.office.app.view("form")(submit)
    shared.office.app.options("customer")(suggest)
    await shared.open(BEN, FINANCE)
    await shared.post("a", samples.DECIDE)
    await shared.button("Approve").click()
    modal = shared.page.get_by_test_id("modal")

    await modal.get_by_role("textbox", name="Amount").fill("488.01")
    await modal.get_by_role("textbox", name="Explanation").press_sequentially("late by ")
    await modal.get_by_role("button", name="bold").click()
    await shared.page.keyboard.type("4 days")
    advice = FilePayload(name="advice.csv", mimeType="text/csv", buffer=b"a,b\n1,2\n")
    wrong = FilePayload(name="advice.exe", mimeType="application/x", buffer=b"MZ")
    await modal.get_by_label("Advice").set_input_files([wrong])
    await expect(shared.page.get_by_test_id("toast")).to_contain_text("Only .csv")
    await modal.get_by_label("Advice").set_input_files([advice])
    await expect(modal.get_by_role("button", name="Remove advice.csv")).to_be_visible()
    await modal.get_by_role("combobox", name="Customer").press_sequentially("Orbit")
    await shared.page.get_by_role("option", name="Orbit").click()
    await modal.get_by_role("combobox", name="Period").click()
    await shared.page.get_by_role("option", name="July").click()
    await modal.get_by_role("button", name="Propose").click()

    await expect(modal).to_have_count(0)
    (values,) = sent
    assert values["amount"]["amount"]["value"] == "488.01"
    (written,) = values["words"]["words"]["rich_text_value"]["elements"]
    assert written["elements"] == [
        {"type": "text", "text": "late by "},
        {"type": "text", "text": "4 days", "style": {"bold": True}},
    ]
    (file,) = values["paper"]["paper"]["files"]
    assert (file["name"], file["size"]) == ("advice.csv", 8)
    assert values["customer"]["customer"]["selected_option"]["value"] == "Orbit"
    assert values["period"]["period"]["selected_option"]["value"] == "July"
