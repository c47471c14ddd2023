"""Every method, called with nonsense: Slack's kind of answer, never a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from sandbox.slack.app import make_app
from sandbox.slack.manifest import Manifest
from sandbox.slack.methods.table import METHODS
from sandbox.slack.state import Options, Slack
from tests.sandbox.slack.office import FINANCE, KEYS, open_office

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = (
    "channel", "channel_id", "channels", "text", "blocks", "attachments", "markdown_text", "ts",
    "thread_ts", "metadata", "chunks", "status", "title", "prompts", "loading_messages", "user",
    "users", "user_id", "view", "view_id", "external_id", "hash", "files", "file", "filename",
    "length", "name", "timestamp", "post_at", "scheduled_message_id", "limit", "cursor", "oldest",
    "latest", "types", "email", "bot", "code", "client_id", "message", "message_ts",
    "recipient_user_id", "recipient_team_id", "task_display_mode", "reply_broadcast",
)  # fmt: skip
NONSENSE: list[Any] = [None, 7, -1.5, True, "", "x", [], [1], [[]], {}, {"a": [None]}, "[{"]
HEADERS = {"authorization": f"Bearer {KEYS.bot_token}"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def caller() -> AsyncIterator[httpx.AsyncClient]:
    """The workspace's own edge without a socket, for many calls; nobody listens for events."""
    options = Options("http://slack.test/", None, limited=False)
    slack = Slack(options, KEYS, Manifest(), lambda: datetime.now(UTC))
    transport = httpx.ASGITransport(make_app(slack))
    async with httpx.AsyncClient(transport=transport, base_url=options.base) as client:
        yield client
    await slack.close()


@pytest.mark.parametrize("value", NONSENSE, ids=map(repr, NONSENSE))
async def test_nonsense_is_answered_and_never_crashes(
    caller: httpx.AsyncClient, value: Any
) -> None:
    for method in METHODS:
        for fixed in ({}, {"channel": FINANCE, "channel_id": FINANCE, "text": "x"}):
            args = {**dict.fromkeys(NAMES, value), **fixed}
            answer = await caller.post(f"/api/{method}", json=args, headers=HEADERS)

            assert answer.status_code == 200, (method, value)
            told = answer.json()
            assert told["ok"] or told["error"], (method, value)


async def test_the_answer_names_the_scopes_that_were_granted_and_those_that_are_taken(
    tmp_path: Path,
) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("oauth_config: {scopes: {bot: ['im:read', 'chat:write']}}")
    async with open_office(manifest=manifest) as office:
        answer = await office.http.get("/api/conversations.info", headers=HEADERS)
        kinds = {
            channel: await office.error("conversations.info", channel=channel)
            for channel in ("D01ANA", FINANCE, "C04CLOSE")
        }
        listed = await office.call("conversations.list", types="im,private_channel")

    assert answer.headers["x-oauth-scopes"] == "chat:write,im:read"
    assert answer.headers["x-accepted-oauth-scopes"] == (
        "channels:read,groups:read,im:read,mpim:read"
    )
    assert kinds == {"D01ANA": "none", FINANCE: "missing_scope", "C04CLOSE": "missing_scope"}
    assert (listed["error"], listed["needed"]) == ("missing_scope", "groups:read")
