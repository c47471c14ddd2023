"""Whole messages and whole views: what Slack refuses, and the ids it fills in."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.slack.blocks.catalog import HOME, MESSAGE, MODAL, block
from sandbox.slack.blocks.shape import Check, Place, Shape, anything, boolean, choice, items, string
from sandbox.slack.blocks.texts import ID, plain
from sandbox.slack.blocks.walk import elements, walk
from sandbox.slack.wire import Json, Refused, refused_for

MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MOST_TEXT = 13_000
MOST_MARKDOWN = 12_000
MOST_VIEW_BYTES = 250_000
# how a text is read where the app did not say
MARKS = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
MOST_OF = {"table": 1, "plan": 1, "data_visualization": 2}

FileReady = Callable[[str], bool]


def checked_message_blocks(sent: object, file_ready: FileReady) -> list[Json]:
    """The blocks of a message with their ids filled in, or Slack's refusal."""
    if not isinstance(sent, list):
        raise Refused("invalid_blocks_format")
    problems = list(_problems(sent, Place("/blocks", MESSAGE, file_ready)))
    if problems:
        raise refused_for("invalid_blocks", problems)
    if text_length(sent) > MOST_TEXT:
        raise Refused("msg_blocks_too_long")
    return with_ids(sent)


def checked_view(sent: object, surface: str, file_ready: FileReady) -> Json:
    """A view with its ids filled in, or Slack's refusal."""
    if not isinstance(sent, dict):
        raise refused_for(
            "invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"]
        )
    if len(json.dumps(sent).encode()) > MOST_VIEW_BYTES:
        raise Refused("view_too_large")
    place = Place("/view", surface, file_ready)
    shape = MODAL_VIEW if surface == MODAL else HOME_VIEW
    problems = list(shape(sent, place))
    if not problems:
        problems = list(_problems(sent["blocks"], place.at("blocks")))
    if not problems and surface == MODAL:
        problems = list(_needs_submit(sent, place))
    if problems:
        raise refused_for("invalid_arguments", problems)
    return {**told(sent), "blocks": with_ids(sent["blocks"])}


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and every element has an id, and every text its marks."""
    filled: list[Json] = told(blocks)
    for _, each in walk(filled):
        each["block_id"] = each.get("block_id") or _made_up_id()
        for element in elements(each):
            element["action_id"] = element.get("action_id") or _made_up_id()
    return filled


def told(value: Any) -> Any:
    """A copy as Slack gives it back: without nulls, each text saying how it is read."""
    if isinstance(value, list):
        return [told(item) for item in value]
    if not isinstance(value, dict):
        return value
    marks = MARKS.get(str(value.get("type")), {})
    return {**marks, **{name: told(inner) for name, inner in value.items() if inner is not None}}


def text_length(value: object) -> int:
    """All characters people read in a piece of Block Kit."""
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(inner) if isinstance(inner, str) and name in ("text", "title", "caption") else
        text_length(inner)
        for name, inner in value.items()
    )  # fmt: skip


def _made_up_id() -> str:
    return secrets.token_urlsafe(4)[:5]


def _problems(blocks: list[Json], place: Place) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[place.surface]:
        yield place.problem(f"no more than {MOST_BLOCKS[place.surface]} items allowed")
        return
    sound = True
    for index, each in enumerate(blocks):
        for problem in block(each, place.at(index)):
            sound = False
            yield problem
    if sound:
        yield from _across(blocks, place)


def _across(blocks: list[Json], place: Place) -> Iterator[str]:
    """Rules between blocks: counts, and ids that must differ."""
    every = list(walk(blocks, place.pointer))
    if len(every) > MOST_BLOCKS[place.surface]:
        yield place.problem(f"no more than {MOST_BLOCKS[place.surface]} items allowed")
    if sum(len(each["text"]) for _, each in every if each["type"] == "markdown") > MOST_MARKDOWN:
        yield place.problem(f"markdown must be less than {MOST_MARKDOWN + 1} characters in all")
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    for pointer, each in every:
        here = Place(pointer, place.surface, place.file_ready)
        kinds[each["type"]] += 1
        if kinds[each["type"]] > MOST_OF.get(each["type"], len(every)):
            yield here.problem(f"only_{MOST_OF[each['type']]}_{each['type']}_allowed")
        if each.get("block_id") in seen:
            yield here.at("block_id").problem(f"block_id already exists: {each['block_id']}")
        seen |= {each["block_id"]} if each.get("block_id") else set()
        yield from _action_ids(each, here)


def _action_ids(each: Json, place: Place) -> Iterator[str]:
    ids = Counter(one["action_id"] for one in elements(each) if one.get("action_id"))
    for action_id, times in ids.items():
        if times > 1:
            yield place.problem(f"action_id already exists: {action_id}")


def _needs_submit(view: Json, place: Place) -> Iterator[str]:
    if not view.get("submit") and any(each["type"] == "input" for _, each in walk(view["blocks"])):
        yield place.problem("missing required field: submit")


_ANY_BLOCKS: Check = items(anything, 0, 100)
_VIEW = {"private_metadata": string(3000), "callback_id": ID, "external_id": ID}
MODAL_VIEW = Shape(
    {"type": choice("modal"), "title": plain(24), "blocks": _ANY_BLOCKS},
    {
        **_VIEW,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
HOME_VIEW = Shape({"type": choice("home"), "blocks": _ANY_BLOCKS}, _VIEW)
