"""How much a message, a window or a Home holds, and what is left of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.messages.words import Block

MOST_TABLES, MOST_CHARTS = 1, 2

# What nobody reads in a block: names of things, and what comes back with a tap.
_UNREAD = {"type", "block_id", "action_id", "value", "style", "align", "id"}


@dataclass(frozen=True, slots=True)
class Surface:
    """What one place of Slack's takes: so many blocks, so much in them, and which kinds.

    `size` is in characters people read, in a view in bytes of JSON, of which a character may need
    `width`. `options` is how much the options of one list may take of it, `phone` how many letters
    of fixed width a phone shows there side by side.
    """

    blocks: int
    size: int
    width: int
    options: int
    phone: int
    kinds: frozenset[str]

    def weigh(self, blocks: Sequence[Block]) -> int:
        """How much of `size` these blocks take."""
        if self.width == 1:
            return sum(characters(block) for block in blocks)
        return sum(len(json.dumps(block)) + 40 for block in blocks)  # and the id it will have

    def without(self, refused: Collection[str]) -> Surface:
        """The same where some kinds of blocks are not taken."""
        return replace(self, kinds=self.kinds - set(refused))


# A message is refused near 13,000 characters; a view at 250 kB, its own fields included.
MESSAGE = Surface(
    50, 9900, 1, 2000, 40, frozenset({"table", "data_table", "data_visualization", "image"})
)
MODAL = Surface(100, 230_000, 12, 40_000, 44, frozenset({"image"}))
HOME = Surface(100, 230_000, 12, 40_000, 44, frozenset({"table", "data_table", "image"}))


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of a surface, and the files of pictures that may stand on it."""

    surface: Surface
    blocks: int
    size: int
    files: Mapping[str, str]
    tables: int = MOST_TABLES
    charts: int = MOST_CHARTS
    named: bool = False  # several tables stand here, so each says its name

    @property
    def characters(self) -> int:
        """How many characters fit, whichever they are."""
        return max(0, self.size) // self.surface.width

    def takes(self, kind: str) -> bool:
        """Whether a block of this kind may still stand here."""
        left = {"table": self.tables, "data_visualization": self.charts}
        return kind in self.surface.kinds and left.get(kind, 1) > 0

    def holds(self, blocks: Sequence[Block]) -> bool:
        """Whether these blocks fit."""
        return len(blocks) <= self.blocks and self.surface.weigh(blocks) <= self.size

    def less(self, blocks: Sequence[Block]) -> Room:
        """What is left beside these blocks."""
        kinds = [block["type"] for block in blocks]
        return replace(
            self,
            blocks=self.blocks - len(blocks),
            size=self.size - self.surface.weigh(blocks),
            tables=self.tables - kinds.count("table"),
            charts=self.charts - kinds.count("data_visualization"),
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The blocks of a part, in a few words what of it found no room, and a table's rows unseen."""

    blocks: tuple[Block, ...] = ()
    missing: tuple[str, ...] = ()
    hidden: int = 0


def characters(value: object) -> int:
    """All characters people read in a piece of Block Kit."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(characters, value))
    if isinstance(value, dict):
        return sum(characters(inner) for name, inner in value.items() if name not in _UNREAD)
    return 0
