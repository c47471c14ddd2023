"""Modals and the Home tab on the page: fields, errors, the stack, where the keyboard goes."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.sandbox.slack.office import BEN
from tests.sandbox.slack.page.conftest import Visit
from tests.sandbox.slack.page.test_blocks import button, plain

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

Json = dict[str, Any]


def field(block_id: str, label: str, **more: Any) -> Json:
    control = {"type": "plain_text_input", "action_id": block_id, **more.pop("element", {})}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": control,
        **more,
    }


def modal(title: str, *blocks: Json) -> Json:
    return {
        "type": "modal",
        "callback_id": "adjust",
        "title": plain(title),
        "submit": plain("Propose"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


AMOUNT = field("amount", "New amount", element={"type": "number_input", "is_decimal_allowed": True})
REASON = field("reason", "Reason", hint=plain("Shown to the approver"))
ADJUST = modal("Adjust a line", AMOUNT, REASON)


class Asked:
    """What the app was asked, and how it answers a submission."""

    def __init__(self) -> None:
        self.submitted: list[Json] = []
        self.answer: Json = {}


@pytest_asyncio.fixture(loop_scope="module")
async def asked(visit: Visit) -> Asked:
    """A message with a button that opens the modal, and an app that listens."""
    told = Asked()

    async def adjust(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=ADJUST)

    async def submit(ack: Any, view: Json) -> None:
        told.submitted.append(view["state"]["values"])
        await ack(**told.answer)

    visit.office.app.action("adjust")(adjust)
    visit.office.app.view("adjust")(submit)
    await visit.post("a", {"type": "actions", "elements": [button("Adjust", "adjust")]})
    await visit.open()
    await visit.button("Adjust").click()
    await expect(visit.page.get_by_test_id("modal")).to_be_visible()
    return told


def at(visit: Visit, label: str) -> Locator:
    return visit.page.get_by_role("textbox", name=label)


async def test_what_is_filled_in_is_submitted_and_the_modal_closes(
    visit: Visit, asked: Asked
) -> None:
    await at(visit, "New amount").fill("940500.00")
    await at(visit, "Reason").fill("Contract moved a month")
    await visit.button("Propose").click()

    await expect(visit.page.get_by_test_id("modal")).to_have_count(0)
    assert asked.submitted == [
        {
            "amount": {"amount": {"type": "number_input", "value": "940500.00"}},
            "reason": {"reason": {"type": "plain_text_input", "value": "Contract moved a month"}},
        }
    ]
    await expect(visit.button("Adjust")).to_be_focused()


async def test_a_window_to_read_opens_with_nothing_marked_and_may_be_left_twice(
    visit: Visit,
) -> None:
    figures = [{"text": plain(f"Next 12 months · Revenue {n}"), "value": str(n)} for n in range(2)]
    choice = {"type": "static_select", "action_id": "pick", "options": figures}
    shown = {"type": "actions", "elements": [choice | {"initial_option": figures[0]}]}
    reading = {key: said for key, said in modal("Sources", shown).items() if key != "submit"}

    async def sources(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=reading)

    visit.office.app.action("sources")(sources)
    await visit.post("a", {"type": "actions", "elements": [button("Sources", "sources")]})
    await visit.open()
    await visit.button("Sources").click()
    window = visit.page.get_by_test_id("modal")
    await expect(window.get_by_role("button", name="Cancel")).to_be_focused()
    picker = window.get_by_role("combobox")
    await picker.focus()
    await expect(picker).to_have_js_property("scrollLeft", 0)

    await visit.page.keyboard.press("Escape")
    await visit.page.keyboard.press("Escape")

    await expect(window).to_have_count(0)
    await expect(visit.page.get_by_text("This window is no longer open.")).to_have_count(0)


async def test_an_empty_or_wrong_field_is_named_before_anything_is_sent(
    visit: Visit, asked: Asked
) -> None:
    await at(visit, "New amount").fill("a lot")
    await visit.button("Propose").click()

    await expect(at(visit, "New amount")).to_have_accessible_description("Please enter a number.")
    await expect(at(visit, "Reason")).to_have_accessible_description(
        "Shown to the approver Please complete this required field."
    )
    await expect(at(visit, "New amount")).to_be_focused()
    assert asked.submitted == []


async def test_an_error_of_the_app_stands_under_its_field(visit: Visit, asked: Asked) -> None:
    asked.answer = {"response_action": "errors", "errors": {"amount": "The period is closed."}}
    await at(visit, "New amount").fill("1.00")
    await at(visit, "Reason").fill("because")
    await visit.button("Propose").click()

    await expect(at(visit, "New amount")).to_have_accessible_description("The period is closed.")
    await expect(at(visit, "New amount")).to_have_attribute("aria-invalid", "true")
    await expect(at(visit, "Reason")).to_have_value("because")
    await expect(at(visit, "Reason")).to_have_attribute("aria-invalid", "false")


async def test_a_pushed_modal_lies_on_the_first_which_keeps_its_fields(
    visit: Visit, asked: Asked
) -> None:
    asked.answer = {"response_action": "push", "view": modal("Are you sure?", field("why", "Why"))}
    await at(visit, "New amount").fill("1.00")
    await at(visit, "Reason").fill("because")
    await visit.button("Propose").click()
    await expect(visit.page.get_by_role("dialog", name="Are you sure?")).to_be_visible()

    await visit.button("Back").click()

    await expect(visit.page.get_by_role("dialog", name="Adjust a line")).to_be_visible()
    await expect(at(visit, "New amount")).to_have_value("1.00")


async def test_a_changed_modal_keeps_what_was_typed_where_ids_stay(
    visit: Visit, asked: Asked
) -> None:
    await at(visit, "Reason").fill("half a sent")
    view = (await visit.office.modals(BEN))[0]
    changed = modal("Adjust line 7", field("other", "Another"), REASON)

    await visit.office.call("views.update", view_id=view["id"], view=changed)

    await expect(visit.page.get_by_role("dialog", name="Adjust line 7")).to_be_visible()
    await expect(at(visit, "Reason")).to_have_value("half a sent")
    await expect(at(visit, "Reason")).to_be_focused()
    await expect(at(visit, "Another")).to_have_value("")


async def test_escape_closes_it_and_the_workspace_knows(visit: Visit, asked: Asked) -> None:
    await visit.page.keyboard.press("Escape")

    await expect(visit.page.get_by_test_id("modal")).to_have_count(0)
    assert await visit.office.modals(BEN) == []


async def test_the_keyboard_stays_inside(visit: Visit, asked: Asked) -> None:
    await expect(at(visit, "New amount")).to_be_focused()

    for _ in range(12):
        await visit.page.keyboard.press("Tab")
        outside = (
            "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        )
        assert not await visit.page.evaluate(outside)


async def test_an_open_modal_is_there_again_after_a_reload(visit: Visit, asked: Asked) -> None:
    await at(visit, "Reason").fill("typed before")
    await at(visit, "New amount").fill("1.00")

    await visit.page.reload()

    await expect(visit.page.get_by_role("dialog", name="Adjust a line")).to_be_visible()
    await expect(at(visit, "Reason")).to_have_value("typed before")


async def test_a_click_in_a_modal_carries_what_was_typed_before_it(visit: Visit) -> None:
    async def add(ack: Any) -> None:
        await ack()

    async def opens(ack: Any, body: Json, client: Any) -> None:
        await ack()
        more = {"type": "actions", "elements": [button("Add a line", "add")]}
        view = modal("Split", field("first", "First"), more)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    visit.office.app.action("split")(opens)
    visit.office.app.action("add")(add)
    await visit.post("a", {"type": "actions", "elements": [button("Split", "split")]})
    await visit.open()
    await visit.button("Split").click()

    await at(visit, "First").fill("400.00")
    await visit.button("Add a line").click()

    sent = await visit.sent(2)
    assert sent[1]["view"]["state"]["values"]["first"]["first"]["value"] == "400.00"


async def test_people_are_searched_and_shown_as_chips(visit: Visit) -> None:
    submitted: list[list[str]] = []

    async def opens(ack: Any, body: Json, client: Any) -> None:
        await ack()
        element = {"type": "multi_users_select", "placeholder": plain("Search people")}
        view = modal("Owners", field("owners", "Owners", element=element))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def submit(ack: Any, view: Json) -> None:
        submitted.append(view["state"]["values"]["owners"]["owners"]["selected_users"])
        await ack()

    visit.office.app.action("owners")(opens)
    visit.office.app.view("adjust")(submit)
    await visit.post("a", {"type": "actions", "elements": [button("Owners", "owners")]})
    await visit.open()
    await visit.button("Owners").click()
    box = visit.page.get_by_role("combobox", name="Owners")

    await box.press_sequentially("cleo")
    await expect(visit.page.get_by_role("option")).to_have_text(["Cleo MarshCFO"])
    await box.press("Enter")
    await box.press_sequentially("ana")
    await visit.page.get_by_role("option", name="Ana Ruiz").click()
    await visit.button("Remove Cleo Marsh").click()
    await visit.button("Propose").click()

    await expect(visit.page.get_by_test_id("modal")).to_have_count(0)
    assert submitted == [["U01ANA"]]


async def test_the_home_shows_what_the_app_publishes(visit: Visit) -> None:
    opened: list[str] = []

    async def home(event: Json, client: Any) -> None:
        opened.append(event["tab"])
        block = {"type": "header", "text": plain("2 approvals wait")}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    visit.office.app.event("app_home_opened")(home)
    await visit.open(BEN, "home")

    await expect(visit.page.get_by_role("heading", name="2 approvals wait")).to_be_visible()
    assert opened == ["home"]
