"""The workspace as people start it: one line, a page of events, a clean stop."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A running workspace and its greeting."""
    command = [sys.executable, "-m", "sandbox.slack", "--bot", "http://127.0.0.1:9"]
    command += ["--bot-token", "xoxb-fixed", "--record", str(tmp_path / "record.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        yield process, json.loads(process.stdout.readline())
        process.kill()


def test_one_line_tells_everything_needed_and_a_term_ends_it_cleanly(
    started: tuple[subprocess.Popen[str], dict[str, Any]], tmp_path: Path
) -> None:
    process, greeting = started
    headers = {"authorization": f"Bearer {greeting['bot_token']}"}
    args = {"channel": greeting["channels"]["finance"], "text": "June"}

    with httpx.stream("GET", f"{greeting['page']}desk/events?as=U01ANA") as page:
        lines = page.iter_lines()
        assert next(lines) == ": listening"
        answer = httpx.post(f"{greeting['api']}chat.postMessage", json=args, headers=headers)
        told = next(line for line in lines if line.startswith("data:"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0

    assert answer.json()["ok"]
    assert json.loads(told.removeprefix("data: ")) == {"type": "message", "channel": "C01FINANCE"}
    assert greeting["bot_token"] == "xoxb-fixed"
    assert greeting["people"] == {
        "ana": "U01ANA",
        "ben": "U02BEN",
        "cleo": "U03CLEO",
        "dev": "U04DEV",
        "gina": "U05GINA",
        "omar": "U06OMAR",
    }
    assert set(greeting) == {
        "api", "page", "bot_token", "app_token", "signing_secret", "channels", "people", "team",
    }  # fmt: skip
    recorded = [json.loads(line) for line in (tmp_path / "record.jsonl").read_text().splitlines()]
    assert [line["args"] for line in recorded if "method" in line] == [args]


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "sandbox.slack", "--port", port]
        ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: Port {port} cannot be used:")
