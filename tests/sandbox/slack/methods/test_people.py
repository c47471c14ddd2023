"""Who is who, and who may ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.slack.office import BEN, BOT, FINANCE, KEYS, Office, open_office

pytestmark = pytest.mark.asyncio


async def test_the_token_is_checked_as_slack_does(office: Office) -> None:
    async def error(method: str, token: str | None) -> str:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = await office.http.post(f"/api/{method}", headers=headers)
        assert answer.status_code == 200
        return str(answer.json().get("error", "none"))

    assert await error("auth.test", None) == "not_authed"
    assert await error("auth.test", "xoxb-wrong") == "invalid_auth"
    assert await error("auth.test", KEYS.app_token) == "not_allowed_token_type"
    assert await error("apps.connections.open", KEYS.bot_token) == "not_allowed_token_type"
    assert await error("auth.test", KEYS.bot_token) == "none"
    assert await error("api.test", None) == "none"
    assert await error("chat.teleport", KEYS.bot_token) == "unknown_method"


async def test_the_bot_learns_who_it_is(office: Office) -> None:
    told = await office.api.auth_test()

    assert (told["user_id"], told["bot_id"], told["team_id"]) == (BOT, "B00TIEOUT", "T01ACME")


async def test_a_person_is_told_with_zone_and_found_by_address(office: Office) -> None:
    info = await office.api.users_info(user=BEN)
    found = await office.api.users_lookupByEmail(email="ben@acme.example")
    nobody = await office.call("users.lookupByEmail", email="eve@acme.example")
    everybody = await office.api.users_list()

    assert (info["user"]["tz"], info["user"]["real_name"]) == ("America/Chicago", "Ben Okafor")
    assert info["user"]["tz_offset"] in (-6 * 3600, -5 * 3600)
    assert found["user"]["id"] == BEN
    assert nobody["error"] == "users_not_found"
    assert len(everybody["members"]) == 6  # a guest among them, a stranger not
    assert (await office.call("users.info", user="U99"))["error"] == "user_not_found"


async def test_addresses_are_hidden_without_their_scope(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("oauth_config: {scopes: {bot: ['users:read']}}")
    async with open_office(manifest=manifest) as office:
        info = await office.call("users.info", user=BEN)

    assert "email" not in info["user"]["profile"]


async def test_a_reaction_is_added_once_and_taken_off(office: Office) -> None:
    ts = (await office.call("chat.postMessage", channel=FINANCE, text="June"))["ts"]
    where = {"channel": FINANCE, "timestamp": ts, "name": "eyes"}

    assert (await office.call("reactions.add", **where))["ok"]
    assert (await office.call("reactions.add", **where))["error"] == "already_reacted"
    [message] = await office.sees()
    assert message["reactions"] == [{"name": "eyes", "users": [BOT], "count": 1}]
    assert (await office.call("reactions.remove", **where))["ok"]
    assert (await office.call("reactions.remove", **where))["error"] == "no_reaction"
    missing = {**where, "timestamp": "1.000000"}
    assert (await office.call("reactions.add", **missing))["error"] == "message_not_found"
