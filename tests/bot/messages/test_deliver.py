"""Whatever is asked for and goes wrong: each message once, in order, with its last words."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine, select

from bot.messages import send
from bot.messages.deliver import deliver_due
from bot.messages.message import Message
from bot.messages.workspace import Slack, connect
from bot.store.engine import reading
from bot.store.tables import message as messages
from tests.bot.messages.conftest import FINANCE, PIXEL, Clock, Workspace

METHODS = ("chat.postMessage", "chat.update", "conversations.history", "conversations.replies")
QUIET = 60  # rounds after which nothing may be on its way any more


class Conversation(RuleBasedStateMachine):
    """A process that says things, dies and comes back, and a Slack that takes them or does not."""

    workspace: ClassVar[Workspace]
    store: ClassVar[Engine]
    clock: ClassVar[Clock]  # one for all runs: what Slack asked for in one lasts into the next

    @initialize()
    def begin(self) -> None:
        self.run = uuid4().hex[:6]
        self.slack = self.connected()
        self.wanted: dict[str, str] = {}  # the last words of each message, in the order of asking
        self.threads: dict[str, list[str]] = {}

    def connected(self) -> Slack:
        told = self.workspace.told
        return connect(told["api"], told["bot_token"], self.store, self.clock, lambda _: PIXEL)

    def message(self, key: str, words: str) -> Message:
        self.wanted[key] = f"{key}: {words}"
        return Message(key, words)

    @rule()
    def post(self) -> None:
        key = f"{self.run}-{len(self.threads)}"
        self.threads[key] = []
        send.post(self.slack, key, FINANCE, self.message(key, "posted"))

    @rule(which=st.integers(0, 9))
    def post_again(self, which: int) -> None:
        if key := self.one_of(list(self.threads), which):
            send.post(self.slack, key, FINANCE, Message(key, "posted"))

    @rule(which=st.integers(0, 9))
    def reply(self, which: int) -> None:
        if to := self.one_of(list(self.threads), which):
            key = f"{to}-r{len(self.threads[to])}"
            self.threads[to].append(key)
            send.reply(self.slack, key, to, self.message(key, "answered"))

    @rule(which=st.integers(0, 9), words=st.sampled_from("abc"), soon=st.booleans())
    def change(self, which: int, words: str, *, soon: bool) -> None:
        if key := self.one_of(list(self.wanted), which):
            send.change(self.slack, key, self.message(key, words), soon=soon)

    @rule(
        kind=st.sampled_from(["error_500", "lose_reply", "ratelimit"]),
        method=st.sampled_from(METHODS),
    )
    def fail(self, kind: str, method: str) -> None:
        self.workspace.fault(kind=kind, method=method, count=1, seconds=3)

    @rule(seconds=st.sampled_from([0.5, 2, 20]))
    def time_goes_by(self, seconds: float) -> None:
        self.clock.goes_on(seconds)
        deliver_due(self.slack)

    @rule()
    def die_and_come_back(self) -> None:
        self.slack = self.connected()

    def one_of(self, keys: list[str], which: int) -> str:
        return keys[which % len(keys)] if keys else ""

    def teardown(self) -> None:
        if not hasattr(self, "run"):
            return
        self.workspace.behaves()
        for _ in range(QUIET):
            self.clock.goes_on(30)
            deliver_due(self.slack)
            if not self.on_their_way():
                break
        assert self.on_their_way() == []
        seen = self.workspace.messages()
        top = [m for m in seen if m["text"].startswith(self.run)]
        assert [m["text"] for m in top] == [self.wanted[key] for key in self.threads]
        for posted, (_, replies) in zip(top, self.threads.items(), strict=True):
            thread = self.workspace.messages(thread_ts=posted["ts"])[1:] if replies else []
            assert [m["text"] for m in thread] == [self.wanted[key] for key in replies]

    def on_their_way(self) -> list[str]:
        waiting = select(messages.c.key).where(messages.c.next_try_at.is_not(None))
        with reading(self.store) as tx:
            return list(tx.execute(waiting).scalars())


@pytest.fixture
def conversation(workspace: Workspace, store: Engine) -> type[Conversation]:
    """The machine, with a Slack and a store of its own."""
    clock = Clock(-timedelta(days=30))  # or it would come to be far ahead of Slack's
    return type("Here", (Conversation,), {"workspace": workspace, "store": store, "clock": clock})


def test_each_message_arrives_once_in_order_and_says_the_last_of_it(
    conversation: type[Conversation],
) -> None:
    run_state_machine_as_test(
        conversation,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=(Phase.generate,),
        ),
    )
