"""Walking blocks: every block, nested ones too, and the elements people can use in them."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.wire import Json


def children(block: Json) -> Iterator[tuple[str, Json]]:
    """The blocks directly inside a block, with the way to each."""
    for name in ("child_blocks", "tasks"):
        for index, child in enumerate(block.get(name) or []):
            yield f"{name}/{index}", child
    if block.get("type") == "carousel":
        for index, child in enumerate(block.get("elements") or []):
            yield f"elements/{index}", child
    for at, row in enumerate(block.get("rows") or [] if block.get("type") == "layout" else []):
        for column, item in enumerate(row.get("items") or []):
            for index, child in enumerate(item.get("blocks") or []):
                yield f"rows/{at}/items/{column}/blocks/{index}", child


def walk(blocks: list[Json], pointer: str = "/blocks") -> Iterator[tuple[str, Json]]:
    """Every block, outermost first, with its JSON pointer."""
    for index, block in enumerate(blocks):
        yield from _walk_one(block, f"{pointer}/{index}")


def _walk_one(block: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    yield pointer, block
    for way, child in children(block):
        yield from _walk_one(child, f"{pointer}/{way}")


def elements(block: Json) -> list[Json]:
    """The elements of one block that can carry an action."""
    found: list[Json] = []
    if block.get("accessory"):
        found.append(block["accessory"])
    if block.get("type") == "input":
        found.append(block["element"])
    if block.get("type") in ("actions", "context_actions"):
        found += block["elements"]
    if block.get("type") == "card":
        found += block.get("actions") or []
    return [element for element in found if element.get("type") != "image"]


def find(blocks: list[Json], action_id: str, block_id: str | None) -> tuple[Json, Json] | None:
    """The block and the element with these ids, wherever they are nested."""
    for _, block in walk(blocks):
        if block_id in (None, "", block.get("block_id")):
            for element in elements(block):
                if element.get("action_id") == action_id:
                    return block, element
    return None
