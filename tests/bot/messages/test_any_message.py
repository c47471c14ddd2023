from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View

from bot.messages.message import Home, LineChart, Message, Modal, Table
from bot.messages.picture import key_of
from bot.messages.render import (
    SIMPLE,
    blocks_of,
    home_of,
    pictures_of,
    plain_blocks_of,
    text_of,
    view_of,
    without,
)
from sandbox.slack.blocks.check import checked_message_blocks, checked_view, text_length
from tests.bot.messages import hostile

OURS = re.compile(
    r"<@[UW][A-Z0-9]+>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]+ UTC>"
    r"|<https://x\.example/a\?b=1&amp;c\|[^<>|]+>"
)
UNKNOWN = {"data_table", "data_visualization", "table"}  # the library has no models of these
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def texts(value: object, kind: str = "mrkdwn") -> Iterator[str]:
    """Every text of a kind: of `mrkdwn`, in which Slack reads marks; of any, where that is ""."""
    if isinstance(value, dict):
        if isinstance(text := value.get("text"), str) and value.get("type") in (
            kind or value["type"]
        ):
            yield text
        for inner in value.values():
            yield from texts(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, kind)


def ready(_: str) -> bool:
    return True


def files(said: Message | Modal | Home) -> dict[str, str]:
    return {key_of(part): "F0123ABCDEF" for part in pictures_of(said)}


def holds(blocks: list[dict[str, Any]]) -> None:
    """What no checker of Slack's says: nothing foreign acts, and every block has its own id."""
    ids = [block["block_id"] for block in blocks]
    assert len(set(ids)) == len(ids)
    for text in texts(blocks):
        assert not re.search("[<>]", OURS.sub("", text))
        assert not set("~") & set(text)
        assert not re.search(r"(^|\W)_\w|:[a-z]+:|^&gt;", text)
    for block in blocks:
        if block["type"] not in UNKNOWN:
            assert SdkBlock.parse(block).to_dict()["type"] == block["type"]  # type: ignore[union-attr]


@few
@given(hostile.MESSAGE, st.booleans())
def test_slack_takes_any_message(message: Message, pictured: bool) -> None:
    known = files(message) if pictured else {}
    for blocks in (blocks_of(message, known), plain_blocks_of(message, known)):
        checked_message_blocks(blocks, ready)
        assert text_length(blocks) < 10_000
        holds(blocks)
    assert 0 < len(text_of(message)) <= 3500


@few
@given(hostile.MESSAGE, st.sets(st.sampled_from(SIMPLE)))
def test_what_slack_refused_is_not_in_it_again(message: Message, refused: set[str]) -> None:
    blocks = without(message, refused, files(message))

    checked_message_blocks(blocks, ready)
    assert not refused & {block["type"] for block in blocks}


@few
@given(hostile.MODAL, st.booleans())
def test_slack_takes_any_window(modal: Modal, pictured: bool) -> None:
    view = view_of(modal, files(modal) if pictured else {})

    checked_view(view, "modal", ready)
    assert len(json.dumps(view)) < 250_000
    assert len(View(**view).to_dict()["blocks"]) == len(view["blocks"])
    holds(view["blocks"])


@few
@given(hostile.HOME, st.booleans())
def test_slack_takes_any_home(home: Home, pictured: bool) -> None:
    view = home_of(home, files(home) if pictured else {})

    checked_view(view, "home", ready)
    assert len(json.dumps(view)) < 250_000
    holds(view["blocks"])


@few
@given(hostile.MESSAGE)
def test_every_row_is_shown_or_counted_and_a_missing_part_is_named(message: Message) -> None:
    parts = tuple(part for part in message.parts if not isinstance(part, LineChart))
    rows = sum(len(part.rows) for part in parts if isinstance(part, Table))
    bare = replace(message, parts=parts)
    for blocks in (blocks_of(bare), plain_blocks_of(bare)):
        said = "\n".join(texts(blocks, ""))
        named = "No room here for" in said
        counted = sum(int(n.replace(",", "")) for n in re.findall(r"and ([\d,]+) more line", said))
        assert named or rows == len(re.findall(r"row\d+row", said)) + counted


@few
@given(hostile.MESSAGE)
def test_title_result_and_footer_are_there_whatever_else_is(message: Message) -> None:
    crowded = Message("Title", "The result: 5.00", message.parts, "The footer", message.paper)

    blocks = blocks_of(crowded)

    assert blocks[0]["text"]["text"] == "Title"
    assert blocks[-1]["elements"][0]["text"] == "The footer"
    assert any("The result: 5.00" in text for text in texts(blocks)) or (
        "No room here for" in " ".join(texts(blocks))
    )
