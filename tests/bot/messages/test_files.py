from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest

from bot.errors import NotDelivered
from bot.messages import files
from bot.messages.workspace import Slack
from tests.bot.messages.conftest import FINANCE, PIXEL, Clock, Workspace

ADDRESS, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
LINES = b"account,amount\n4000,5.00\n"


def upload(slack: Slack, word: str) -> str:
    return files.upload(slack, word, f"{word}.png", PIXEL, f"Chart {word}")


def share(slack: Slack, word: str) -> None:
    files.share(slack, word, FINANCE, f"{word}.csv", LINES, f"Lines {word}", f"Here {word}")


def test_a_file_is_handed_over_once_and_a_block_may_show_it(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    first, again = upload(slack, word), upload(slack, word)

    assert first == again
    assert len(workspace.record(COMPLETE, f"Chart {word}")) == 1
    shown = slack.client.chat_postMessage(
        channel=FINANCE,
        text=word,
        blocks=[{"type": "image", "slack_file": {"id": first}, "alt_text": "Five"}],
    )
    assert shown["ok"]


def test_a_file_is_never_given_an_alternative_text(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    share(slack, word)

    assert "alt_t" not in str(workspace.record(ADDRESS, word))


def test_a_shared_file_stands_in_the_channel_once_with_its_words_and_bytes(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    share(slack, word)
    share(slack, word)

    (message,) = [m for m in workspace.messages() if f"Here {word}" in m["text"]]
    (file,) = message["files"]
    assert file["name"] == f"{word}.csv"
    assert httpx.get(file["url_private"]).content == LINES


@pytest.mark.parametrize(
    ("lost", "method"),
    [
        ("error_500", ADDRESS),
        ("lose_reply", ADDRESS),
        ("error_500", COMPLETE),
        ("lose_reply", COMPLETE),
        ("ratelimit", COMPLETE),
        ("error_500", "files.info"),
    ],
)
def test_whatever_is_lost_on_the_way_the_next_try_makes_it_one_file(
    begin: Callable[[], Slack], workspace: Workspace, word: str, lost: str, method: str
) -> None:
    workspace.fault(kind=lost, method=method, count=1, seconds=1)
    with pytest.raises(NotDelivered) as caught:
        share(begin(), word)

    share(begin(), word)

    assert caught.value.passing
    assert len([m for m in workspace.messages() if f"Here {word}" in m["text"]]) == 1


def test_a_share_that_takes_longer_than_we_wait_is_not_made_twice(
    slack: Slack, workspace: Workspace, word: str, clock: Clock
) -> None:
    workspace.fault(kind="slow", method=COMPLETE, count=1, seconds=2)
    slack.client.timeout = 1
    for _ in range(2):  # it hangs; then nobody knows yet
        with pytest.raises(NotDelivered) as caught:
            share(slack, word)
        assert caught.value.passing

    time.sleep(1.5)
    clock.goes_on(60)
    share(slack, word)

    assert len([m for m in workspace.messages() if f"Here {word}" in m["text"]]) == 1


def test_where_it_may_not_go_nothing_is_shared(
    slack: Slack, workspace: Workspace, word: str
) -> None:
    with pytest.raises(NotDelivered) as caught:
        files.share(slack, word, "C03GENERAL", "a.csv", LINES, "Lines", word)

    assert not caught.value.passing


@pytest.mark.parametrize(
    ("address", "api", "goes"),
    [
        ("https://files.slack.com/upload/v1/A", "https://slack.com/api/", True),
        ("http://127.0.0.1:8000/upload/v1/A", "http://127.0.0.1:8000/api/", True),
        ("http://files.slack.com/upload/v1/A", "https://slack.com/api/", False),
        ("https://files.slack.com.evil.example/A", "https://slack.com/api/", False),
        ("https://evilslack.com/A", "https://slack.com/api/", False),
        ("http://127.0.0.1:9000/A", "http://127.0.0.1:8000/api/", False),
        ("https://files.slack.com/A", "http://127.0.0.1:8000/api/", False),
    ],
)
def test_bytes_go_to_slack_and_nowhere_else(address: str, api: str, *, goes: bool) -> None:
    assert files.is_slacks(address, api) is goes
