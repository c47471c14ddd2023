from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.errors import NotDelivered
from bot.messages import send
from bot.messages.deliver import deliver_due
from bot.messages.message import Column, Fan, LineChart, LineSeries, Message, Table
from bot.messages.workspace import Slack
from tests.bot.messages.conftest import ANA, FINANCE, GENERAL, Clock, Drawer, Workspace
from tests.stories.world import until

POST, UPDATE = "chat.postMessage", "chat.update"


def sales(word: str, result: str = "USD 5.00 in May") -> Message:
    return Message(f"Sales {word}", result)


def fan(word: str) -> Fan:
    five = (Decimal(5),)
    return Fan(f"Sales {word}, USD", "Five", "USD", ("May 26",), (), five, five, five)


def test_a_message_is_said_once_whatever_asks_for_it(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    send.post(slack, word, FINANCE, sales(word))
    send.post(slack, word, FINANCE, sales(word))

    assert workspace.said(word) == [f"Sales {word}: USD 5.00 in May"]


@pytest.mark.parametrize("lost", ["lose_reply", "error_500"])
def test_whether_a_message_arrived_is_looked_up_before_it_is_said_again(
    slack: Slack, workspace: Workspace, word: str, clock: Clock, lost: str
) -> None:
    workspace.fault(kind=lost, method=POST, count=1)
    send.post(slack, word, FINANCE, sales(word))
    for n in range(120):  # more than a page of the history
        send.post(slack, f"{word}:{n}", FINANCE, sales("noise"))

    clock.goes_on(2)
    deliver_due(slack)
    send.change(slack, word, sales(word, "USD 6.00 in May"))

    assert workspace.said(word) == [f"Sales {word}: USD 6.00 in May"]


def test_saying_the_same_again_costs_no_call(slack: Slack, workspace: Workspace, word: str) -> None:
    send.post(slack, word, FINANCE, sales(word))
    send.change(slack, word, sales(word))
    send.change(slack, word, sales(word, "USD 6.00 in May"))
    send.change(slack, word, sales(word, "USD 6.00 in May"))

    assert len(workspace.record(UPDATE, word)) == 1


def test_a_word_in_the_thread_is_said_once(slack: Slack, workspace: Workspace, word: str) -> None:
    send.post(slack, word, FINANCE, sales(word))

    send.reply(slack, f"{word}:told", word, sales("it", "rejected"))
    send.reply(slack, f"{word}:told", word, sales("it", "rejected"))

    assert workspace.thread(word) == [f"Sales {word}: USD 5.00 in May", "Sales it: rejected"]


def test_what_answers_a_message_waits_until_that_is_there(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="error_500", method=POST, count=1)

    send.post(slack, word, FINANCE, sales(word))
    send.reply(slack, f"{word}:1", word, sales("first"))
    send.reply(slack, f"{word}:2", word, sales("second"))
    assert workspace.said(word) == []
    rounds(slack, clock, 3)

    assert [text.partition(":")[0] for text in workspace.thread(word)] == [
        f"Sales {word}",
        "Sales first",
        "Sales second",
    ]


def test_messages_of_a_channel_arrive_in_order_when_the_first_has_to_wait(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="error_500", method=POST, count=2)

    for n in range(5):
        send.post(slack, f"{word}:{n}", FINANCE, sales(word, f"number {n}"))
    assert workspace.said(word) == []
    rounds(slack, clock, 8)

    assert workspace.said(word) == [f"Sales {word}: number {n}" for n in range(5)]


def test_who_asks_does_not_wait_for_a_slack_that_asks_to_wait_and_nobody_else_calls_it(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="ratelimit", method=POST, count=1, seconds=60)

    for n in range(3):
        send.post(slack, f"{word}:{n}", FINANCE, sales(word, f"number {n}"))
    clock.goes_on(55)
    deliver_due(slack)
    assert len(workspace.record(POST, word)) == 1
    clock.goes_on(6)
    deliver_due(slack)

    assert workspace.said(word) == [f"Sales {word}: number {n}" for n in range(3)]
    assert len(workspace.record(POST, word)) == 4


def test_a_change_that_waits_keeps_no_other_message_waiting(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    send.post(slack, f"{word}:1", FINANCE, sales(word, "one"))
    workspace.fault(kind="error_500", method=UPDATE, count=1)

    send.change(slack, f"{word}:1", sales(word, "two"))
    send.post(slack, f"{word}:2", FINANCE, sales(word, "next"))
    send.change(slack, f"{word}:1", sales(word, "three"))
    assert workspace.said(word) == [f"Sales {word}: one", f"Sales {word}: next"]
    rounds(slack, clock, 2)

    assert workspace.said(word) == [f"Sales {word}: three", f"Sales {word}: next"]


def test_a_change_back_is_made_when_nobody_knows_whether_the_change_was(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    send.post(slack, word, FINANCE, sales(word, "one"))
    workspace.fault(kind="lose_reply", method=UPDATE, count=1)

    send.change(slack, word, sales(word, "two"))
    send.change(slack, word, sales(word, "one"))
    rounds(slack, clock, 2)

    assert workspace.said(word) == [f"Sales {word}: one"]


def test_of_many_words_of_progress_the_last_is_sent_by_the_next_round(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    send.post(slack, word, FINANCE, sales(word, "on it"))

    for percent in range(0, 100, 10):
        send.change(slack, word, sales(word, f"{percent} %"), soon=True)
    assert workspace.said(word) == [f"Sales {word}: on it"]
    deliver_due(slack)

    assert workspace.said(word) == [f"Sales {word}: 90 %"]
    assert len(workspace.record(UPDATE, word)) == 1


def test_what_a_process_left_is_sent_by_the_next_one(
    begin: Callable[[], Slack], workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="lose_reply", method=POST, count=1)
    first = begin()
    send.post(first, word, FINANCE, sales(word, "begun"))
    send.change(first, word, sales(word, "done"))

    rounds(begin(), clock, 3)

    assert workspace.said(word) == [f"Sales {word}: done"]


def test_a_channel_the_bot_is_not_in_is_no_place_to_try_again_and_holds_up_nothing(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    with pytest.raises(NotDelivered) as caught:
        send.post(slack, f"{word}:1", GENERAL, sales(word))
    send.post(slack, f"{word}:2", FINANCE, sales(word))

    assert not caught.value.passing
    assert not send.stands(slack, f"{word}:1")
    assert len(workspace.said(word)) == 1
    with pytest.raises(NotDelivered):  # asked for again, it is tried again
        send.post(slack, f"{word}:1", GENERAL, sales(word))


def test_what_could_not_be_said_for_a_day_is_given_up(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="error_500", method=POST, count=2)
    send.post(slack, word, FINANCE, sales(word))

    clock.goes_on(25 * 3600)
    deliver_due(slack)
    clock.goes_on(3600)
    deliver_due(slack)

    assert workspace.said(word) == []
    assert not send.stands(slack, word)


def test_a_person_is_written_to_directly_and_the_answer_changes_there(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="lose_reply", method=POST, count=1)

    send.post(slack, word, ANA, sales(word))
    rounds(slack, clock, 2)
    send.change(slack, word, sales(word, "USD 6.00 in May"))

    channel = send.direct_channel(slack, ANA)
    assert workspace.said(word, channel) == [f"Sales {word}: USD 6.00 in May"]


def test_a_picture_is_in_the_message_and_is_handed_over_once(
    slack: Slack, workspace: Workspace, word: str, drawer: Drawer
) -> None:
    message = Message(f"Sales {word}", "USD 5.00", (fan(word),))

    send.post(slack, f"{word}:1", FINANCE, message)
    send.post(slack, f"{word}:2", FINANCE, message)

    assert [m for m in workspace.messages() if word in m["text"]].__len__() == 2
    for posted in workspace.record(POST, word):
        assert "image" in {block["type"] for block in posted["args"]["blocks"]}
    assert drawer.drawn == [fan(word)]


def test_a_picture_that_cannot_be_handed_over_keeps_no_message_back(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    workspace.fault(kind="error_500", method="files.completeUploadExternal", count=2)

    send.post(slack, word, FINANCE, Message(f"Sales {word}", "USD 5.00", (fan(word),)))

    assert workspace.said(word) == [f"Sales {word}: USD 5.00"]
    assert len(workspace.record("files.completeUploadExternal", word)) == 3  # it was tried again


def test_a_picture_that_takes_its_time_is_put_in_later(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    workspace.fault(kind="slow", method="files.getUploadURLExternal", count=1, seconds=3)

    send.post(slack, word, FINANCE, Message(f"Sales {word}", "USD 5.00", (fan(word),)))

    (posted,) = workspace.record(POST, word)
    (changed,) = until(lambda: workspace.record(UPDATE, word))
    assert "image" not in str(posted["args"]["blocks"])
    assert "image" in str(changed["args"]["blocks"])


def test_a_kind_of_block_slack_refuses_is_said_otherwise_and_not_tried_again(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    five = (Decimal(5), Decimal(6))
    chart = LineChart("Sales, USD", ("May", "June"), (LineSeries("Forecast", five),), "USD")
    table = Table("Lines", (Column("Line"),), (("4000",),))
    message = Message(f"Sales {word}", "USD 5.00", (chart, table))
    workspace.fault(kind="refuse_block", block="data_visualization")

    send.post(slack, f"{word}:1", FINANCE, message)
    send.post(slack, f"{word}:2", FINANCE, message)
    workspace.behaves()

    calls = workspace.record(POST, word)
    kinds = [{block["type"] for block in call["args"]["blocks"]} for call in calls]
    assert ["data_visualization" in seen for seen in kinds] == [True, False, False]
    assert all("table" in seen for seen in kinds)
    assert len(workspace.said(word)) == 2


def rounds(slack: Slack, clock: Clock, many: int) -> None:
    """So many rounds, with more time between them than any wait is long at first."""
    for _ in range(many):
        clock.goes_on(5)
        deliver_due(slack)
