"""What a call's body may be, and how Slack says that it is not."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.slack.arguments import read_arguments
from sandbox.slack.wire import Refused
from tests.sandbox.slack.office import KEYS, Office

JSON, FORM = "application/json; charset=utf-8", "application/x-www-form-urlencoded"
MULTIPART = (
    b'--x\r\ncontent-disposition: form-data; name="blocks"\r\n\r\n[{"type":"divider"}]\r\n'
    b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nJune\r\n--x--\r\n'
)


@pytest.mark.parametrize(
    ("kind", "body", "query", "encoding"),
    [
        (JSON, b'{"text": "June", "blocks": [{"type": "divider"}]}', "", "json"),
        (JSON, b'{"text": "June", "blocks": "[{\\"type\\": \\"divider\\"}]"}', "", "json"),
        (FORM, b"text=June&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D", "", "form"),
        ("text/plain", b"text=June&blocks=[{%22type%22:%22divider%22}]", "", "form"),
        ("multipart/form-data; boundary=x", MULTIPART, "", "form"),
        ("", b"", "text=June&blocks=[{%22type%22:%22divider%22}]", "query"),
        (FORM, b"", "text=June&blocks=[{%22type%22:%22divider%22}]", "query"),
    ],
)
def test_the_same_arguments_come_in_every_way(
    kind: str, body: bytes, query: str, encoding: str
) -> None:
    sent = read_arguments(kind, body, query)

    assert sent.args == {"text": "June", "blocks": [{"type": "divider"}]}
    assert (sent.encoding, sent.warning) == (encoding, "")


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        (JSON, b"{", "invalid_json"),
        (JSON, b"\xff", "invalid_json"),
        (JSON, b"[1]", "json_not_object"),
        (FORM, b'{"text": "June"}', "invalid_form_data"),
        ("multipart/form-data", b"June", "invalid_form_data"),
        ("", b"text=June", "missing_post_type"),
        ("application/xml", b"<text/>", "invalid_post_type"),
        ("application/json; charset=utf-16", b"{}", "invalid_charset"),
    ],
)
def test_a_body_that_does_not_fit_its_type_is_refused(kind: str, body: bytes, error: str) -> None:
    with pytest.raises(Refused) as refused:
        read_arguments(kind, body, "")

    assert refused.value.error == error


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("kind", "body", "warning"),
    [
        ("application/json", b"{}", "missing_charset"),
        (f"{FORM};charset=utf-8", b"a=1", "superfluous_charset"),
    ],
)
async def test_a_charset_too_few_or_too_many_is_a_warning(
    shared: Office, kind: str, body: bytes, warning: str
) -> None:
    headers = {"content-type": kind, "authorization": f"Bearer {KEYS.bot_token}"}

    answer = (await shared.http.post("/api/auth.test", content=body, headers=headers)).json()

    assert (answer["ok"], answer["warning"]) == (True, warning)
    assert answer["response_metadata"]["warnings"] == [warning]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_token_may_stand_in_a_form_and_not_in_json(shared: Office) -> None:
    async def error(**sent: Any) -> str:
        return str((await shared.http.post("/api/auth.test", **sent)).json().get("error", "none"))

    assert await error(data={"token": KEYS.bot_token}) == "none"
    assert await error(json={"token": KEYS.bot_token}) == "not_authed"
    assert await error(params={"token": KEYS.bot_token}) == "not_authed"
