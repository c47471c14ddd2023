"""What each method takes, and asking whether blocks would be taken, without a token."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.slack.methods.table import METHODS, POSTS
from tests.sandbox.slack.office import JSON, Office

pytestmark = pytest.mark.asyncio

TITLE = {"type": "plain_text", "text": "Adjust"}


async def validated(office: Office, **args: Any) -> dict[str, Any]:
    headers = {"content-type": JSON}
    answer = await office.http.post(
        "/api/blocks.validate", content=json.dumps(args), headers=headers
    )
    return dict(answer.json())


async def test_good_blocks_views_and_messages_are_told_to_be_good(office: Office) -> None:
    blocks = [{"type": "divider"}]

    assert await validated(office, blocks=blocks) == {"ok": True}
    assert await validated(office, message={"blocks": blocks}) == {"ok": True}
    modal = {"type": "modal", "title": TITLE, "blocks": blocks}
    assert await validated(office, view=modal) == {"ok": True}
    assert await validated(office, view={"type": "home", "blocks": blocks}) == {"ok": True}


async def test_every_problem_has_a_pointer(office: Office) -> None:
    blocks = [{"type": "divider"}, {"type": "header", "text": {**TITLE, "text": "x" * 151}}]

    answer = await validated(office, blocks=blocks)

    assert (answer["ok"], answer["error"]) == (False, "invalid_blocks")
    assert answer["errors"] == [
        {
            "pointer": "/blocks/1/text/text",
            "code": "invalid",
            "message": "must be less than 151 characters",
        }
    ]


async def test_exactly_one_thing_is_validated(office: Office) -> None:
    assert (await validated(office))["error"] == "invalid_arguments"
    assert (await validated(office, message="June"))["error"] == "invalid_blocks"


@pytest.mark.parametrize(
    ("tier", "methods"),
    [
        (2, "chat.startStream conversations.list reactions.remove users.list"),
        (3, "chat.update chat.delete chat.scheduleMessage conversations.open conversations.info"),
        (3, "conversations.history conversations.replies reactions.add apps.connections.open"),
        (4, "chat.postEphemeral chat.appendStream views.open views.push views.update"),
        (4, "views.publish"),
        (4, "users.info files.info files.getUploadURLExternal files.completeUploadExternal"),
    ],
)  # fmt: skip
async def test_methods_are_counted_by_slacks_tiers(tier: int, methods: str) -> None:
    assert {METHODS[name].tier for name in methods.split()} == {tier}
    assert {"chat.postMessage"} == POSTS


@pytest.mark.parametrize(
    ("scope", "methods"),
    [
        ("chat:write", "chat.postMessage chat.update chat.delete chat.postEphemeral"),
        ("chat:write", "chat.startStream chat.scheduleMessage assistant.threads.setStatus"),
        ("files:write", "files.getUploadURLExternal files.completeUploadExternal files.delete"),
        ("files:read", "files.info"),
        ("reactions:write", "reactions.add reactions.remove"),
        ("reactions:read", "reactions.get"),
        ("users:read", "users.info users.list bots.info"),
        ("users:read.email", "users.lookupByEmail"),
        ("im:write", "conversations.open"),
        ("im:history", "conversations.history conversations.replies"),
        ("assistant:write", "assistant.threads.setTitle assistant.threads.setSuggestedPrompts"),
    ],
)  # fmt: skip
async def test_methods_need_slacks_scopes(scope: str, methods: str) -> None:
    assert [name for name in methods.split() if scope not in METHODS[name].scopes] == []
