"""Asking whether blocks would be taken, without a token."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
