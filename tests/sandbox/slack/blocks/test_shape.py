"""Whatever is sent, the answer is a list of problems, never a crash."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.slack.blocks.check import checked_message_blocks
from sandbox.slack.blocks.shape import Place, Shape, choice, integer, items, string
from sandbox.slack.wire import Refused
from tests.sandbox.slack.blocks.test_check import GOOD

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", 0, -1, 1.5, True, [], {}, [None], [[]], {"type": []}]
)


def ways(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside a value."""
    inner = (
        value.items() if isinstance(value, dict) else
        enumerate(value) if isinstance(value, list) else ()
    )  # fmt: skip
    return [way for k, v in inner for way in [(*before, k), *ways(v, (*before, k))]]


def outcome(blocks: list[Any]) -> str:
    """How the blocks were received; anything but a refusal is a crash."""
    try:
        checked_message_blocks(blocks, lambda _: True)
    except Refused as refused:
        return refused.error
    return "taken"


@settings(max_examples=300)
@given(st.data())
def test_one_wrong_value_anywhere_is_a_refusal_or_fine_but_never_a_crash(
    data: st.DataObject,
) -> None:
    block = copy.deepcopy(data.draw(st.sampled_from(list(GOOD.values()))))
    *steps, last = data.draw(st.sampled_from(ways(block)))
    holder = block
    for step in steps:
        holder = holder[step]
    if data.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = data.draw(JUNK)

    assert outcome([block]) in ("taken", "invalid_blocks")


def test_every_problem_is_told_with_its_pointer() -> None:
    shape = Shape(
        {"name": string(3, 1), "kind": choice("a", "b")},
        {"sizes": items(integer(1, 9), 1, 2)},
    )
    place = Place("/blocks/0", "message", lambda _: True)

    problems = list(shape({"name": "long", "sizes": [0, 5], "other": 1}, place))

    assert problems == [
        "[ERROR] missing required field: kind [json-pointer:/blocks/0]",
        "[ERROR] must be less than 4 characters [json-pointer:/blocks/0/name]",
        "[ERROR] must be between 1 and 9 [json-pointer:/blocks/0/sizes/0]",
        "[ERROR] invalid additional property: other [json-pointer:/blocks/0]",
    ]


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_a_null_anywhere_is_the_same_as_nothing_there(block: dict[str, Any]) -> None:
    for *steps, last in ways(block):
        with_null, without = copy.deepcopy(block), copy.deepcopy(block)
        holders: list[Any] = [with_null, without]
        for step in steps:
            holders = [holder[step] for holder in holders]
        if isinstance(holders[0], dict) and last != "type":
            holders[0][last] = None
            del holders[1][last]

            assert outcome([with_null]) == outcome([without])


@pytest.mark.parametrize("sent", [None, 3, "x", [], {}])
def test_what_is_no_object_of_a_known_type_is_refused(sent: Any) -> None:
    assert outcome([sent]) == "invalid_blocks"
