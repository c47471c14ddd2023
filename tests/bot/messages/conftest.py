"""A local Slack as a process of its own, and the bot's side of the conversation with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine

from bot.messages.message import Fan, LineChart
from bot.messages.workspace import Slack, connect
from tests.house.code import ROOT

FINANCE, GENERAL, ANA = "C01FINANCE", "C03GENERAL", "U01ANA"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8ffff3f0005fe02fea735819d0000000049454e44ae426082"
)

Json = dict[str, Any]


@dataclass(slots=True)
class Clock:
    """The machine's time, and how far a test has gone ahead of it."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def goes_on(self, seconds: float) -> None:
        """So much later."""
        self.ahead += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A local Slack, what is seen in it, and how it is made to misbehave."""

    told: Json

    def messages(self, channel: str = FINANCE, who: str = ANA, **more: str) -> list[Json]:
        """What this person sees, oldest first."""
        asked = {"channel": channel, "as": who, **more}
        found: list[Json] = httpx.get(f"{self.told['page']}desk/messages", params=asked).json()[
            "messages"
        ]
        return found

    def said(self, word: str, channel: str = FINANCE) -> list[str]:
        """The texts that have this word, in their order."""
        return [m["text"] for m in self.messages(channel) if word in m["text"]]

    def thread(self, word: str) -> list[str]:
        """The texts in the thread of the message with this word, that one first."""
        ts = next(m["ts"] for m in self.messages() if word in m["text"])
        return [m["text"] for m in self.messages(thread_ts=ts)]

    def record(self, method: str, word: str = "") -> list[Json]:
        """The calls of this method that have the word somewhere."""
        lines: list[Json] = httpx.get(f"{self.told['page']}desk/record").json()
        return [line for line in lines if line.get("method") == method and word in str(line)]

    def fault(self, **what: object) -> None:
        """Misbehaves from now on, as told."""
        httpx.post(f"{self.told['page']}desk/fault", json=what).raise_for_status()

    def behaves(self) -> None:
        """Nothing goes wrong any more that was asked for."""
        httpx.post(f"{self.told['page']}desk/fault/clear", json={"as": ANA}).raise_for_status()


@dataclass(slots=True)
class Drawer:
    """Draws one pixel, and counts how often."""

    drawn: list[Fan | LineChart] = field(default_factory=list)

    def __call__(self, part: Fan | LineChart) -> bytes:
        self.drawn.append(part)
        return PIXEL


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """One for all tests of a module; each says things that only it says."""
    command = [sys.executable, "-m", "sandbox", "slack", "--port", "0", "--rate-limits", "off"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Workspace(json.loads(process.stdout.readline()))
        process.terminate()


@pytest.fixture
def clock() -> Clock:
    """The time, to be moved on by hand."""
    return Clock()


@pytest.fixture
def drawer() -> Drawer:
    """Somebody who draws."""
    return Drawer()


@pytest.fixture
def begin(workspace: Workspace, store: Engine, clock: Clock, drawer: Drawer) -> Callable[[], Slack]:
    """Begins a conversation with the workspace, as a process does that starts."""
    return lambda: connect(workspace.told["api"], workspace.told["bot_token"], store, clock, drawer)


@pytest.fixture
def slack(begin: Callable[[], Slack]) -> Slack:
    """A conversation with the workspace."""
    return begin()


@pytest.fixture
def word() -> str:
    """A word that nobody else says."""
    return uuid4().hex[:8]
