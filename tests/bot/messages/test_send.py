from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from bot.errors import NotDelivered
from bot.messages import send
from bot.messages.message import Message
from bot.messages.workspace import Slack, connect
from bot.store.said import said_under
from tests.house.code import ROOT

FINANCE = "C01FINANCE"
SALES = Message("Sales", "USD 5.00 in May")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A local Slack and what is said in #finance."""

    told: dict[str, Any]

    def said(self) -> list[str]:
        url = f"{self.told['page']}desk/messages"
        found = httpx.get(url, params={"channel": FINANCE, "as": "U01ANA"}).json()["messages"]
        return [message["text"] for message in found]

    def thread(self, ts: str) -> list[str]:
        url = f"{self.told['page']}desk/messages"
        asked = {"channel": FINANCE, "as": "U01ANA", "thread_ts": ts}
        return [message["text"] for message in httpx.get(url, params=asked).json()["messages"]]

    def calls(self, method: str) -> int:
        lines = httpx.get(f"{self.told['page']}desk/record").json()
        return sum(line.get("method") == method for line in lines)

    def fault(self, **what: object) -> None:
        httpx.post(f"{self.told['page']}desk/fault", json=what).raise_for_status()


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    command = [sys.executable, "-m", "sandbox", "slack", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Workspace(json.loads(process.stdout.readline()))
        process.terminate()


@pytest.fixture
def slack(workspace: Workspace, store: Engine) -> Slack:
    def clock() -> datetime:
        return datetime(2026, 11, 21, 9, tzinfo=UTC)

    return connect(workspace.told["api"], workspace.told["bot_token"], store, clock)


def test_a_message_is_said_once_whatever_asks_for_it(slack: Slack, workspace: Workspace) -> None:
    send.post(slack, "answer:1", FINANCE, SALES)
    send.post(slack, "answer:1", FINANCE, SALES)

    assert workspace.said() == ["Sales: USD 5.00 in May"]


def test_a_message_whose_answer_was_lost_is_found_and_not_said_again(
    slack: Slack, workspace: Workspace
) -> None:
    workspace.fault(kind="lose_reply", method="chat.postMessage", count=1)
    with pytest.raises(NotDelivered):
        send.post(slack, "answer:1", FINANCE, SALES)

    send.post(slack, "answer:1", FINANCE, SALES)
    send.change(slack, "answer:1", Message("Sales", "USD 6.00 in May"))

    assert workspace.said() == ["Sales: USD 6.00 in May"]


def test_saying_the_same_again_costs_no_call(slack: Slack, workspace: Workspace) -> None:
    send.post(slack, "answer:1", FINANCE, SALES)
    send.change(slack, "answer:1", SALES)
    send.change(slack, "answer:1", Message("Sales", "USD 6.00 in May"))
    send.change(slack, "answer:1", Message("Sales", "USD 6.00 in May"))

    assert workspace.calls("chat.update") == 1


def test_a_word_in_the_thread_is_said_once(
    slack: Slack, workspace: Workspace, store: Engine
) -> None:
    send.post(slack, "card:1", FINANCE, SALES)

    send.reply(slack, "told:1", "card:1", Message("Sales", "rejected"))
    send.reply(slack, "told:1", "card:1", Message("Sales", "rejected"))

    parent = said_under(store, "card:1")
    assert parent
    assert workspace.thread(parent.ts) == ["Sales: USD 5.00 in May", "Sales: rejected"]


def test_slack_that_asks_to_wait_is_waited_for(slack: Slack, workspace: Workspace) -> None:
    workspace.fault(kind="ratelimit", method="chat.postMessage", count=1, seconds=1)

    send.post(slack, "answer:1", FINANCE, SALES)

    assert workspace.said() == ["Sales: USD 5.00 in May"]


def test_a_channel_the_bot_is_not_in_is_no_place_to_try_again(slack: Slack) -> None:
    with pytest.raises(NotDelivered) as caught:
        send.post(slack, "answer:1", "C03GENERAL", SALES)

    assert not caught.value.passing
