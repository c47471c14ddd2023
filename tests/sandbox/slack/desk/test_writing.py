"""Typing: commands, failures, messages and mentions."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond

from tests.sandbox.slack.office import (
    ANA,
    BEN,
    BOT,
    FINANCE,
    GENERAL,
    KEYS,
    Office,
    open_office,
)

pytestmark = pytest.mark.asyncio

MANIFEST = """
features:
  slash_commands:
    - command: /forecast
      description: What comes next
      usage_hint: revenue 12m
      should_escape: true
settings:
  event_subscriptions:
    bot_events: [app_mention]
oauth_config:
  scopes:
    bot: [commands, chat:write, app_mentions:read]
"""


async def test_a_command_arrives_with_slacks_fields_and_its_answer_is_seen_by_the_typist_only(
    office: Office,
) -> None:
    heard: list[dict[str, Any]] = []

    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack("On it.")

    assert await office.type("/forecast  revenue 12m ") == {"ok": True}

    body = heard[0]
    assert (body["command"], body["text"]) == ("/forecast", "revenue 12m")
    assert (body["team_id"], body["team_domain"], body["api_app_id"]) == (
        "T01ACME", "acme", "A00TIEOUT",
    )  # fmt: skip
    assert (body["channel_id"], body["channel_name"]) == (FINANCE, "finance")
    assert (body["user_id"], body["user_name"]) == (ANA, "ana")
    assert body["is_enterprise_install"] == "false"
    assert body["trigger_id"]
    assert body["response_url"].startswith("http://127.0.0.1:")
    [shown] = await office.sees(ANA)
    assert (shown["text"], shown["ephemeral"], shown["user"]) == ("On it.", True, BOT)
    assert await office.sees(BEN) == []
    history = await office.call("conversations.history", channel=FINANCE)
    assert history["messages"] == []


async def test_an_answer_for_the_channel_is_seen_by_everybody(office: Office) -> None:
    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck) -> None:
        await ack(text="38.2 M", response_type="in_channel")

    await office.type("/forecast", channel=GENERAL)

    [shown] = await office.sees(BEN, GENERAL)
    assert (shown["text"], shown["ephemeral"]) == ("38.2 M", False)


async def test_in_a_direct_message_the_channel_is_called_directmessage(office: Office) -> None:
    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(f"{body['channel_id']} {body['channel_name']}")

    await office.type("/forecast", channel="D01ANA")

    [shown] = await office.sees(ANA, "D01ANA")
    assert shown["text"] == "D01ANA directmessage"


async def test_a_missing_acknowledgement_shows_slacks_failure_to_the_typist() -> None:
    async with open_office(deadline=0.2) as office:

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck) -> None:
            await asyncio.sleep(0.5)
            await ack()

        answer = await office.type("/forecast")

        assert answer == {"ok": False, "error": "operation_timeout"}
        [shown] = await office.sees(ANA)
        assert shown["text"] == '/forecast failed with the error "operation_timeout"'
        [line] = await office.deliveries("slash_command")
        assert line["status"] is None
        await asyncio.sleep(0.4)


async def test_an_unheard_command_shows_slacks_failure(office: Office) -> None:
    answer = await office.type("/unheard")

    assert answer == {"ok": False, "error": "dispatch_failed"}
    [shown] = await office.sees(ANA)
    assert shown["text"] == '/unheard failed with the error "dispatch_failed"'


async def test_a_bot_with_another_secret_refuses_the_request() -> None:
    async with open_office(bot_secret="another") as office:

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck) -> None:
            await ack()

        assert (await office.type("/forecast"))["error"] == "dispatch_failed"
        [line] = await office.deliveries("slash_command")
        assert line["status"] == 401


async def test_a_command_outside_the_manifest_is_not_valid_and_not_sent(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(MANIFEST)
    async with open_office(manifest=tmp_path / "manifest.yml") as office:
        answer = await office.type("/weather in Madrid")

        assert answer == {"ok": False, "error": "not_a_command"}
        [shown] = await office.sees(ANA)
        assert shown["text"].startswith("/weather is not a valid command.")
        assert await office.deliveries("slash_command") == []


async def test_mentions_travel_with_their_ids_when_the_manifest_asks(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(MANIFEST)
    async with open_office(manifest=tmp_path / "manifest.yml") as office:

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck, command: dict[str, Any]) -> None:
            await ack(command["text"])

        await office.type("/forecast for @ben in #finance")

        [shown] = await office.sees(ANA)
        assert shown["text"] == "for <@U02BEN|ben> in <#C01FINANCE|finance>"


async def test_commands_do_not_work_in_threads(office: Office) -> None:
    parent = await office.call("chat.postMessage", channel=FINANCE, text="June")

    answer = await office.type("/forecast", thread_ts=parent["ts"])

    assert answer == {"ok": False, "error": "not_supported_in_threads"}
    [_, told] = await office.sees(thread_ts=parent["ts"])
    assert told["text"] == "/forecast is not supported in threads. Sorry!"
    assert len(await office.sees()) == 1
    assert await office.deliveries("slash_command") == []


async def test_a_response_url_works_five_times_and_replaces_nothing_for_a_command(
    office: Office,
) -> None:
    urls: list[str] = []

    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck, respond: AsyncRespond) -> None:
        urls.append(respond.response_url or "")
        await ack()
        await respond("first")

    await office.type("/forecast")
    while not await office.sees(ANA):
        await asyncio.sleep(0.01)
    later = [(await office.http.post(urls[0], json={"text": str(n)})).status_code for n in "2345"]
    sixth = await office.http.post(urls[0], json={"text": "6"})

    assert later == [200, 200, 200, 200]
    assert (sixth.status_code, sixth.json()["error"]) == (404, "used_url")
    assert [shown["text"] for shown in await office.sees(ANA)] == ["first", "2", "3", "4", "5"]


async def test_a_response_url_dies_after_thirty_minutes(office: Office) -> None:
    urls: list[str] = []

    @office.app.command("/forecast")
    async def forecast(ack: AsyncAck, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        await ack()

    await office.type("/forecast")

    office.clock.ahead += timedelta(minutes=30, seconds=1)

    late = await office.http.post(urls[0], json={"text": "too late"})

    assert (late.status_code, late.json()["error"]) == (404, "expired_url")


async def test_a_direct_message_reaches_the_bot_as_an_event(office: Office) -> None:
    heard: list[dict[str, Any]] = []

    @office.app.event("message")
    async def message(body: dict[str, Any]) -> None:
        heard.append(body)

    await office.type("What is our <cash> & AR?", channel="D01ANA")
    while not heard:
        await asyncio.sleep(0.01)

    envelope = heard[0]
    assert envelope["event_id"].startswith("Ev")
    assert isinstance(envelope["event_time"], int)
    assert envelope["authorizations"][0]["user_id"] == BOT
    inner = envelope["event"]
    assert inner["text"] == "What is our &lt;cash&gt; &amp; AR?"
    assert (inner["channel_type"], inner["channel"], inner["user"]) == ("im", "D01ANA", ANA)


async def test_only_a_mention_in_a_subscribed_channel_is_heard(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text(MANIFEST)
    async with open_office(manifest=tmp_path / "manifest.yml") as office:
        heard: list[str] = []

        @office.app.event("app_mention")
        async def mention(event: dict[str, Any]) -> None:
            heard.append(event["text"])

        await office.type("no name")
        await office.type("@Tieout how is June?", channel=GENERAL)
        await office.type("@Tieout how is June?")
        while not heard:
            await asyncio.sleep(0.01)

        assert heard == [f"<@{BOT}> how is June?"]
        assert len(await office.deliveries("event")) == 1


async def test_tokens_and_secrets_stay_out_of_the_record(tmp_path: Path) -> None:
    async with open_office(record=tmp_path / "record.jsonl") as office:

        @office.app.command("/forecast")
        async def forecast(ack: AsyncAck) -> None:
            await ack()

        await office.type("/forecast")
        form = {"token": KEYS.bot_token, "channel": FINANCE, "text": f"oh {KEYS.signing_secret}"}
        await office.http.post("/api/chat.postMessage", data=form)
        lines = (tmp_path / "record.jsonl").read_text()

        assert "chat.postMessage" in lines
        assert '"inbound": "slash_command"' in lines
        for secret in (KEYS.bot_token, KEYS.app_token, KEYS.signing_secret):
            assert secret not in lines
