"""What the page learns about a person's workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.slack.office import ANA, AUDIT, BEN, DEV, Office, open_office

pytestmark = pytest.mark.asyncio


async def test_a_person_sees_their_channels_and_the_commands_of_the_manifest(
    tmp_path: Path,
) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(
        "features: {slash_commands: [{command: /aging, description: Who owes, url: x}]}"
    )
    async with open_office(manifest=manifest) as office:
        told = (await office.http.get("/desk/state", params={"as": BEN})).json()

    assert told["me"] == {
        "id": BEN,
        "name": "ben",
        "real_name": "Ben Okafor",
        "title": "Controller",
        "tz": "America/Chicago",
        "team_id": "T01ACME",
        "is_restricted": False,
        "is_stranger": False,
    }
    assert [channel["id"] for channel in told["channels"]] == [
        "C01FINANCE",
        "C02AUDIT",
        "C03GENERAL",
        "C04CLOSE",
        "C05ORBIT",
        "C06PLAN24",
        "D02BEN",
    ]
    assert told["channels"][-1]["kind"] == "im"
    assert told["commands"] == [{"command": "/aging", "description": "Who owes", "usage_hint": ""}]
    assert told["bot"]["id"] == "U00TIEOUT"
    assert len(told["people"]) == 6


async def test_a_channel_one_is_not_in_cannot_be_read_or_written(office: Office) -> None:
    read = await office.http.get("/desk/messages", params={"as": DEV, "channel": AUDIT})
    written = await office.type("hello", who=DEV, channel=AUDIT)
    stranger = await office.http.get("/desk/state", params={"as": "U99"})

    assert (read.status_code, read.json()["error"]) == (404, "channel_not_found")
    assert written == {"ok": False, "error": "channel_not_found"}
    assert (stranger.status_code, stranger.json()["error"]) == (404, "user_not_found")


async def test_one_persons_direct_message_is_nobody_elses(office: Office) -> None:
    await office.call("chat.postMessage", channel=ANA, text="Yours")

    other = await office.http.get("/desk/messages", params={"as": BEN, "channel": "D01ANA"})

    assert other.status_code == 404


@pytest.mark.parametrize(
    ("events", "home"), [("[]", False), ("[message.im]", False), ("[app_home_opened]", True)]
)
async def test_the_home_is_offered_where_the_app_hears_that_it_is_opened(
    tmp_path: Path, events: str, home: bool
) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(f"settings: {{event_subscriptions: {{bot_events: {events}}}}}")
    async with open_office(manifest=manifest) as office:
        told = (await office.http.get("/desk/state", params={"as": BEN})).json()

    assert told["bot"]["home"] is home
