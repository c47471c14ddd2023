"""A restart loses nothing, not even after `kill -9`."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.slack.office import ANA, FINANCE, GENERAL, open_office

ROOT = Path(__file__).parents[3]
JSON = "application/json; charset=utf-8"
HOME = {"type": "home", "blocks": [{"type": "divider", "block_id": "d"}]}


def start(data: Path, record: Path) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    command = [sys.executable, "-m", "sandbox.slack", "--bot-token", "xoxb-fixed"]
    command += ["--data", str(data), "--record", str(record)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout
    return process, json.loads(process.stdout.readline())


def call(greeting: dict[str, Any], method: str, **args: Any) -> dict[str, Any]:
    headers = {"authorization": "Bearer xoxb-fixed", "content-type": JSON}
    answer = httpx.post(f"{greeting['api']}{method}", content=json.dumps(args), headers=headers)
    return dict(answer.json())


def test_after_a_kill_everything_said_and_shared_is_still_there(tmp_path: Path) -> None:
    data, record = tmp_path / "slack.db", tmp_path / "record.jsonl"
    process, first = start(data, record)
    with process:
        ts = call(first, "chat.postMessage", channel=FINANCE, text="June")["ts"]
        call(first, "chat.postMessage", channel=FINANCE, text="detail", thread_ts=ts)
        call(first, "views.publish", user_id=ANA, view=HOME)
        asked = call(first, "files.getUploadURLExternal", filename="a.csv", length=3)
        httpx.post(asked["upload_url"], content=b"a,b")
        file = {"id": asked["file_id"]}
        call(first, "files.completeUploadExternal", files=[file], channel_id=FINANCE)
        process.kill()  # before the file was processed and shared
    recorded = record.read_text().splitlines()

    process, again = start(data, record)
    with process:
        lines = record.read_text()
        thread = call(again, "conversations.replies", channel=FINANCE, ts=ts)
        for _ in range(100):
            told = call(again, "files.info", file=asked["file_id"])["file"]
            if told["shares"]:
                break
            time.sleep(0.05)
        bytes_ = httpx.get(told["url_private"]).content
        home = httpx.get(f"{again['page']}desk/home", params={"as": ANA}).json()
        history = call(again, "conversations.history", channel=FINANCE)
        process.kill()

    assert [m["text"] for m in thread["messages"]] == ["June", "detail"]
    assert list(told["shares"]["public"]) == [FINANCE]
    assert (bytes_, home["view"]["blocks"]) == (b"a,b", HOME["blocks"])
    assert history["messages"][0]["files"][0]["url_private"].startswith(again["page"])
    assert len(history["messages"]) == 2
    uploads = [json.loads(line) for line in recorded if '"upload"' in line]
    assert uploads[0]["args"]["length"] == 3
    assert lines == ""  # one file a run


@pytest.mark.asyncio
async def test_modals_schedules_streams_members_and_marks_are_taken_up_again(
    tmp_path: Path,
) -> None:
    data = tmp_path / "slack.db"
    modal = {
        "type": "modal", "title": {"type": "plain_text", "text": "Adjust"},
        "blocks": [{"type": "actions", "block_id": "b", "elements": [
            {"type": "datepicker", "action_id": "d"}]}],
    }  # fmt: skip
    async with open_office(data=data) as office:
        trigger = office.slack.tickets.trigger(ANA)
        view = (await office.call("views.open", trigger_id=trigger, view=modal))["view"]
        picked = {"view_id": view["id"], "block_id": "b", "action_id": "d"}
        await office.desk("act", **picked, value={"selected_date": "2025-06-30"})
        at = int(office.clock().timestamp()) + 3600
        await office.call("chat.scheduleMessage", channel=FINANCE, text="Later", post_at=at)
        stream = (await office.call("chat.startStream", channel="D01ANA", markdown_text="a"))["ts"]
        await office.call("conversations.join", channel=GENERAL)
        await office.desk("mark", channel=FINANCE, ts="1.000000")
        address = f"/commands/T01ACME/{office.slack.tickets.response(ANA, FINANCE)}"
        for _ in range(4):
            await office.http.post(address, json={"text": "x"})

    async with open_office(data=data) as office:
        [kept] = await office.modals()
        appended = await office.error(
            "chat.appendStream", channel="D01ANA", ts=stream, markdown_text="b"
        )
        member = (await office.call("conversations.info", channel=GENERAL))["channel"]["is_member"]
        read = office.slack.seen.up_to(ANA, FINANCE)
        answered = [await office.http.post(address, json={"text": "x"}) for _ in "56"]
        office.clock.ahead += timedelta(hours=1)
        for _ in range(100):
            if later := [m for m in await office.sees() if m["text"] == "Later"]:
                break
            await asyncio.sleep(0.05)

    assert kept["state"]["values"]["b"]["d"]["selected_date"] == "2025-06-30"
    assert len(later) == 1
    assert (kept["id"], kept["hash"]) == (view["id"], view["hash"])
    assert (appended, member, read) == ("none", True, "1.000000")
    assert [answer.status_code for answer in answered] == [200, 404]  # the fifth use is the last
