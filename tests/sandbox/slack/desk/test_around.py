"""Who is in, what the app is told of a person's whereabouts, and tabs that are read-only."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.slack.office import (
    ANA,
    BEN,
    BOT,
    CLOSE,
    FINANCE,
    GENERAL,
    GINA,
    OMAR,
    ORBIT,
    Office,
    open_office,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANIFEST = """
features:
  app_home: {{home_tab_enabled: {home}, messages_tab_enabled: {messages},
             messages_tab_read_only_enabled: {read_only}}}
  {surface}: {{}}
settings:
  event_subscriptions:
    bot_events: [app_context_changed, assistant_thread_started, assistant_thread_context_changed]
oauth_config:
  scopes:
    bot: [commands, chat:write, assistant:write, im:write, im:history]
"""


def manifest(
    folder: Path, surface: str, *, home: bool = True, read_only: bool = False, messages: bool = True
) -> Path:
    path = folder / "manifest.yml"
    told = {"surface": surface, "home": home, "read_only": read_only, "messages": messages}
    path.write_text(MANIFEST.format(**told))
    return path


async def events(office: Office, kind: str, **fields: str) -> list[dict[str, Any]]:
    """Events of a kind with these fields, once there is one."""
    for _ in range(200):
        found = [line["body"]["event"] for line in await office.deliveries("event")]
        wanted = {"type": kind, **fields}.items()
        if fitting := [event for event in found if wanted <= event.items()]:
            return fitting
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def test_the_bot_is_invited_and_taken_out_by_what_people_type(shared: Office) -> None:
    assert await shared.error("conversations.history", channel=GENERAL) == "not_in_channel"
    assert await shared.type("/invite @tieout", channel=GENERAL) == {"ok": True}
    assert await shared.error("conversations.history", channel=GENERAL) == "none"
    again = await shared.type("/invite @tieout", channel=GENERAL)
    joined = await events(shared, "member_joined_channel", channel=GENERAL, inviter=ANA)
    assert await shared.type("/remove @tieout", channel=GENERAL) == {"ok": True}
    assert await shared.error("conversations.history", channel=GENERAL) == "not_in_channel"
    assert again["error"] == "already_in_channel"
    assert {event["user"] for event in joined} == {BOT}


async def test_the_bot_joins_and_leaves_by_itself(shared: Office) -> None:
    joined = await shared.call("conversations.join", channel=GENERAL)
    again = await shared.call("conversations.join", channel=GENERAL)
    left = await shared.call("conversations.leave", channel=GENERAL)

    assert joined["channel"]["is_member"] is True
    assert (again["ok"], again["warning"]) == (True, "already_in_channel")
    assert left == {"ok": True}
    assert (await shared.call("conversations.leave", channel=GENERAL))["not_in_channel"] is True
    assert await shared.error("conversations.join", channel=CLOSE) == (
        "method_not_supported_for_channel_type"
    )


async def test_a_private_channel_does_not_exist_for_a_bot_outside(shared: Office) -> None:
    inside = await shared.call("conversations.info", channel=CLOSE)
    await shared.desk("remove", who=BEN, channel=CLOSE)
    outside = await shared.error("conversations.info", channel=CLOSE)
    post = await shared.error("chat.postMessage", channel=CLOSE, text="x")
    await shared.desk("invite", who=BEN, channel=CLOSE)

    assert (inside["channel"]["is_private"], outside, post) == (
        True,
        "channel_not_found",
        "channel_not_found",
    )


async def test_a_guest_and_a_stranger_are_known_as_such(shared: Office) -> None:
    gina = (await shared.call("users.info", user=GINA))["user"]
    omar = (await shared.call("users.info", user=OMAR))["user"]
    orbit = (await shared.call("conversations.info", channel=ORBIT))["channel"]
    ts = (await shared.type("When will you pay?", who=OMAR, channel=ORBIT))["ts"]
    heard = (await events(shared, "message", ts=ts))[0]

    assert (gina["is_restricted"], omar["is_stranger"], omar["team_id"]) == (
        True,
        True,
        "T02ORBIT",
    )
    assert (orbit["is_ext_shared"], heard["user_team"]) == (True, "T02ORBIT")
    assert await shared.error("conversations.open", users=OMAR) == "user_not_found"
    assert (await shared.type("/forecast", who=OMAR, channel=ORBIT))["error"] == "not_a_command"


async def test_the_app_is_told_what_the_person_looks_at(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path, "agent_view")) as office:
        assert await office.desk("look", channel=FINANCE) == {"ok": True}
        seen = (await events(office, "app_context_changed"))[0]
        ts = await office.post(channel="D01ANA")
        prompts = [{"title": "a", "message": "b"}]
        asked = {"channel_id": "D01ANA", "prompts": prompts, "thread_ts": ts}
        told = await office.call("assistant.threads.setSuggestedPrompts", **asked)
        silent = await office.look("assistant", channel="D01ANA", thread_ts=ts)

    entity = {"type": "slack#/types/channel_id", "value": FINANCE, "team_id": "T01ACME"}
    assert (seen["user"], seen["context"]) == (ANA, {"entities": [entity]})
    assert (told, silent["prompts"]["prompts"]) == ({"ok": True}, [])


async def test_the_older_assistant_has_threads_of_its_own(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path, "assistant_view")) as office:
        ts = (await office.desk("assistant/start"))["ts"]
        await office.desk("look", channel=FINANCE)
        started = (await events(office, "assistant_thread_started"))[0]
        changed = (await events(office, "assistant_thread_context_changed"))[0]

    thread = {"user_id": ANA, "channel_id": "D01ANA", "thread_ts": ts}
    assert started["assistant_thread"] == {**thread, "context": {}}
    assert changed["assistant_thread"]["context"]["channel_id"] == FINANCE


async def test_nobody_writes_in_a_read_only_tab_and_a_home_that_is_off_is_not_published(
    tmp_path: Path,
) -> None:
    off = manifest(tmp_path, "agent_view", home=False, read_only=True)
    async with open_office(manifest=off) as office:
        typed = await office.type("hello", channel="D01ANA")
        command = await office.type("/forecast", channel="D01ANA")
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        published = await office.error("views.publish", user_id=ANA, view=home)
        bot = (await office.look("state"))["bot"]
        posted = await office.error("chat.postMessage", channel="D01ANA", text="x")

    assert (typed["error"], command["error"]) == ("messages_tab_read_only",) * 2
    assert (published, posted) == ("not_enabled", "none")
    assert (bot["home"], bot["messages_read_only"], bot["agent"]) == (False, True, True)


async def test_nobody_writes_where_the_messages_tab_is_off(tmp_path: Path) -> None:
    async with open_office(manifest=manifest(tmp_path, "agent_view", messages=False)) as office:
        posted = await office.error("chat.postMessage", channel=ANA, text="x")
        typed = await office.type("hello", channel="D01ANA")

    assert (posted, typed["error"]) == ("messages_tab_disabled", "messages_tab_read_only")


async def test_a_shortcut_runs_only_where_the_manifest_puts_it(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(
        "features: {shortcuts: [{name: Ask, type: global, callback_id: ask, description: x},"
        " {name: Trace, type: message, callback_id: trace, description: x}]}\n"
        "oauth_config: {scopes: {bot: [commands, 'chat:write']}}"
    )
    async with open_office(manifest=path) as office:
        on = {"channel": FINANCE, "message_ts": await office.post()}
        errors = [
            (await office.desk("shortcut", callback_id=name, **where))["error"]
            for name, where in (("ask", on), ("trace", {}), ("other", {}), ("ask", {}))
        ]
        traced = await office.desk("shortcut", callback_id="trace", **on)
        bodies = [line["body"] for line in await office.deliveries("interaction")]

    assert errors == ["shortcut_not_found"] * 3 + ["dispatch_failed"]  # this bot hears none
    assert traced["error"] == "dispatch_failed"
    assert [body["type"] for body in bodies] == ["shortcut", "message_action"]
    assert bodies[1]["message_ts"] == on["message_ts"]
    assert "response_url" not in bodies[0]
