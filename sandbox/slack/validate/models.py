"""The same blocks and views through `slack_sdk`'s own models: what they refuse or do not know."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from sandbox.slack.validate.finding import Problem
from sandbox.slack.wire import Json

UNKNOWN = {"data_table", "data_visualization", "layout"}  # slack_sdk 3.47 has no model for these

logging.getLogger("slack_sdk").addHandler(logging.NullHandler())


def model_problems(block: object, pointer: str) -> Iterator[Problem]:
    """What the library says of a block, and what of it the library would not send."""
    if not isinstance(block, dict) or str(block.get("type")) in UNKNOWN:
        return
    try:
        model = Block.parse(block)
        told = model.to_dict() if model else None
    except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
        yield pointer, f"slack_sdk refuses it: {error}"
        return
    if told is None:
        yield pointer, "slack_sdk does not know it"
    else:
        yield from _lost(block, told, pointer)


def view_model_problems(view: Json, pointer: str) -> Iterator[Problem]:
    """What the library says of a view without its blocks."""
    shell = {name: value for name, value in view.items() if name != "blocks"}
    blocks = view.get("blocks")
    known = (
        [b for b in blocks if isinstance(b, dict) and str(b.get("type")) not in UNKNOWN]
        if (isinstance(blocks, list))
        else []
    )
    try:
        told = View(**shell, blocks=known).to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
        yield pointer, f"slack_sdk refuses it: {error}"
        return
    yield from _lost({k: v for k, v in shell.items() if v not in ("", None)}, told, pointer)


def _lost(sent: object, told: object, pointer: str) -> Iterator[Problem]:
    """What was in it before the library read it and is not, or otherwise, after."""
    if isinstance(sent, dict) and isinstance(told, dict):
        for name, value in sent.items():
            if name in told:
                yield from _lost(value, told[name], f"{pointer}/{name}")
            elif value not in ([], {}):
                yield f"{pointer}/{name}", "slack_sdk would not send it"
    elif isinstance(sent, list) and isinstance(told, list) and len(sent) == len(told):
        for index, (one, other) in enumerate(zip(sent, told, strict=True)):
            yield from _lost(one, other, f"{pointer}/{index}")
    elif sent != told:
        yield pointer, "slack_sdk would send something else"
