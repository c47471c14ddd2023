"""Modals: opened in time, filled in, refused, pushed, closed; and the Home."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.office import ANA, BEN, FINANCE, Office

pytestmark = pytest.mark.asyncio


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


AMOUNT = {
    "type": "input",
    "block_id": "amount",
    "label": plain("Amount"),
    "element": {"type": "number_input", "action_id": "typed", "is_decimal_allowed": True},
}
NOTE = {
    "type": "input",
    "block_id": "note",
    "label": plain("Note"),
    "optional": True,
    "element": {"type": "plain_text_input", "action_id": "typed", "multiline": True},
}
OWNERS = {
    "type": "section",
    "block_id": "owners",
    "text": plain("Owners"),
    "accessory": {"type": "multi_users_select", "action_id": "picked"},
}


def modal(title: str = "Adjust", **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "adjust",
        "title": plain(title),
        "submit": plain("Save"),
        "private_metadata": "PRP-1",
        "blocks": [AMOUNT, NOTE, OWNERS],
        **more,
    }


def opens(app: AsyncApp, **more: Any) -> None:
    """`/adjust` opens the modal."""

    @app.command("/adjust")
    async def adjust(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(**more))
        await ack()


async def test_a_submission_carries_every_field_touched_or_not(office: Office) -> None:
    heard: list[dict[str, Any]] = []
    opens(office.app)

    @office.app.view("adjust")
    async def saved(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    await office.type("/adjust")
    [view] = await office.modals()
    values = {"amount": {"typed": {"value": "812000.00"}}}
    answer = await office.desk("submit", view_id=view["id"], values=values)

    assert answer == {"ok": True}
    told = heard[0]["view"]
    assert told["private_metadata"] == "PRP-1"
    assert told["root_view_id"] == told["id"] == view["id"]
    assert told["previous_view_id"] is None
    assert told["state"]["values"] == {
        "amount": {"typed": {"type": "number_input", "value": "812000.00"}},
        "note": {"typed": {"type": "plain_text_input", "value": None}},
        "owners": {"picked": {"type": "multi_users_select", "selected_users": []}},
    }
    assert heard[0]["response_urls"] == []
    assert await office.modals() == []


async def test_a_required_field_left_empty_is_not_sent(office: Office) -> None:
    opens(office.app)
    await office.type("/adjust")
    [view] = await office.modals()

    empty = await office.desk("submit", view_id=view["id"], values={})
    words = {"amount": {"typed": {"value": "lots"}}}
    wrong = await office.desk("submit", view_id=view["id"], values=words)

    assert empty == {
        "ok": False,
        "errors": {"amount": "Please complete this required field."},
    }
    assert wrong == {"ok": False, "errors": {"amount": "Please enter a number."}}
    assert await office.deliveries("interaction") == []


async def test_errors_of_the_bot_stay_under_their_field_and_the_modal_stays_open(
    office: Office,
) -> None:
    opens(office.app)

    @office.app.view("adjust")
    async def saved(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"amount": "More than you may approve"})

    await office.type("/adjust")
    [view] = await office.modals()
    values = {"amount": {"typed": {"value": "1"}}}
    answer = await office.desk("submit", view_id=view["id"], values=values)

    assert answer == {"ok": False, "errors": {"amount": "More than you may approve"}}
    assert len(await office.modals()) == 1


async def test_errors_under_a_block_that_is_no_input_are_refused(office: Office) -> None:
    opens(office.app)

    @office.app.view("adjust")
    async def saved(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"owners": "Nobody"})

    await office.type("/adjust")
    [view] = await office.modals()
    values = {"amount": {"typed": {"value": "1"}}}
    answer = await office.desk("submit", view_id=view["id"], values=values)

    assert answer == {"ok": False, "error": "invalid_errors"}


async def test_update_keeps_what_was_typed_where_the_ids_agree(office: Office) -> None:
    opens(office.app)

    @office.app.view("adjust")
    async def saved(ack: AsyncAck) -> None:
        other = {**NOTE, "block_id": "other"}
        await ack(response_action="update", view=modal("Again", blocks=[AMOUNT, other]))

    await office.type("/adjust")
    [before] = await office.modals()
    values = {"amount": {"typed": {"value": "5"}}, "note": {"typed": {"value": "gone"}}}
    assert (await office.desk("submit", view_id=before["id"], values=values))["ok"]

    [after] = await office.modals()
    assert after["id"] == before["id"]
    assert after["hash"] != before["hash"]
    assert after["title"]["text"] == "Again"
    assert after["state"]["values"]["amount"]["typed"]["value"] == "5"
    assert after["state"]["values"]["other"]["typed"]["value"] is None


async def test_the_stack_holds_three_and_clear_empties_it(office: Office) -> None:
    opens(office.app)
    answers: list[dict[str, Any]] = [
        {"response_action": "push", "view": modal("Second")},
        {"response_action": "push", "view": modal("Third")},
        {"response_action": "push", "view": modal("Fourth")},
        {"response_action": "clear"},
    ]

    @office.app.view("adjust")
    async def saved(ack: AsyncAck) -> None:
        await ack(**answers.pop(0))

    await office.type("/adjust")
    seen = []
    for _ in range(4):
        top = (await office.modals())[-1]
        values = {"amount": {"typed": {"value": "1"}}}
        told = await office.desk("submit", view_id=top["id"], values=values)
        seen.append((told.get("error"), len(await office.modals())))

    assert seen == [(None, 2), (None, 3), ("push_limit_reached", 3), (None, 0)]


async def test_a_covered_modal_cannot_be_submitted(office: Office) -> None:
    opens(office.app)

    @office.app.view("adjust")
    async def saved(ack: AsyncAck) -> None:
        await ack(response_action="push", view=modal("Second"))

    await office.type("/adjust")
    [first] = await office.modals()
    values = {"amount": {"typed": {"value": "1"}}}
    await office.desk("submit", view_id=first["id"], values=values)
    _, second = await office.modals()

    assert second["previous_view_id"] == second["root_view_id"] == first["id"]
    covered = await office.desk("submit", view_id=first["id"], values=values)
    assert covered == {"ok": False, "error": "view_not_found"}


async def test_a_trigger_works_once_and_for_three_seconds(office: Office) -> None:
    errors: list[str] = []

    @office.app.command("/adjust")
    async def adjust(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        if body["text"] == "late":
            office.clock.ahead += timedelta(seconds=3.1)
        for trigger in (body["trigger_id"], body["trigger_id"], "made.up"):
            try:
                await client.views_open(trigger_id=trigger, view=modal())
                errors.append("none")
            except SlackApiError as error:
                errors.append(error.response["error"])

    await office.type("/adjust now")
    while len(errors) < 3:
        await asyncio.sleep(0.01)
    assert errors == ["none", "exchanged_trigger_id", "invalid_trigger_id"]

    await office.type("/adjust late")
    while len(errors) < 6:
        await asyncio.sleep(0.01)
    assert errors[3:5] == ["expired_trigger_id", "expired_trigger_id"]


async def test_an_old_hash_cannot_overwrite_a_newer_view(office: Office) -> None:
    opens(office.app)
    await office.type("/adjust")
    [view] = await office.modals()

    first = await office.call(
        "views.update", view_id=view["id"], hash=view["hash"], view=modal("One")
    )
    second = await office.call(
        "views.update", view_id=view["id"], hash=view["hash"], view=modal("Two")
    )

    assert first["view"]["title"]["text"] == "One"
    assert second == {"ok": False, "error": "hash_conflict"}


async def test_closing_tells_the_bot_only_when_the_modal_asked(office: Office) -> None:
    opens(office.app, notify_on_close=True)
    heard: list[dict[str, Any]] = []

    @office.app.view_closed("adjust")
    async def closed(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    await office.type("/adjust")
    [view] = await office.modals()
    await office.desk("close", view_id=view["id"])

    assert heard[0]["is_cleared"] is False
    assert "trigger_id" not in heard[0]
    assert await office.modals() == []


async def test_a_click_in_a_modal_knows_its_view_and_what_was_typed(office: Office) -> None:
    button = {"type": "button", "text": plain("Recalculate"), "action_id": "again"}
    opens(office.app, blocks=[AMOUNT, {"type": "actions", "block_id": "b", "elements": [button]}])
    heard: list[dict[str, Any]] = []

    @office.app.action("again")
    async def again(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    await office.type("/adjust")
    [view] = await office.modals()
    quiet = {"view_id": view["id"], "block_id": "amount", "action_id": "typed"}
    assert (await office.desk("act", **quiet, value={"value": "7"})) == {"ok": True}
    assert heard == []
    await office.desk("act", view_id=view["id"], action_id="again")

    body = heard[0]
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["state"]["values"]["amount"]["typed"]["value"] == "7"
    assert not {"channel", "message", "response_url"} & set(body)


async def test_opening_the_home_tells_the_bot_and_shows_what_it_published(office: Office) -> None:
    @office.app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": plain(f"Waiting for {event['user']}")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    await office.desk("home/open", tab="home")
    view = None
    while view is None:
        view = (await office.http.get("/desk/home", params={"as": ANA})).json()["view"]
        await asyncio.sleep(0.01)

    assert view["blocks"][0]["text"]["text"] == f"Waiting for {ANA}"
    other = (await office.http.get("/desk/home", params={"as": BEN})).json()
    assert other == {"view": None}


async def test_a_channel_picked_for_an_answer_gets_its_address(office: Office) -> None:
    select = {"type": "conversations_select", "action_id": "to", "response_url_enabled": True}
    block = {"type": "input", "block_id": "to", "label": plain("To"), "element": select}
    opens(office.app, blocks=[block])
    heard: list[dict[str, Any]] = []

    @office.app.view("adjust")
    async def saved(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.extend(body["response_urls"])
        await ack()

    await office.type("/adjust")
    [view] = await office.modals()
    values = {"to": {"to": {"selected_conversation": FINANCE}}}
    await office.desk("submit", view_id=view["id"], values=values)

    url = heard[0].pop("response_url")
    assert heard == [{"block_id": "to", "action_id": "to", "channel_id": FINANCE}]
    said = {"text": "Saved", "response_type": "in_channel"}
    assert (await office.http.post(url, json=said)).status_code == 200
    assert [message["text"] for message in await office.sees(BEN)] == ["Saved"]


async def test_only_what_a_select_offers_can_be_submitted(office: Office) -> None:
    offered = [{"text": plain("Base"), "value": "base"}]
    select = {"type": "static_select", "action_id": "case", "options": offered}
    opens(office.app, blocks=[{"type": "input", "block_id": "case", "label": plain("Case"),
                               "element": select}])  # fmt: skip
    heard: list[dict[str, Any]] = []

    @office.app.view("adjust")
    async def saved(ack: AsyncAck, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"]["case"]["case"])
        await ack()

    await office.type("/adjust")
    [view] = await office.modals()

    async def submit(value: str) -> dict[str, Any]:
        values = {"case": {"case": {"selected_option": {"value": value}}}}
        return await office.desk("submit", view_id=view["id"], values=values)

    assert await submit("moon") == {"ok": False, "error": "invalid_value"}
    assert await submit("base") == {"ok": True}
    assert heard == [{"type": "static_select", "selected_option": offered[0]}]
