"""What the workspace refuses, the validator finds: two readings of one reference."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.slack.blocks.check import checked_message_blocks, checked_view, with_ids
from sandbox.slack.validate.blocks import HOME, MESSAGE, MODAL, block_problems
from sandbox.slack.validate.models import model_problems
from sandbox.slack.wire import Refused
from tests.sandbox.slack.blocks.test_check import (
    GOOD,
    actions,
    button,
    input_block,
    options,
    plain,
    section,
)
from tests.sandbox.slack.blocks.test_shape import ways

Json = dict[str, Any]
TITLE = plain("Adjust")
CONFIRM = {"title": TITLE, "text": TITLE, "confirm": TITLE, "deny": TITLE, "style": "danger"}
FILTER = {"include": ["im", "public"], "exclude_bot_users": True}
MORE = {
    "ticks": actions(
        {"type": "checkboxes", "options": options(3), "initial_options": options(1)},
        {"type": "radio_buttons", "options": options(2), "initial_option": options(1)[0]},
    ),
    "number": input_block(
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "5",
         "initial_value": "2"}
    ),
    "writing": input_block(
        {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 30,
         "initial_value": "x", "dispatch_action_config": {
             "trigger_actions_on": ["on_enter_pressed"]}},
        dispatch_action=True,
    ),
    "people": actions(
        {"type": "users_select", "initial_user": "U01ANA"},
        {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True},
        {"type": "conversations_select", "default_to_current_conversation": True,
         "filter": FILTER},
    ),
    "times": actions(
        {"type": "timepicker", "initial_time": "08:00", "timezone": "Europe/Madrid"},
        {"type": "datetimepicker", "initial_date_time": 1751270400},
    ),
    "asking": actions(button(confirm=CONFIRM, accessibility_label="Approve", value="v")),
    "many": section(
        accessory={"type": "multi_static_select", "options": options(3), "max_selected_items": 2}
    ),
    "groups": actions(
        {"type": "static_select", "option_groups": [{"label": TITLE, "options": options(2)}]}
    ),
    "searched": input_block({"type": "external_select", "min_query_length": 2}),
}  # fmt: skip
BLOCKS = {name: block for name, block in (GOOD | MORE).items() if name != "video"}
WRONG: tuple[Any, ...] = (0, -1, "", 1.5, True, "x" * 3001, [], {}, {"type": []}, "none of them")
UNREADABLE = "invalid slack file"  # only a workspace knows its files


def spoilt(block: Json) -> Iterator[tuple[object, Json]]:
    """The block with one thing taken away, wrong, or too much, and what that was."""
    for *steps, last in ways(block):
        for wrong in (None, *WRONG):
            other = copy.deepcopy(block)
            holder: Any = other
            for step in steps:
                holder = holder[step]
            if wrong is None:
                del holder[last]
            else:
                holder[last] = wrong
            yield ((*steps, last), str(wrong)[:20]), other


def refusal(block: Json, surface: str) -> str:
    """Why the workspace does not take it; empty when it does."""
    try:
        if surface == MESSAGE:
            checked_message_blocks([block], lambda _: True)
        else:
            modal = {"title": TITLE, "submit": TITLE} if surface == MODAL else {}
            view = {"type": surface, "blocks": [block], **modal}
            checked_view(view, surface, lambda _: True)
    except Refused as refused:
        return str(refused.extra or refused.error)
    return ""


@pytest.mark.parametrize("name", BLOCKS)
def test_what_the_workspace_refuses_the_validator_finds(name: str) -> None:
    [block] = with_ids([BLOCKS[name]])
    taken = [s for s in (MESSAGE, MODAL, HOME) if not refusal(block, s)]
    assert taken

    missed = [
        (where, why)
        for where, other in spoilt(block)
        for why in [refusal(other, taken[0])]
        if why and not list(block_problems(other, "/blocks/0", taken[0]))
    ]

    assert missed == []


@pytest.mark.parametrize("wrong", [[], {}, None, 1])
def test_a_type_that_is_no_word_is_found_and_never_a_crash(wrong: object) -> None:
    block = {"type": wrong}

    assert list(block_problems(block, "/blocks/0", MESSAGE))
    assert list(model_problems(block, "/blocks/0"))
