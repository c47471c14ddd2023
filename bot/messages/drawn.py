"""A message drawn for Slack once, with what is said instead where Slack refuses a kind of block."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.messages.message import Message
from bot.messages.render import SIMPLE, blocks_of, plain_blocks_of, text_of, without
from bot.messages.words import Block
from bot.store.said import Body


@dataclass(frozen=True, slots=True)
class Drawn:
    """The notification, the blocks, the same without one kind each, and the plainest of all."""

    text: str
    blocks: list[Block]
    less: Mapping[str, list[Block]]
    plain: list[Block]

    def blocks_without(self, kinds: Collection[str]) -> list[Block]:
        """The blocks, with those of these kinds replaced by simpler ones."""
        missing = kinds_of(self.blocks) & set(kinds)
        if not missing:
            return self.blocks
        return self.less[missing.pop()] if len(missing) == 1 else self.plain


def body_of(message: Message, files: Mapping[str, str]) -> Body:
    """The message as the store keeps it until Slack has it; equal messages have equal hashes."""
    blocks = blocks_of(message, files)
    drawn = {
        "text": text_of(message),
        "blocks": blocks,
        "less": {kind: without(message, {kind}, files) for kind in sorted(kinds_of(blocks))},
        "plain": plain_blocks_of(message, files),
    }
    return Body(json.dumps(drawn), hash_of(message, files))


def hash_of(message: Message, files: Mapping[str, str]) -> str:
    """What says whether two messages look alike."""
    said = json.dumps([text_of(message), blocks_of(message, files)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def drawn_from(body: str) -> Drawn:
    """What `body_of` kept."""
    raw = json.loads(body)
    return Drawn(raw["text"], raw["blocks"], raw["less"], raw["plain"])


def kinds_of(blocks: list[Block]) -> set[str]:
    """The kinds among these blocks that a workspace might not take."""
    return {block["type"] for block in blocks} & set(SIMPLE)
