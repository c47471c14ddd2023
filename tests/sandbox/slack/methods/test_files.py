"""Files: uploaded, completed, known a moment later, shared and shown."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.slack.office import FINANCE, GENERAL, Office

pytestmark = pytest.mark.asyncio

A_MOMENT = timedelta(seconds=0.5)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (1600).to_bytes(4, "big") + (900).to_bytes(4, "big")


async def settled(office: Office, file_id: str) -> dict[str, Any]:
    """The file once its type is known."""
    while True:
        file = (await office.call("files.info", file=file_id))["file"]
        if file["mimetype"] and (file["shares"] or not office.slack.messages.top(FINANCE)):
            return dict(file)
        await asyncio.sleep(0.02)


async def test_an_upload_is_shared_and_its_type_known_a_moment_later(office: Office) -> None:
    office.clock.stop()
    answer = await office.api.files_upload_v2(
        channel=FINANCE, filename="lines.csv", content="a,b\n1,2\n", title="All lines",
        initial_comment="The detail",
    )  # fmt: skip

    file_id = answer["files"][0]["id"]
    first = (await office.call("files.info", file=file_id))["file"]
    assert (first["mimetype"], first["shares"]) == ("", {})
    assert await office.sees() == []
    office.clock.ahead += A_MOMENT
    while not await office.sees():
        await asyncio.sleep(0.02)
    [message] = await office.sees()
    file = await settled(office, file_id)
    assert (message["text"], message["files"][0]["id"]) == ("The detail", file_id)
    assert (file["mimetype"], file["title"], file["size"]) == ("text/csv", "All lines", 8)
    assert file["shares"]["public"][FINANCE][0]["ts"] == message["ts"]
    content = await office.http.get(f"/files/{file_id}")
    assert content.content == b"a,b\n1,2\n"


async def test_an_image_can_stand_in_a_block_only_once_it_is_processed(office: Office) -> None:
    office.clock.stop()
    answer = await office.api.files_upload_v2(filename="chart.png", file=PNG)
    file_id = answer["files"][0]["id"]
    block = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "Revenue rises to 38 M"}

    async def post() -> dict[str, Any]:
        return await office.call("chat.postMessage", channel=FINANCE, text="x", blocks=[block])

    early = await post()
    office.clock.ahead += A_MOMENT
    file = await settled(office, file_id)
    later = await post()

    assert early["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]
    assert (file["original_w"], file["original_h"]) == (1600, 900)
    assert later["ok"]


async def test_a_file_works_only_once_its_bytes_came_and_it_was_completed(office: Office) -> None:
    asked = await office.call("files.getUploadURLExternal", filename="a.csv", length=3)
    file_id = asked["file_id"]

    early = await office.call("files.completeUploadExternal", files=[{"id": file_id}])
    unknown = await office.call("files.info", file=file_id)
    form = {"filename": ("a.csv", b"a,b", "text/csv")}
    sent = await office.http.post(asked["upload_url"], files=form)
    elsewhere = await office.call(
        "files.completeUploadExternal", files=[{"id": file_id}], channel_id=GENERAL
    )
    done = await office.call("files.completeUploadExternal", files=[{"id": file_id}])

    assert (early["error"], unknown["error"]) == ("file_not_found", "file_not_found")
    assert (sent.status_code, sent.text) == (200, "OK - 3")
    assert elsewhere["error"] == "not_in_channel"
    assert done["files"][0]["title"] == "a.csv"
    assert (await office.http.get(f"/files/{file_id}")).content == b"a,b"


async def test_a_file_that_is_no_image_does_not_stand_in_an_image_block(office: Office) -> None:
    answer = await office.api.files_upload_v2(filename="lines.csv", content="a,b")
    file_id = answer["files"][0]["id"]
    office.clock.ahead += A_MOMENT
    await settled(office, file_id)
    block = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "Lines"}

    refused = await office.call("chat.postMessage", channel=FINANCE, text="x", blocks=[block])

    assert refused["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    ]


async def test_a_completed_file_is_not_completed_or_filled_again(office: Office) -> None:
    asked = await office.call("files.getUploadURLExternal", filename="a.csv", length=3)
    file = {"files": [{"id": asked["file_id"]}]}
    await office.http.post(asked["upload_url"], content=b"a,b")
    await office.call("files.completeUploadExternal", **file)

    again = await office.error("files.completeUploadExternal", **file)
    other = await office.http.post(asked["upload_url"], content=b"c,d")

    assert (again, other.status_code) == ("file_not_found", 404)
    assert (await office.http.get(f"/files/{asked['file_id']}")).content == b"a,b"
