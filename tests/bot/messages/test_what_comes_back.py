"""Messages that were deleted, channels and tokens that come back: nothing said is lost for it."""

from __future__ import annotations

import pytest

from bot.errors import NotDelivered
from bot.messages import send
from bot.messages.deliver import deliver_due
from bot.messages.message import Message
from bot.messages.workspace import Slack
from bot.store.said import said_under
from tests.bot.messages.conftest import ANA, FINANCE, Clock, Workspace

POST, UPDATE = "chat.postMessage", "chat.update"
ANAS = "D01ANA"


def sales(word: str, result: str = "USD 5.00 in May") -> Message:
    return Message(f"Sales {word}", result)


def test_answers_to_a_message_for_a_person_keep_their_order_when_it_arrives_between_them(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="error_500", method=POST, count=1)
    send.post(slack, word, ANA, sales(word))
    send.reply(slack, f"{word}:1", word, sales(word, "first"))
    clock.goes_on(1)
    send.push(slack, word)
    workspace.fault(kind="error_500", method=POST, count=1)
    send.push(slack, f"{word}:1")

    send.reply(slack, f"{word}:2", word, sales(word, "second"))
    for _ in range(3):
        clock.goes_on(5)
        deliver_due(slack)

    (top,) = [m for m in workspace.messages(ANAS) if word in m["text"]]
    thread = workspace.messages(ANAS, thread_ts=top["ts"])[1:]
    assert [m["text"] for m in thread] == [f"Sales {word}: first", f"Sales {word}: second"]


def test_what_answers_a_message_somebody_deleted_stands_by_itself(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    send.post(slack, word, FINANCE, sales(word))
    there = said_under(slack.store, word)
    assert there
    slack.client.chat_delete(channel=there.channel, ts=there.ts)
    send.change(slack, word, sales(word, "USD 6.00 in May"))

    send.reply(slack, f"{word}:told", word, sales(word, "rejected"))

    assert workspace.said(word) == [f"Sales {word}: rejected"]


def test_a_token_that_was_revoked_and_is_given_back_has_cost_no_message(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="refuse", method=POST, error="token_revoked", count=2)

    send.post(slack, word, FINANCE, sales(word))
    for _ in range(3):
        clock.goes_on(5)
        deliver_due(slack)

    assert workspace.said(word) == [f"Sales {word}: USD 5.00 in May"]


def test_a_result_is_said_where_the_bot_was_let_in_again_and_else_whoever_asks_is_told(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    workspace.fault(kind="refuse", method=POST, error="not_in_channel", count=2)
    with pytest.raises(NotDelivered):
        send.post(slack, word, FINANCE, sales(word, "on it"))

    with pytest.raises(NotDelivered):
        send.change(slack, word, sales(word))
    send.change(slack, word, sales(word))

    assert workspace.said(word) == [f"Sales {word}: USD 5.00 in May"]
