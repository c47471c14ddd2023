"""Installing the app: a code, once, for the bot's token."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.slack.workspace import CLIENT_ID
from tests.sandbox.slack.office import BEN, KEYS, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

BACK = "http://127.0.0.1:9/back"


async def code(office: Office) -> str:
    asked = {"client_id": CLIENT_ID, "redirect_uri": BACK, "state": "s1", "as": BEN}
    answer = await office.http.get("/oauth/v2/authorize", params=asked)
    told = parse_qs(urlsplit(answer.headers["location"]).query)
    assert told["state"] == ["s1"]
    return told["code"][0]


async def test_a_code_is_exchanged_once_for_the_bots_token(shared: Office) -> None:
    args = {"client_id": CLIENT_ID, "client_secret": KEYS.client_secret, "code": await code(shared)}

    # as Slack's own client does: id and secret in the header, the code in a form
    who = (CLIENT_ID, KEYS.client_secret)
    form = {"code": args["code"]}
    told = (await shared.http.post("/api/oauth.v2.access", data=form, auth=who)).json()

    assert (told["access_token"], told["token_type"]) == (KEYS.bot_token, "bot")
    assert (told["team"]["id"], told["authed_user"]["id"]) == ("T01ACME", BEN)
    assert await shared.error("oauth.v2.access", **args) == "code_already_used"
    lines = [line for line in await shared.record() if line.get("method") == "oauth.v2.access"]
    [line] = [line for line in lines if line["response"]["ok"]]
    assert line["response"]["access_token"] == "[hidden]"
    assert {"code", "client_secret"}.isdisjoint(line["args"])


async def test_a_wrong_secret_an_old_code_and_another_address_are_refused(shared: Office) -> None:
    right = {"client_id": CLIENT_ID, "client_secret": KEYS.client_secret}
    fresh = await code(shared)

    async def error(**args: str) -> str:
        return await shared.error("oauth.v2.access", **{**right, "code": fresh, **args})

    assert await error(client_id="1.2") == "invalid_client_id"
    assert await error(client_secret="x") == "bad_client_secret"
    assert await error(code="x") == "invalid_code"
    assert await error(redirect_uri="http://elsewhere/") == "bad_redirect_uri"
    shared.clock.ahead += timedelta(minutes=11)
    assert await error() == "invalid_code"
