"""Posting, changing, deleting and showing messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.slack.office import ANA, AUDIT, BEN, BOT, FINANCE, GENERAL, Office, open_office

pytestmark = pytest.mark.asyncio

BLOCKS: list[dict[str, Any]] = [
    {
        "type": "section",
        "block_id": "s",
        "text": {"type": "mrkdwn", "text": "*June*", "verbatim": False},
    }
]


async def test_a_posted_message_comes_back_as_slack_tells_it(office: Office) -> None:
    answer = await office.call("chat.postMessage", channel="#finance", text="June", blocks=BLOCKS)

    assert (answer["ok"], answer["channel"]) == (True, FINANCE)
    message = answer["message"]
    assert (message["type"], message["user"], message["bot_id"], message["app_id"]) == (
        "message",
        BOT,
        "B00TIEOUT",
        "A00TIEOUT",
    )
    assert (message["text"], message["blocks"], message["team"]) == ("June", BLOCKS, "T01ACME")
    seconds, _, micros = answer["ts"].partition(".")
    assert (len(seconds), len(micros), message["ts"]) == (10, 6, answer["ts"])


@pytest.mark.parametrize("encoding", ["json", "data", "params"])
async def test_arguments_are_read_in_any_encoding(office: Office, encoding: str) -> None:
    headers = {"authorization": "Bearer xoxb-of-the-test"}
    text = '[{"type": "divider", "block_id": "d"}]'
    args = {"channel": FINANCE, "text": "June", "blocks": text}
    told: dict[str, Any] = {encoding: args}

    answer = (await office.http.post("/api/chat.postMessage", headers=headers, **told)).json()

    assert answer["message"]["blocks"] == [{"type": "divider", "block_id": "d"}]
    names = {"json": "json", "data": "form", "params": "query"}
    assert (await office.record())[-1]["encoding"] == names[encoding]


async def test_posting_to_a_person_goes_to_the_direct_message(office: Office) -> None:
    answer = await office.call("chat.postMessage", channel=ANA, text="Yours")

    assert answer["channel"] == "D01ANA"
    assert [message["text"] for message in await office.sees(ANA, "D01ANA")] == ["Yours"]


async def test_what_cannot_be_posted_is_refused_by_name(office: Office) -> None:
    async def error(**args: Any) -> str:
        return str((await office.call("chat.postMessage", **args))["error"])

    assert await error(channel=GENERAL, text="x") == "not_in_channel"
    assert await error(channel="C99NOWHERE", text="x") == "channel_not_found"
    assert await error(text="x") == "channel_not_found"
    assert await error(channel=FINANCE) == "no_text"
    assert await error(channel=FINANCE, text="x", thread_ts="1.2") == "thread_not_found"
    assert await error(channel=FINANCE, text="x", thread_ts=1.2) == "invalid_thread_ts"
    assert await error(channel=FINANCE, text="x", metadata={"a": 1}) == "invalid_metadata_format"
    large = {"event_type": "card", "event_payload": {"x": "x" * 8_000}}
    assert await error(channel=FINANCE, text="x", metadata=large) == "metadata_too_large"
    bad = await office.call("chat.postMessage", channel=FINANCE, blocks=[{"type": "section"}])
    assert (bad["error"], bad["response_metadata"]["messages"]) == (
        "invalid_blocks",
        ["[ERROR] must provide at least one of text, fields [json-pointer:/blocks/0]"],
    )


async def test_text_is_cut_at_forty_thousand(office: Office) -> None:
    answer = await office.call("chat.postMessage", channel=FINANCE, text="x" * 40_001)

    assert len(answer["message"]["text"]) == 40_000


async def test_an_update_without_blocks_loses_them_and_shows_that_it_was_edited(
    office: Office,
) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="a", blocks=BLOCKS))["ts"]

    with_blocks = await office.call(
        "chat.update", channel=FINANCE, ts=ts, text="b", blocks=[{"type": "divider"}]
    )
    assert [block["type"] for block in with_blocks["message"]["blocks"]] == ["divider"]
    assert "edited" not in with_blocks["message"]
    without = await office.call("chat.update", channel=FINANCE, ts=ts, text="c")
    assert (without["text"], without["ts"]) == ("c", ts)
    assert "blocks" not in without["message"]
    assert without["message"]["edited"]["user"] == BOT


async def test_only_the_bots_own_messages_change_and_only_by_channel_id(office: Office) -> None:
    theirs = await office.type("mine")
    own = await office.call("chat.postMessage", channel=ANA, text="own")

    async def error(method: str, **args: Any) -> str:
        return str((await office.call(method, **args))["error"])

    where = {"channel": FINANCE, "ts": theirs["ts"]}
    assert await error("chat.update", **where, text="x") == "cant_update_message"
    assert await error("chat.delete", **where) == "cant_delete_message"
    assert await error("chat.update", channel=FINANCE, ts="1.2", text="x") == "message_not_found"
    assert await error("chat.update", channel=ANA, ts=own["ts"], text="x") == "channel_not_found"
    assert await error("chat.update", channel="D01ANA", ts=own["ts"], text="x" * 4001) == (
        "msg_too_long"
    )


async def test_a_deleted_message_is_gone_and_a_deleted_parent_leaves_a_stone(
    office: Office,
) -> None:
    one = (await office.call("chat.postMessage", channel=FINANCE, text="one"))["ts"]
    two = (await office.call("chat.postMessage", channel=FINANCE, text="two"))["ts"]
    await office.call("chat.postMessage", channel=FINANCE, text="reply", thread_ts=two)

    await office.call("chat.delete", channel=FINANCE, ts=one)
    await office.call("chat.delete", channel=FINANCE, ts=two)

    [stone] = await office.sees()
    assert (stone["subtype"], stone["text"], stone["reply_count"]) == (
        "tombstone",
        "This message was deleted.",
        1,
    )


async def test_a_deleted_reply_no_longer_counts(office: Office) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]
    reply = await office.call("chat.postMessage", channel=FINANCE, text="a", thread_ts=ts)
    await office.call("chat.update", channel=FINANCE, ts=reply["ts"], text="b")
    [parent] = await office.sees()
    assert parent["reply_count"] == 1

    await office.call("chat.delete", channel=FINANCE, ts=reply["ts"])

    [parent] = await office.sees()
    assert parent["reply_count"] == 0


async def test_an_ephemeral_message_needs_a_member_and_dies_with_a_reload(office: Office) -> None:
    refused = await office.call("chat.postEphemeral", channel=AUDIT, user=ANA, text="psst")
    assert refused["error"] == "user_not_in_channel"
    shown = await office.call("chat.postEphemeral", channel=FINANCE, user=ANA, text="psst")

    [seen] = await office.sees(ANA)
    assert (seen["ts"], seen["ephemeral"]) == (shown["message_ts"], True)
    assert await office.sees(BEN) == []
    await office.desk("reload")
    assert await office.sees(ANA) == []


async def test_replies_stand_in_the_thread_and_count_at_the_parent(office: Office) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]
    reply = await office.call("chat.postMessage", channel=FINANCE, text="detail", thread_ts=ts)
    theirs = await office.type("thanks", who=BEN, thread_ts=ts)
    nested = await office.call("chat.postMessage", channel=FINANCE, text="x", thread_ts=reply["ts"])
    await office.call(
        "chat.postMessage", channel=FINANCE, text="look", thread_ts=ts, reply_broadcast=True
    )

    parent, broadcast = await office.sees()
    assert nested["error"] == "thread_not_found"
    assert (parent["reply_count"], parent["reply_users"]) == (3, [BOT, BEN])
    assert parent["latest_reply"] == broadcast["ts"]
    assert broadcast["subtype"] == "thread_broadcast"
    thread = await office.sees(thread_ts=ts)
    assert [message["text"] for message in thread] == ["June", "detail", "thanks", "look"]
    assert thread[2]["ts"] == theirs["ts"]


async def test_a_missing_scope_names_what_is_needed_and_what_there_is(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("oauth_config: {scopes: {bot: [commands, im:history]}}")
    async with open_office(manifest=manifest) as office:
        posted = await office.call("chat.postMessage", channel=FINANCE, text="x")
        read = await office.call("conversations.history", channel=FINANCE)
        own = await office.call("conversations.history", channel="D01ANA")

    assert posted == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "commands,im:history",
    }
    assert (read["error"], read["needed"]) == ("missing_scope", "channels:history")
    assert own["ok"]


async def test_a_public_channel_takes_a_stranger_with_the_scope_for_it(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("oauth_config: {scopes: {bot: ['chat:write', 'chat:write.public']}}")
    async with open_office(manifest=manifest) as office:
        assert (await office.call("chat.postMessage", channel=GENERAL, text="x"))["ok"]


async def test_a_message_has_an_address(office: Office) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]

    answer = await office.call("chat.getPermalink", channel=FINANCE, message_ts=ts)

    assert answer["permalink"] == (
        f"https://acme.slack.com/archives/{FINANCE}/p{ts.replace('.', '')}"
    )


async def test_texts_come_back_saying_how_they_are_read_and_without_nulls(office: Office) -> None:
    label = {"type": "plain_text", "text": "Go"}
    button = {"type": "button", "action_id": "a", "text": label, "value": None}
    text = {"type": "mrkdwn", "text": "*June*"}
    section = {"type": "section", "block_id": "s", "text": text, "accessory": button}
    header = {"type": "header", "block_id": "h", "text": {**label, "emoji": False}}
    posted = await office.call(
        "chat.postMessage", channel=FINANCE, text="x", blocks=[section, header]
    )

    assert posted["message"]["blocks"] == [
        {
            "type": "section",
            "block_id": "s",
            "text": {**text, "verbatim": False},
            "accessory": {"type": "button", "action_id": "a", "text": {**label, "emoji": True}},
        },
        header,
    ]
    profile = posted["message"]["bot_profile"]
    assert set(profile["icons"]) == {"image_36", "image_48", "image_72"}
    assert isinstance(profile["updated"], int)


async def test_an_updated_parent_is_answered_with_the_counters_of_its_thread(
    office: Office,
) -> None:
    ts = await office.post("parent")
    reply = await office.post("reply", thread_ts=ts)

    told = (await office.call("chat.update", channel=FINANCE, ts=ts, text="new"))["message"]

    assert (told["text"], told["thread_ts"], told["latest_reply"]) == ("new", ts, reply)
    assert (told["reply_count"], told["reply_users_count"], told["reply_users"]) == (1, 1, [BOT])
