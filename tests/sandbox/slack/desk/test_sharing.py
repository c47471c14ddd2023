"""Files that people bring, shared in a conversation or chosen in a modal."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.office import ANA, BEN, FINANCE, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def brought(office: Office, name: str = "bank.csv", who: str = ANA) -> dict[str, Any]:
    answer = await office.http.post(
        "/desk/upload", params={"as": who, "name": name}, content=b"a,b\n1,2\n"
    )
    return dict(answer.json()["file"])


async def test_a_file_is_shared_with_a_message_and_the_bot_can_read_it(shared: Office) -> None:
    file = await brought(shared)
    ts = (await shared.type("", files=[file["id"]]))["ts"]

    [shown] = [m for m in await shared.sees() if m["ts"] == ts]
    told = (await shared.call("files.info", file=file["id"]))["file"]
    assert (shown["subtype"], shown["files"][0]["name"]) == ("file_share", "bank.csv")
    assert (told["user"], told["mimetype"], told["channels"]) == (ANA, "text/csv", [FINANCE])
    assert (await shared.http.get(f"/files/{file['id']}")).content == b"a,b\n1,2\n"
    assert await shared.error("files.delete", file=file["id"]) == "cant_delete_file"
    theirs = await shared.type("mine now", who=BEN, files=[file["id"]])
    assert theirs["error"] == "file_not_found"


async def test_a_file_without_name_or_bytes_is_refused(shared: Office) -> None:
    answer = await shared.http.post("/desk/upload", params={"as": ANA, "name": "x"}, content=b"")

    assert answer.json()["error"] == "invalid_arguments"


async def test_chosen_files_are_told_in_full_and_only_as_many_and_of_the_kind_asked(
    shared: Office,
) -> None:
    heard: list[dict[str, Any]] = []
    element = {"type": "file_input", "action_id": "f", "max_files": 1, "filetypes": ["csv"]}
    label = {"type": "plain_text", "text": "Bank file"}
    view = {
        "type": "modal", "callback_id": "load", "title": label, "submit": label,
        "blocks": [{"type": "input", "block_id": "b", "label": label, "element": element}],
    }  # fmt: skip

    @shared.app.command("/load")
    async def load(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @shared.app.view("load")
    async def loaded(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body["view"]["state"]["values"]["b"]["f"])
        await ack()

    await shared.type("/load")
    [opened] = await shared.modals()
    csv, pdf = await brought(shared), await brought(shared, "bank.pdf")

    async def submit(*files: dict[str, Any]) -> dict[str, Any]:
        values = {"b": {"f": {"files": [{"id": file["id"]} for file in files]}}}
        return await shared.desk("submit", view_id=opened["id"], values=values)

    assert (await submit(csv, csv))["errors"] == {"b": "Please choose at most 1 files."}
    assert (await submit(pdf))["errors"] == {"b": "Please choose files of these types: csv."}
    assert await submit(csv) == {"ok": True}
    [told] = heard
    assert (told["type"], told["files"][0]["name"], told["files"][0]["size"]) == (
        "file_input",
        "bank.csv",
        8,
    )
