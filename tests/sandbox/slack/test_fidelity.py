"""The twelve things a local Slack must imitate to be worth trusting, one test each."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from slack_bolt import BoltRequest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.office import (
    ANA,
    BEN,
    CLEO,
    DEV,
    FINANCE,
    GENERAL,
    GINA,
    KEYS,
    OMAR,
    Office,
    open_office,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEADLINE = 0.6  # seconds, in place of three
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(8)
PAGE = Path(__file__).parents[3] / "sandbox" / "slack" / "page"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Path]]:
    """One workspace for all twelve, and its recording."""
    record = tmp_path_factory.mktemp("fidelity") / "slack.jsonl"
    record.write_text("an earlier run\n")
    async with open_office(record=record, deadline=DEADLINE) as office:
        listen(office)
        yield office, record


@pytest_asyncio.fixture(loop_scope="module")
async def office(place: tuple[Office, Path]) -> AsyncIterator[Office]:
    yield place[0]
    place[0].clock.set_right()
    place[0].slack.faults.take_back(None, None)


HEARD: dict[str, list[Any]] = {}


def listen(office: Office) -> None:
    """What the bot does with everything these tests do."""
    HEARD.clear()
    app = office.app

    @app.middleware
    async def note(req: BoltRequest, body: dict[str, Any], next_: Any) -> Any:
        HEARD.setdefault("signed", []).append(req.headers.get("x-slack-signature"))
        if body.get("event", {}).get("text") == "too slow":
            HEARD.setdefault("slow", []).append((body["event_id"], dict(req.headers)))
            await asyncio.sleep(DEADLINE * 1.5 if len(HEARD["slow"]) == 1 else 0)
        return await next_()

    @app.event("message")
    async def message() -> None:
        return

    @app.command("/modal")
    async def modal(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        HEARD.setdefault("commands", []).append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=VIEW)
        await ack()

    @app.command("/late")
    async def late(ack: AsyncAck) -> None:
        await asyncio.sleep(DEADLINE * 1.5)
        await ack()

    @app.action(re.compile("press"))
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        HEARD.setdefault("clicks", []).append(body)
        await ack()

    @app.view("adjust")
    async def adjust(ack: AsyncAck, body: dict[str, Any]) -> None:
        HEARD.setdefault("views", []).append(body)
        await ack(response_action="errors", errors={"note": "Say more"})

    @app.view_closed("adjust")
    async def closed(ack: AsyncAck, body: dict[str, Any]) -> None:
        HEARD.setdefault("closed", []).append(body)
        await ack()


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


OPTION = {"text": plain("Base"), "value": "base"}
# every element that has a state: what it says before anybody touched it
UNTOUCHED: dict[str, tuple[str, Any]] = {
    "static_select": ("selected_option", None),
    "external_select": ("selected_option", None),
    "radio_buttons": ("selected_option", None),
    "multi_static_select": ("selected_options", []),
    "multi_external_select": ("selected_options", []),
    "checkboxes": ("selected_options", []),
    "users_select": ("selected_user", None),
    "multi_users_select": ("selected_users", []),
    "channels_select": ("selected_channel", None),
    "multi_channels_select": ("selected_channels", []),
    "conversations_select": ("selected_conversation", None),
    "multi_conversations_select": ("selected_conversations", []),
    "datepicker": ("selected_date", None),
    "timepicker": ("selected_time", None),
    "datetimepicker": ("selected_date_time", None),
    "plain_text_input": ("value", None),
    "number_input": ("value", None),
    "email_text_input": ("value", None),
    "url_text_input": ("value", None),
    "rich_text_input": ("rich_text_value", None),
    "file_input": ("files", []),
}
WITH_OPTIONS = ("static_select", "radio_buttons", "multi_static_select", "checkboxes")


def element(kind: str) -> dict[str, Any]:
    more: dict[str, Any] = {"options": [OPTION]} if kind in WITH_OPTIONS else {}
    more |= {"is_decimal_allowed": True} if kind == "number_input" else {}
    return {"type": kind, "action_id": kind, **more}


VIEW = {
    "type": "modal", "callback_id": "adjust", "title": plain("Adjust"), "submit": plain("Save"),
    "notify_on_close": True,
    "blocks": [
        *({"type": "input", "block_id": kind, "label": plain(kind), "optional": True,
           "element": element(kind)} for kind in UNTOUCHED),
        {"type": "input", "block_id": "note", "label": plain("Note"), "optional": True,
         "element": {"type": "plain_text_input", "action_id": "note"}},
        {"type": "section", "block_id": "section", "text": plain("Who"),
         "accessory": {**element("users_select"), "initial_user": BEN}},
        {"type": "actions", "block_id": "actions", "elements": [element("datepicker")]},
    ],
}  # fmt: skip


async def opened(office: Office) -> dict[str, Any]:
    """A fresh modal of Ana's."""
    assert await office.type("/modal") == {"ok": True}
    return (await office.modals())[-1]


