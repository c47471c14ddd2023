"""Clicks, picks and suggestions, in messages people can see."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from tests.sandbox.slack.office import ANA, AUDIT, BEN, FINANCE, Office, open_office

pytestmark = pytest.mark.asyncio


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


APPROVE = {"type": "button", "text": plain("Approve"), "action_id": "approve", "value": "PRP-1",
           "style": "primary"}  # fmt: skip
OPTIONS = [{"text": plain("Base"), "value": "base"}, {"text": plain("Stress"), "value": "stress"}]
SCENARIO = {"type": "static_select", "action_id": "scenario", "options": OPTIONS,
            "initial_option": OPTIONS[0]}  # fmt: skip
ROW = {"type": "actions", "block_id": "row", "elements": [APPROVE, SCENARIO]}


async def posted(office: Office, *blocks: dict[str, Any], channel: str = FINANCE) -> str:
    answer = await office.call("chat.postMessage", channel=channel, text="June", blocks=blocks)
    return str(answer["ts"])


async def test_a_click_carries_the_button_the_message_and_the_state(office: Office) -> None:
    heard: list[dict[str, Any]] = []

    @office.app.action("approve")
    async def approve(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    ts = await posted(office, ROW)
    answer = await office.desk("act", who=BEN, channel=FINANCE, message_ts=ts, action_id="approve")

    assert answer == {"ok": True}
    body = heard[0]
    assert body["user"] == {"id": BEN, "username": "ben", "name": "ben", "team_id": "T01ACME"}
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": FINANCE,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": FINANCE, "name": "finance"}
    assert body["message"]["text"] == "June"
    assert body["state"]["values"] == {
        "row": {"scenario": {"type": "static_select", "selected_option": OPTIONS[0]}}
    }
    [action] = body["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "action_id": "approve",
        "block_id": "row",
        "text": plain("Approve"),
        "value": "PRP-1",
        "style": "primary",
    }


async def test_a_pick_carries_the_whole_option_and_stays_in_the_state(office: Office) -> None:
    heard: list[dict[str, Any]] = []

    @office.app.action("scenario")
    async def scenario(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    ts = await posted(office, ROW)
    picked = {"selected_option": {"value": "stress"}}
    where = {"channel": FINANCE, "message_ts": ts, "action_id": "scenario"}
    assert (await office.desk("act", **where, value=picked))["ok"]

    assert heard[0]["actions"][0]["selected_option"] == OPTIONS[1]
    assert heard[0]["state"]["values"]["row"]["scenario"]["selected_option"] == OPTIONS[1]
    unknown = await office.desk("act", **where, value={"selected_option": {"value": "moon"}})
    assert unknown == {"ok": False, "error": "invalid_value"}


async def test_a_button_that_is_gone_cannot_be_clicked(office: Office) -> None:
    ts = await posted(office, ROW)
    await office.call("chat.update", channel=FINANCE, ts=ts, text="Approved by Ben")

    answer = await office.desk("act", channel=FINANCE, message_ts=ts, action_id="approve")

    assert answer == {"ok": False, "error": "action_not_found"}
    assert await office.deliveries("interaction") == []


async def test_nobody_clicks_in_a_channel_they_are_not_in(office: Office) -> None:
    ts = await posted(office, ROW, channel=AUDIT)

    answer = await office.desk("act", who=ANA, channel=AUDIT, message_ts=ts, action_id="approve")

    assert answer == {"ok": False, "error": "channel_not_found"}


async def test_a_click_that_is_not_acknowledged_tells_the_person(office: Office) -> None:
    ts = await posted(office, ROW)
    listening = office.slack.listeners.join(ANA)

    answer = await office.desk("act", channel=FINANCE, message_ts=ts, action_id="approve")

    assert answer == {"ok": False, "error": "dispatch_failed"}
    notice = await listening.get()
    assert notice == {
        "type": "notice",
        "text": "Darn – that didn’t work. This app responded with Status Code 404.",
    }


async def test_an_answer_to_a_click_replaces_or_deletes_only_when_it_says_so(
    office: Office,
) -> None:
    steps: list[dict[str, Any]] = [
        {"text": "only for you"},
        {"text": "replaced", "replace_original": True},
        {"delete_original": True},
    ]

    @office.app.action("approve")
    async def approve(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(**steps.pop(0))

    ts = await posted(office, ROW)
    where = {"who": BEN, "channel": FINANCE, "message_ts": ts, "action_id": "approve"}
    await office.desk("act", **where)
    await until(office, BEN, ["June", "only for you"])
    assert [m["text"] for m in await office.sees(ANA)] == ["June"]

    await office.desk("act", **where)
    await until(office, ANA, ["replaced"])
    again = await office.call("chat.update", channel=FINANCE, ts=ts, text="again", blocks=[ROW])
    assert again["ok"]
    await office.desk("act", **where)
    await until(office, ANA, [])


async def test_an_ephemeral_message_is_changed_through_its_own_click(office: Office) -> None:
    @office.app.action("approve")
    async def approve(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        assert body["container"]["is_ephemeral"] is True
        assert "message" not in body
        await respond(text="done", replace_original=True)

    shown = await office.call(
        "chat.postEphemeral", channel=FINANCE, user=BEN, text="Sure?", blocks=[ROW]
    )
    ts = shown["message_ts"]
    await office.desk("act", who=BEN, channel=FINANCE, message_ts=ts, action_id="approve")
    await until(office, BEN, ["done"])

    gone = await office.call("chat.update", channel=FINANCE, ts=ts, text="no")
    assert gone["error"] == "message_not_found"


async def test_an_external_select_asks_the_bot_for_its_options(office: Office) -> None:
    @office.app.options("account")
    async def account(ack: AsyncAck, payload: dict[str, Any]) -> None:
        await ack(options=[{"text": plain(payload["value"]), "value": "4000"}])

    select = {"type": "external_select", "action_id": "account", "min_query_length": 1}
    ts = await posted(office, {"type": "actions", "block_id": "b", "elements": [select]})
    params = {"as": ANA, "channel": FINANCE, "message_ts": ts, "block_id": "b",
              "action_id": "account", "value": "rev"}  # fmt: skip

    answer = (await office.http.get("/desk/options", params=params)).json()

    assert answer == {"ok": True, "options": [{"text": plain("rev"), "value": "4000"}]}
    [line] = await office.deliveries("options")
    assert (line["body"]["type"], line["body"]["value"]) == ("block_suggestion", "rev")


async def test_a_click_delivered_twice_arrives_with_the_same_trigger(office: Office) -> None:
    heard: list[str] = []

    @office.app.action("approve")
    async def approve(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body["trigger_id"])
        await ack()

    ts = await posted(office, ROW)
    await office.desk("fault", kind="deliver_twice", count=1)
    where = {"channel": FINANCE, "message_ts": ts, "action_id": "approve"}
    await office.desk("act", **where)
    await office.desk("act", **where)

    assert len(heard) == 3
    assert len(set(heard)) == 2


async def test_elements_inside_containers_and_cards_are_found(office: Office) -> None:
    heard: list[str] = []

    @office.app.action("approve")
    async def approve(ack: AsyncAck, action: dict[str, Any]) -> None:
        heard.append(action["block_id"])
        await ack()

    card = {"type": "card", "block_id": "card", "title": plain("Bill"), "actions": [APPROVE]}
    ts = await posted(office, {"type": "container", "title": plain("Two"), "child_blocks": [card]})
    where = {"channel": FINANCE, "message_ts": ts, "action_id": "approve", "block_id": "card"}

    assert (await office.desk("act", **where))["ok"]
    assert heard == ["card"]


async def test_nothing_is_sent_to_an_app_without_interactivity(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(
        "oauth_config: {scopes: {bot: ['chat:write']}}\n"
        "settings: {interactivity: {is_enabled: false}}"
    )
    async with open_office(manifest=manifest) as office:
        ts = await posted(office, ROW)
        answer = await office.desk("act", channel=FINANCE, message_ts=ts, action_id="approve")

        assert answer == {"ok": False, "error": "not_interactive"}
        assert await office.deliveries("interaction") == []


async def until(office: Office, who: str, texts: list[str]) -> None:
    """Waits until a person sees exactly these texts."""
    seen: list[str] = []
    for _ in range(200):
        seen = [message["text"] for message in await office.sees(who)]
        if seen == texts:
            return
        await asyncio.sleep(0.01)
    assert seen == texts


async def test_nobody_clicks_on_what_only_another_person_sees(office: Office) -> None:
    shown = await office.call(
        "chat.postEphemeral", channel=FINANCE, user=ANA, text="Yours", blocks=[ROW]
    )
    where = {"channel": FINANCE, "message_ts": shown["message_ts"], "action_id": "approve"}

    assert await office.desk("act", who=BEN, **where) == {"ok": False, "error": "message_not_found"}
    assert await office.deliveries("interaction") == []
