"""Views by method: pushed from inside, found by external id, published once."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.office import ANA, BEN, FINANCE, Office

pytestmark = pytest.mark.asyncio


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


DEEPER = {"type": "button", "text": plain("Lines"), "action_id": "deeper"}
BUTTONS = {"type": "actions", "block_id": "b", "elements": [DEEPER]}


def modal(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(title), "blocks": [BUTTONS], **more}


async def opened(office: Office, **more: Any) -> dict[str, Any]:
    """An open modal, through a command."""

    @office.app.command("/open")
    async def open_it(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal("First", **more))
        await ack()

    await office.type("/open")
    [view] = await office.modals()
    return view


async def test_a_click_inside_a_modal_pushes_the_next_one(office: Office) -> None:
    @office.app.action("deeper")
    async def deeper(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=modal("Second"))
        await ack()

    first = await opened(office)
    await office.desk("act", view_id=first["id"], action_id="deeper")

    stack = await office.modals()
    assert [view["title"]["text"] for view in stack] == ["First", "Second"]
    assert stack[1]["root_view_id"] == first["id"]
    assert await office.modals(BEN) == []
    await office.desk("close", view_id=stack[1]["id"])
    assert [view["id"] for view in await office.modals()] == [first["id"]]


async def test_a_modal_is_found_by_its_external_id_which_is_used_once(office: Office) -> None:
    view = await opened(office, external_id="PRP-1")
    trigger = office.slack.tickets.trigger(ANA)

    updated = await office.call("views.update", external_id="PRP-1", view=modal("Other"))
    again = await office.call("views.update", external_id="PRP-1", view=modal("Gone"))

    assert (updated["view"]["id"], updated["view"]["title"]["text"]) == (view["id"], "Other")
    assert again["error"] == "not_found"
    same = {"view_id": view["id"], "view": modal("Same", external_id="X")}
    assert [await office.error("views.update", **same) for _ in "12"] == ["none"] * 2
    twice = await office.call(
        "views.push", trigger_id=trigger, view=modal("Twice", external_id="X")
    )
    assert twice["error"] == "duplicate_external_id"


async def test_a_refused_view_leaves_the_trigger_unused(office: Office) -> None:
    trigger = office.slack.tickets.trigger(ANA)

    bad = await office.call("views.open", trigger_id=trigger, view=modal("x" * 25))
    good = await office.call("views.open", trigger_id=trigger, view=modal("Short"))

    assert bad["error"] == "invalid_arguments"
    assert bad["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert good["ok"]


async def test_a_closed_modal_cannot_be_updated(office: Office) -> None:
    view = await opened(office)
    await office.desk("close", view_id=view["id"])

    late = await office.call("views.update", view_id=view["id"], view=modal("Late"))

    assert late == {"ok": False, "error": "not_found"}


async def test_a_home_keeps_its_id_and_minds_its_hash(office: Office) -> None:
    home = {"type": "home", "blocks": [BUTTONS]}
    first = await office.call("views.publish", user_id=ANA, view=home)
    second = await office.call("views.publish", user_id=ANA, view=home, hash=first["view"]["hash"])
    stale = await office.call("views.publish", user_id=ANA, view=home, hash=first["view"]["hash"])

    assert second["view"]["id"] == first["view"]["id"]
    assert stale["error"] == "hash_conflict"
    heard: list[dict[str, Any]] = []

    @office.app.action("deeper")
    async def deeper(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    await office.desk("act", view_id=first["view"]["id"], action_id="deeper")
    assert heard[0]["view"]["type"] == "home"


async def test_closing_all_tells_of_every_modal_that_asked(office: Office) -> None:
    @office.app.action("deeper")
    async def deeper(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        view = modal("Second", notify_on_close=True, callback_id="second")
        await client.views_push(trigger_id=body["trigger_id"], view=view)
        await ack()

    first = await opened(office, notify_on_close=True, callback_id="first")
    await office.desk("act", view_id=first["id"], action_id="deeper")
    top = (await office.modals())[-1]
    await office.desk("close", view_id=top["id"], all=True)

    closed = [line["body"] for line in await office.deliveries("interaction")][1:]
    assert [(body["view"]["callback_id"], body["is_cleared"]) for body in closed] == [
        ("second", True),
        ("first", True),
    ]
    assert await office.modals() == []


async def test_shortcuts_run_anywhere_and_on_a_message(office: Office) -> None:
    heard: list[dict[str, Any]] = []

    @office.app.shortcut("ask")
    async def ask(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]
    await office.desk("shortcut", callback_id="ask")
    await office.desk("shortcut", callback_id="ask", channel=FINANCE, message_ts=ts)

    anywhere, message = heard
    assert anywhere["type"] == "shortcut"
    assert not {"channel", "message", "response_url"} & set(anywhere)
    assert (message["type"], message["message_ts"]) == ("message_action", ts)
    assert message["message"]["text"] == "June"
    assert message["response_url"]


async def test_each_of_three_modals_knows_the_one_below_it(office: Office) -> None:
    first = await opened(office)
    made = []
    for title in ("Second", "Third"):
        trigger = office.slack.tickets.trigger(ANA)
        pushed = await office.call("views.push", trigger_id=trigger, view=modal(title))
        made.append(pushed["view"])

    assert [view["previous_view_id"] for view in made] == [first["id"], made[0]["id"]]
    assert [view["root_view_id"] for view in made] == [first["id"]] * 2