def shows(message: dict[str, Any], text: str) -> bool:
    return bool(message["text"] == text)


async def test_01_requests_are_signed_and_socket_mode_carries_the_same(office: Office) -> None:
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

    await office.type("signed", channel="D01ANA")
    assert HEARD["signed"][-1][0].startswith("v0=")
    handler = AsyncSocketModeHandler(office.app, KEYS.app_token)
    handler.client.web_client = office.api
    await handler.connect_async()  # type: ignore[no-untyped-call]  # bolt has no types here
    sockets = office.slack.sockets
    assert sockets
    while not sockets.connected:
        await asyncio.sleep(0.01)
    HEARD["signed"].clear()
    assert await office.type("/modal") == {"ok": True}
    assert HEARD["signed"][-1] is None  # over the socket nothing is signed
    await handler.close_async()  # type: ignore[no-untyped-call]  # bolt has no types here
    while sockets.connected:
        await asyncio.sleep(0.01)


async def test_02_what_is_not_acknowledged_in_time_fails_and_an_event_comes_again(
    office: Office,
) -> None:
    late = await office.type("/late")
    await office.type("too slow", channel="D01ANA")
    while len(HEARD["slow"]) < 2:
        await asyncio.sleep(0.01)

    assert late == {"ok": False, "error": "operation_timeout"}
    (first, once), (second, again) = HEARD["slow"][:2]
    assert (first, "x-slack-retry-num" in once) == (second, False)
    assert (again["x-slack-retry-num"], again["x-slack-retry-reason"]) == (
        ["1"],
        ["http_timeout"],
    )


