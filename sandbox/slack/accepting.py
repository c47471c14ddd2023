"""Blocks and views as this workspace takes them, block types not switched on yet refused."""

from __future__ import annotations

from sandbox.slack.blocks.check import checked_message_blocks, checked_view
from sandbox.slack.blocks.walk import walk
from sandbox.slack.state import Slack
from sandbox.slack.wire import Json, refused_for


def accepted_blocks(slack: Slack, sent: object) -> list[Json]:
    """The blocks of a message with their ids filled in, or Slack's refusal."""
    blocks = checked_message_blocks(sent, slack.files.image_ready)
    _refuse_switched_off(slack, blocks, "/blocks", "invalid_blocks")
    return blocks


def accepted_view(slack: Slack, sent: object, surface: str) -> Json:
    """A view with its ids filled in, or Slack's refusal."""
    view = checked_view(sent, surface, slack.files.image_ready)
    _refuse_switched_off(slack, view["blocks"], "/view/blocks", "invalid_arguments")
    return view


def _refuse_switched_off(slack: Slack, blocks: list[Json], pointer: str, error: str) -> None:
    for where, block in walk(blocks, pointer):
        if slack.faults.take("refuse_block", block["type"], named=True):
            line = f"[ERROR] unsupported type: {block['type']} [json-pointer:{where}/type]"
            raise refused_for(error, [line])
