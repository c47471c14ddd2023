"""Every element: what its use sends, and what the state says of it from then on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncAck

from tests.sandbox.slack.office import BEN, FINANCE, Office, open_office

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEARD: list[dict[str, Any]] = []
OFFERED: list[dict[str, Any]] = []  # what the bot answers to the next question for options


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room() -> AsyncIterator[Office]:
    """A workspace whose bot notes every use."""
    async with open_office() as office:

        @office.app.action(re.compile(".*"))
        async def used(ack: AsyncAck, body: dict[str, Any]) -> None:
            HEARD.append(body)
            await ack()

        yield office


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


BASE, STRESS = ({"text": plain(word), "value": word.lower()} for word in ("Base", "Stress"))
OPTIONS = {"options": [BASE, STRESS]}
RICH = {"type": "rich_text", "elements": []}
# the element, what the page says was done, what the bot is sent of it
USES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"type": "button", "text": plain("Go"), "value": "1"}, {},
     {"text": plain("Go"), "value": "1"}),
    ({"type": "workflow_button", "text": plain("Run"), "workflow": {}}, {},
     {"text": plain("Run")}),
    ({"type": "overflow", **OPTIONS}, {"selected_option": {"value": "stress"}},
     {"selected_option": STRESS}),
    ({"type": "static_select", **OPTIONS}, {"selected_option": {"value": "base"}},
     {"selected_option": BASE}),
    ({"type": "external_select"}, {"selected_option": BASE}, {"selected_option": BASE}),
    ({"type": "radio_buttons", **OPTIONS}, {"selected_option": {"value": "stress"}},
     {"selected_option": STRESS}),
    ({"type": "multi_static_select", **OPTIONS}, {"selected_options": [{"value": "base"}]},
     {"selected_options": [BASE]}),
    ({"type": "checkboxes", **OPTIONS}, {"selected_options": [{"value": "base"}]},
     {"selected_options": [BASE]}),
    ({"type": "users_select"}, {"selected_user": BEN}, {"selected_user": BEN}),
    ({"type": "multi_users_select"}, {"selected_users": [BEN]}, {"selected_users": [BEN]}),
    ({"type": "channels_select"}, {"selected_channel": FINANCE}, {"selected_channel": FINANCE}),
    ({"type": "multi_channels_select"}, {"selected_channels": []}, {"selected_channels": []}),
    ({"type": "conversations_select"}, {"selected_conversation": FINANCE},
     {"selected_conversation": FINANCE}),
    ({"type": "multi_conversations_select"}, {"selected_conversations": [FINANCE]},
     {"selected_conversations": [FINANCE]}),
    ({"type": "datepicker"}, {"selected_date": "2025-06-30"}, {"selected_date": "2025-06-30"}),
    ({"type": "timepicker", "timezone": "Europe/Madrid"}, {"selected_time": "08:00"},
     {"selected_time": "08:00", "timezone": "Europe/Madrid"}),
    ({"type": "datetimepicker"}, {"selected_date_time": 1751270400},
     {"selected_date_time": 1751270400}),
    ({"type": "plain_text_input"}, {"value": "Because"}, {"value": "Because"}),
    ({"type": "number_input", "is_decimal_allowed": True}, {"value": "488.01"},
     {"value": "488.01"}),
    ({"type": "email_text_input"}, {"value": "a@b.example"}, {"value": "a@b.example"}),
    ({"type": "url_text_input"}, {"value": "https://b.example"}, {"value": "https://b.example"}),
    ({"type": "rich_text_input"}, {"rich_text_value": RICH}, {"rich_text_value": RICH}),
    ({"type": "feedback_buttons", "positive_button": {"text": plain("Good"), "value": "+"},
      "negative_button": {"text": plain("Bad"), "value": "-"}}, {"value": "-"},
     {"text": plain("Bad"), "value": "-"}),
    ({"type": "icon_button", "icon": "trash", "text": plain("Delete"), "value": "x"}, {},
     {"icon": "trash", "text": plain("Delete"), "value": "x"}),
]  # fmt: skip
STATELESS = ("button", "workflow_button", "overflow", "feedback_buttons", "icon_button")


def standing(element: dict[str, Any]) -> dict[str, Any]:
    """A block this element may stand in, in a message."""
    kind = element["type"]
    if kind in ("feedback_buttons", "icon_button"):
        return {"type": "context_actions", "block_id": "b", "elements": [element]}
    if "input" in kind:
        return {"type": "input", "block_id": "b", "label": plain(kind), "element": element,
                "dispatch_action": True}  # fmt: skip
    if kind.startswith("multi_") or kind == "users_select":
        return {"type": "section", "block_id": "b", "text": plain(kind), "accessory": element}
    return {"type": "actions", "block_id": "b", "elements": [element]}


@pytest.mark.parametrize(("element", "done", "sent"), USES, ids=[use[0]["type"] for use in USES])
async def test_its_use_sends_its_value_and_the_state_keeps_it(
    room: Office, element: dict[str, Any], done: dict[str, Any], sent: dict[str, Any]
) -> None:
    used = {**element, "action_id": "use"}
    ts = await room.post(blocks=[standing(used)])
    where = {"channel": FINANCE, "message_ts": ts, "block_id": "b", "action_id": "use"}

    assert await room.desk("act", **where, value=done) == {"ok": True}

    [action] = HEARD[-1]["actions"]
    assert action.pop("action_ts")
    assert action == {"type": element["type"], "block_id": "b", "action_id": "use", **sent}
    state = HEARD[-1]["state"]["values"]
    kept = {} if element["type"] in STATELESS else {"b": {"use": {"type": element["type"], **sent}}}
    assert state == kept


async def test_a_pick_says_what_the_app_wrote_on_the_element_and_its_state_does_not(
    room: Office,
) -> None:
    says = {"initial_date": "2025-06-01", "placeholder": plain("Due")}
    element = {"type": "datepicker", "action_id": "use", **says}
    ts = await room.post(blocks=[standing(element)])
    where = {"channel": FINANCE, "message_ts": ts, "block_id": "b", "action_id": "use"}

    assert await room.desk("act", **where, value={"selected_date": "2025-06-30"}) == {"ok": True}

    [action] = HEARD[-1]["actions"]
    assert {name: action[name] for name in says} == says
    assert action["selected_date"] == "2025-06-30"
    picked = {"type": "datepicker", "selected_date": "2025-06-30"}
    assert HEARD[-1]["state"]["values"] == {"b": {"use": picked}}


async def test_a_quiet_input_is_only_remembered(room: Office) -> None:
    element = {"type": "plain_text_input", "action_id": "use"}
    quiet = {"type": "input", "block_id": "b", "label": plain("Note"), "element": element}
    ts = await room.post(blocks=[quiet])
    before = len(HEARD)
    where = {"channel": FINANCE, "message_ts": ts, "block_id": "b", "action_id": "use"}

    assert await room.desk("act", **where, value={"value": "x"}) == {"ok": True}
    assert len(HEARD) == before


async def test_a_select_starts_with_the_conversation_its_modal_was_opened_from(
    room: Office,
) -> None:
    pickers = [
        {"type": f"{many}conversations_select", "action_id": f"{many}c",
         "default_to_current_conversation": True}
        for many in ("", "multi_")
    ]  # fmt: skip
    blocks = [
        {"type": "section", "block_id": f"b{n}", "text": plain("Where"), "accessory": picker}
        for n, picker in enumerate(pickers)
    ]
    view = {"type": "modal", "title": plain("Share"), "blocks": blocks}
    button = {"type": "button", "text": plain("Share"), "action_id": "share"}
    ts = await room.post(blocks=[standing(button)])
    await room.desk("act", channel=FINANCE, message_ts=ts, block_id="b", action_id="share")

    told = await room.call("views.open", trigger_id=HEARD[-1]["trigger_id"], view=view)

    values = told["view"]["state"]["values"]
    assert values["b0"]["c"]["selected_conversation"] == FINANCE
    assert values["b1"]["multi_c"]["selected_conversations"] == [FINANCE]


@pytest.mark.parametrize(
    "answer",
    [{}, {"options": [{"text": plain("x" * 76), "value": "x"}]}, {"options": [BASE] * 101}],
)
async def test_options_slack_would_not_show_are_refused(
    room: Office, answer: dict[str, Any]
) -> None:
    @room.app.options("account")
    async def account(ack: AsyncAck) -> None:
        await ack(OFFERED[-1])

    OFFERED.append(answer)
    select = {"type": "external_select", "action_id": "account"}
    ts = await room.post(blocks=[standing(select)])
    where = {"channel": FINANCE, "message_ts": ts, "block_id": "b", "action_id": "account"}

    told = await room.look("options", **where, value="rev")

    assert told == {"ok": False, "error": "invalid_options", "options": []}