async def test_03_a_trigger_lives_three_seconds_and_an_address_thirty_minutes(
    office: Office,
) -> None:
    async def opening(trigger: str) -> str:
        return await office.error("views.open", trigger_id=trigger, view=VIEW)

    once, old = (office.slack.tickets.trigger(ANA) for _ in range(2))
    assert [await opening(once), await opening(once)] == ["none", "exchanged_trigger_id"]
    office.clock.ahead += timedelta(seconds=3.1)
    assert await opening(old) == "expired_trigger_id"
    assert await opening("1.2.3") == "invalid_trigger_id"

    await office.type("/modal")
    address = HEARD["commands"][-1]["response_url"]
    answers = [await office.http.post(address, json={"text": "x"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"
    await office.type("/modal")
    dead = HEARD["commands"][-1]["response_url"]
    office.clock.ahead += timedelta(minutes=31)
    assert (await office.http.post(dead, json={"text": "x"})).json()["error"] == "expired_url"


async def test_04_wrong_blocks_are_refused_with_a_pointer_and_missing_ids_filled_in(
    office: Office,
) -> None:
    async def refused(*blocks: dict[str, Any]) -> tuple[str, list[str]]:
        told = await office.call("chat.postMessage", channel=FINANCE, text="x", blocks=blocks)
        return told["error"], told.get("response_metadata", {}).get("messages", [])

    section = {"type": "section", "text": plain("x" * 3000)}
    assert await refused({"type": "alert", "text": plain("x")}) == (
        "invalid_blocks",
        ["[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]"],
    )
    assert (await refused(*[{"type": "divider"}] * 51))[1] == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert await refused(*[section] * 5) == ("msg_blocks_too_long", [])
    sent = {"channel": FINANCE, "text": "x", "blocks": [{"type": "divider"}]}
    [block] = (await office.call("chat.postMessage", **sent))["message"]["blocks"]
    assert len(block["block_id"]) == 5


async def test_05_updates_ephemerals_threads_pages_and_metadata_are_slacks(
    office: Office,
) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "1"}}
    await office.post("earlier")
    ts = await office.post("first", blocks=[{"type": "divider"}], metadata=metadata)
    await office.post("reply", thread_ts=ts)
    updated = await office.call("chat.update", channel=FINANCE, ts=ts, text="second")
    secret = await office.call("chat.postEphemeral", channel=FINANCE, user=ANA, text="psst")
    seen = [m for m in await office.sees() if m["ts"] in (ts, secret["message_ts"])]
    await office.desk("reload")
    history = await office.call("conversations.history", channel=FINANCE, limit=1)
    where = {"channel": FINANCE, "ts": ts}
    asked = await office.call("conversations.replies", **where, include_all_metadata=True)
    plainly = await office.call("conversations.replies", **where)

    assert "blocks" not in updated["message"]
    assert [(m["text"], m["reply_count"], m["ephemeral"]) for m in seen] == [
        ("second", 1, False),
        ("psst", 0, True),
    ]
    assert secret["message_ts"] not in [m["ts"] for m in await office.sees()]
    assert (len(history["messages"]), history["has_more"]) == (1, True)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in plainly["messages"][0]


async def test_06_a_view_tells_every_field_keeps_its_hash_and_its_stack_of_three(
    office: Office,
) -> None:
    view = await opened(office)
    values = {"note": {"note": {"value": "Because"}}}
    answer = await office.desk("submit", view_id=view["id"], values=values)
    state = HEARD["views"][-1]["view"]["state"]["values"]

    assert answer == {"ok": False, "errors": {"note": "Say more"}}
    for kind, (name, empty) in UNTOUCHED.items():
        assert state[kind][kind] == {"type": kind, name: empty}
    assert state["note"]["note"]["value"] == "Because"
    assert state["section"]["users_select"]["selected_user"] == BEN
    assert state["actions"]["datepicker"]["selected_date"] is None
    change = {"view_id": view["id"], "view": VIEW, "hash": view["hash"]}
    assert [await office.error("views.update", **change) for _ in range(2)] == [
        "none",
        "hash_conflict",
    ]
    pushes = [
        await office.error("views.push", trigger_id=office.slack.tickets.trigger(ANA), view=VIEW)
        for _ in range(3)
    ]
    assert pushes == ["none", "none", "push_limit_reached"]
    top = (await office.modals())[-1]["id"]
    await office.desk("close", view_id=top)
    assert HEARD["closed"][-1]["is_cleared"] is False
    await office.desk("close", view_id=(await office.modals())[-1]["id"], all=True)
    assert [body["is_cleared"] for body in HEARD["closed"][-2:]] == [True, True]


async def test_07_a_click_carries_the_current_message_and_the_question_that_was_confirmed(
    office: Office,
) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("USD 488.01"), "confirm": plain("Yes"),
               "deny": plain("No")}  # fmt: skip
    button = {"type": "button", "text": plain("Go"), "action_id": "press", "confirm": confirm}
    row = {"type": "actions", "block_id": "row", "elements": [button]}
    ts = await office.post("before", blocks=[row])
    told = {"channel": FINANCE, "ts": ts, "text": "after", "blocks": [row]}
    await office.call("chat.update", **told)

    shown = next(m for m in await office.sees() if m["ts"] == ts)
    assert shown["blocks"][0]["elements"][0]["confirm"] == confirm  # the page asks
    clicked = await office.desk("act", channel=FINANCE, message_ts=ts, action_id="press")
    assert clicked == {"ok": True}
    body = HEARD["clicks"][-1]
    assert (body["message"]["text"], body["message"]["blocks"]) == ("after", [row])
    assert (body["actions"][0]["text"], body["actions"][0]["confirm"]) == (plain("Go"), confirm)


