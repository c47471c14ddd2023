"""Channels and their history, in pages."""

from __future__ import annotations

import pytest

from tests.sandbox.slack.office import ANA, BEN, BOT, CLEO, FINANCE, GENERAL, Office

pytestmark = pytest.mark.asyncio


async def test_history_is_newest_first_in_pages_and_without_replies(office: Office) -> None:
    stamps = [
        (await office.call("chat.postMessage", channel=FINANCE, text=str(n)))["ts"]
        for n in range(5)
    ]
    await office.call("chat.postMessage", channel=FINANCE, text="reply", thread_ts=stamps[0])

    pages, cursor = [], ""
    while True:
        page = await office.call("conversations.history", channel=FINANCE, limit=2, cursor=cursor)
        pages.append([message["text"] for message in page["messages"]])
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]

    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    between = await office.call(
        "conversations.history", channel=FINANCE, oldest=stamps[1], latest=stamps[3]
    )
    assert [message["text"] for message in between["messages"]] == ["2"]
    ends = await office.call(
        "conversations.history",
        channel=FINANCE,
        oldest=stamps[1],
        latest=stamps[3],
        inclusive=True,
    )
    assert [message["text"] for message in ends["messages"]] == ["3", "2", "1"]


async def test_metadata_is_told_only_when_asked_for(office: Office) -> None:
    metadata = {"event_type": "proposal", "event_payload": {"id": "PRP-1"}}
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="x", metadata=metadata))["ts"]

    plain = await office.call("conversations.history", channel=FINANCE)
    full = await office.call("conversations.replies", channel=FINANCE, ts=ts,
                             include_all_metadata=True)  # fmt: skip

    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_a_thread_is_told_parent_first_from_any_of_its_messages(office: Office) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]
    reply = await office.call("chat.postMessage", channel=FINANCE, text="a", thread_ts=ts)

    for start in (ts, reply["ts"]):
        told = await office.call("conversations.replies", channel=FINANCE, ts=start)
        assert [message["text"] for message in told["messages"]] == ["June", "a"]
    missing = await office.call("conversations.replies", channel=FINANCE, ts="1.000000")
    assert missing["error"] == "thread_not_found"


async def test_a_channel_the_bot_is_not_in_cannot_be_read(office: Office) -> None:
    answer = await office.call("conversations.history", channel=GENERAL)
    assert answer["error"] == "not_in_channel"
    bad = await office.call("conversations.history", channel=FINANCE, cursor="???")
    assert bad["error"] == "invalid_cursor"


async def test_channels_and_members_are_listed(office: Office) -> None:
    public = await office.call("conversations.list")
    direct = await office.call("conversations.list", types="im", limit=3)
    info = await office.call("conversations.info", channel=GENERAL)
    members = await office.call("conversations.members", channel="C02AUDIT")

    assert [channel["name"] for channel in public["channels"]] == [
        "finance", "fin-audit", "general", "orbit-acme", "plan-2024",
    ]  # fmt: skip
    assert [channel["user"] for channel in direct["channels"]] == [ANA, BEN, CLEO]
    assert direct["response_metadata"]["next_cursor"]
    assert (info["channel"]["is_member"], info["channel"]["num_members"]) == (False, 4)
    assert members["members"] == [BEN, CLEO, BOT]


async def test_a_direct_message_is_opened_with_one_person(office: Office) -> None:
    opened = await office.call("conversations.open", users=BEN)
    again = await office.call("conversations.open", users=BEN)
    await office.post("Hello", CLEO)
    written = await office.call("conversations.open", users=CLEO)

    assert opened == {"ok": True, "channel": {"id": "D02BEN"}}
    assert again == {**opened, "no_op": True, "already_open": True}
    assert (written["already_open"], written["no_op"]) == (True, True)
    full = await office.call("conversations.open", users=BEN, return_im=True)
    assert full["channel"]["user"] == BEN
    assert (await office.call("conversations.open", users="U99"))["error"] == "user_not_found"
    assert (await office.call("conversations.open", users=BOT))["error"] == "cannot_dm_bot"
