"""A message, a modal or a Home as a whole: how much it holds, and that its ids are its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from sandbox.slack.validate.blocks import HOME, MESSAGE, MODAL, block_problems, children
from sandbox.slack.validate.elements import AN_AMOUNT
from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.models import model_problems, view_model_problems
from sandbox.slack.validate.parts import (
    PLAIN_TEXT,
    length_problems,
    list_problems,
    listed,
    text_object_problems,
)
from sandbox.slack.validate.texts import said_in, text_problems
from sandbox.slack.wire import Json

MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MOST_TEXT, MOST_MARKDOWN, MOST_VIEW = 10_000, 12_000, 250_000
MOST_OF = {"table": 1, "plan": 1, "data_visualization": 2}
VIEW_FIELDS = {
    MODAL: "title blocks submit close callback_id private_metadata external_id clear_on_close "
    "notify_on_close submit_disabled",
    HOME: "blocks callback_id private_metadata external_id",
}


def blocks_problems(blocks: object, pointer: str, surface: str) -> Iterator[Problem]:
    """The blocks of a message or view: each by itself, then all together."""
    yield from list_problems(blocks, pointer, MOST_BLOCKS[surface])
    for index, block in enumerate(listed(blocks)):
        yield from block_problems(block, f"{pointer}/{index}", surface)
        yield from model_problems(block, f"{pointer}/{index}")
    for said in said_in(blocks, pointer):
        yield from text_problems(said)
    yield from _id_problems(blocks, pointer)
    yield from _label_problems(blocks, pointer)
    if surface == MESSAGE:
        yield from _amount_problems(blocks, pointer)


def _amount_problems(blocks: object, pointer: str) -> Iterator[Problem]:
    """How much text, and how many of what Slack takes few of."""
    characters = sum(len(said.text) for said in said_in(blocks, ""))
    if characters > MOST_TEXT:
        yield pointer, f"has {characters:,} characters of text; stay below {MOST_TEXT:,}"
    held = [block for _, block in _walk(blocks, pointer)]
    markdown = sum(len(str(b.get("text"))) for b in held if b.get("type") == "markdown")
    if markdown > MOST_MARKDOWN:
        yield pointer, f"has {markdown:,} characters of markdown, more than {MOST_MARKDOWN:,}"
    kinds = Counter(str(block.get("type")) for block in held)
    for kind, most in MOST_OF.items():
        if kinds[kind] > most:
            yield pointer, f"has {kinds[kind]} blocks of type {kind}; {most} allowed"


def _id_problems(blocks: object, pointer: str) -> Iterator[Problem]:
    """`block_id` once in all, `action_id` once in its block."""
    seen: set[str] = set()
    for place, block in _walk(blocks, pointer):
        own = block.get("block_id")
        if own in seen:
            yield f"{place}/block_id", f"“{own}” is another block's too"
        if isinstance(own, str):
            seen.add(own)
        actions = Counter(str(element.get("action_id")) for _, element in elements_of(block, ""))
        for action, many in actions.items():
            if many > 1 and action != "None":
                yield place, f"has {many} elements with the action_id “{action}”"


def _label_problems(blocks: object, pointer: str) -> Iterator[Problem]:
    """Buttons that look alike and do different things are told apart for who cannot see them."""
    alike: dict[str, set[str]] = {}
    for place, block in _walk(blocks, pointer):
        for way, element in elements_of(block, place):
            if element.get("type") == "button" and isinstance(element.get("text"), dict):
                label = element.get("accessibility_label") or element["text"].get("text")
                does = f"{element.get('action_id')} {element.get('value')}"
                alike.setdefault(str(label), set()).add(does)
                if len(alike[str(label)]) == 2:
                    yield way, f"“{label}” is another button's name too: give accessibility_label"


def elements_of(block: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    """What can be tapped or typed into, straight in a block."""
    found: list[tuple[str, object]] = [
        (f"{pointer}/accessory", block.get("accessory")),
        (f"{pointer}/element", block.get("element")),
    ]
    for name in ("elements", "actions"):
        if block.get("type") in {"actions", "context_actions", "card"}:
            found += [(f"{pointer}/{name}/{i}", e) for i, e in enumerate(listed(block.get(name)))]
    yield from ((place, element) for place, element in found if isinstance(element, dict))


def _walk(blocks: object, pointer: str) -> Iterator[tuple[str, Json]]:
    for index, block in enumerate(listed(blocks)):
        yield from _walk_one(block, f"{pointer}/{index}")


def _walk_one(block: object, pointer: str) -> Iterator[tuple[str, Json]]:
    if isinstance(block, dict):
        yield pointer, block
        for way, child in children(block):
            if not way.startswith("fallback"):
                yield from _walk_one(child, f"{pointer}/{way}")


def view_problems(view: object, pointer: str = "/view") -> Iterator[Problem]:
    """A modal or a Home."""
    if not isinstance(view, dict) or view.get("type") not in {MODAL, HOME}:
        yield pointer, "is neither a modal nor a home"
        return
    surface = str(view["type"])
    if len(json.dumps(view).encode()) > MOST_VIEW:
        yield pointer, "is larger than 250 kB"
    for name in view.keys() - {"type"} - set(VIEW_FIELDS[surface].split()):
        yield f"{pointer}/{name}", f"is no field of a {surface}"
    for name, most in (("callback_id", 255), ("external_id", 255), ("private_metadata", 3000)):
        if name in view:
            yield from length_problems(view[name], f"{pointer}/{name}", most, 0)
    if AN_AMOUNT.search(str(view.get("private_metadata", ""))):
        yield f"{pointer}/private_metadata", "carries more than an id"
    if surface == MODAL:
        yield from _modal_problems(view, pointer)
    yield from view_model_problems(view, pointer)
    yield from blocks_problems(view.get("blocks"), f"{pointer}/blocks", surface)


def _modal_problems(view: Json, pointer: str) -> Iterator[Problem]:
    for name in ("title", "submit", "close"):
        if name in view or name == "title":
            yield from text_object_problems(view.get(name), f"{pointer}/{name}", 24, PLAIN_TEXT)
    asks = any(b.get("type") == "input" for _, b in _walk(view.get("blocks"), ""))
    if asks and "submit" not in view:
        yield f"{pointer}/submit", "is missing, and there is something to type"