async def test_08_a_file_has_an_absolute_address_and_is_known_a_moment_after_completion(
    office: Office,
) -> None:
    office.clock.stop()
    args = {"filename": "chart.png", "length": len(PNG)}
    asked = await office.call("files.getUploadURLExternal", **args)
    file = {"id": asked["file_id"]}
    image = {"type": "image", "slack_file": file, "alt_text": "Cash falls to 2.9 M in week 9"}

    async def post() -> str:
        sent = {"channel": FINANCE, "text": "x", "blocks": [image]}
        return await office.error("chat.postMessage", **sent)

    early = await office.error("files.info", file=file["id"])
    async with httpx.AsyncClient(trust_env=False) as elsewhere:
        assert (await elsewhere.post(asked["upload_url"], content=PNG)).status_code == 200
    await office.call("files.completeUploadExternal", files=[file])
    processing = (await office.call("files.info", file=file["id"]))["file"]["mimetype"]
    refused = await post()
    office.clock.ahead += timedelta(seconds=0.5)

    assert (early, processing, refused) == ("file_not_found", "", "invalid_blocks")
    known = (await office.call("files.info", file=file["id"]))["file"]["mimetype"]
    assert (known, await post()) == ("image/png", "none")
    image["slack_file"] = {"url": f"{office.http.base_url}files/{file['id']}?download=1"}
    assert await post() == "none"
    image["slack_file"] = {"url": f"{office.http.base_url}files/F0000000000"}
    assert await post() == "invalid_blocks"


async def test_09_people_differ_and_there_is_a_channel_without_the_bot(office: Office) -> None:
    people = [(await office.call("users.info", user=who))["user"] for who in (ANA, BEN, GINA, OMAR)]
    assert len({person["tz"] for person in people}) == 4
    assert [p["is_restricted"] for p in people] == [False, False, True, False]
    assert [p["is_stranger"] for p in people] == [False, False, False, True]
    rooms = {who: len((await office.look("state", who))["channels"]) for who in (CLEO, DEV)}
    assert rooms[CLEO] > rooms[DEV]
    assert await office.error("chat.postMessage", channel=GENERAL, text="x") == "not_in_channel"


async def test_10_limits_and_slowness_come_on_demand(office: Office) -> None:
    headers = {"authorization": f"Bearer {KEYS.bot_token}"}
    await office.desk("fault", kind="ratelimit", method="auth.test", seconds=7)
    limited = await office.http.post("/api/auth.test", headers=headers)
    await office.desk("fault", kind="slow", method="auth.test", seconds=0.2)
    begun = time.monotonic()
    slow = await office.http.post("/api/auth.test", headers=headers)

    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert limited.json()["error"] == "ratelimited"
    assert slow.json()["ok"]
    assert time.monotonic() - begun >= 0.2


async def test_11_the_page_draws_both_themes_and_can_show_the_plain_text(office: Office) -> None:
    page = await office.http.get("/")
    style = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.css"))
    await office.post("Cash 4.21 M", blocks=[{"type": "divider"}])

    assert page.status_code == 200
    assert "width=device-width" in page.text
    assert re.search(r"theme.{0,12}dark", style)
    assert re.search(r"@media[^{]*max-width", style)
    shown = [m for m in await office.sees() if shows(m, "Cash 4.21 M")]
    assert shown[0]["blocks"][0]["type"] == "divider"  # beside the text a notification shows


async def test_12_every_call_delivery_and_upload_is_on_record_without_a_token(
    place: tuple[Office, Path],
) -> None:
    office, record = place
    await office.type("/modal")
    await office.post("on record")
    asked = await office.call("files.getUploadURLExternal", filename="a.csv", length=3)
    await office.http.post(asked["upload_url"], content=b"a,b")
    text = record.read_text()
    lines = [json.loads(line) for line in text.splitlines()]

    assert "an earlier run" not in text
    assert all(("method" in line) != ("inbound" in line) and "at" in line for line in lines)
    assert lines == (await office.record())[: len(lines)]
    assert {"chat.postMessage", "views.open", "upload"} <= {line.get("method") for line in lines}
    assert "slash_command" in {line.get("inbound") for line in lines}
    for secret in (KEYS.bot_token, KEYS.app_token, KEYS.signing_secret):
        assert secret not in text
