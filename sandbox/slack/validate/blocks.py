"""Each block type by itself: its surfaces, its fields, its limits, and what stands inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.validate.elements import element_problems
from sandbox.slack.validate.fields import field_problems
from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.parts import (
    ID,
    PLAIN_TEXT,
    image_problems,
    length_problems,
    list_problems,
    listed,
    object_problems,
    text_object_problems,
)
from sandbox.slack.validate.rich import rich_text_problems
from sandbox.slack.validate.tables import chart_problems, data_table_problems, table_problems
from sandbox.slack.wire import Json

MESSAGE, MODAL, HOME = "message", "modal", "home"


@dataclass(frozen=True, slots=True)
class Rule:
    """The surfaces a block stands on (M, V, H), the fields it must have, and may have."""

    surfaces: str
    needs: str = ""
    takes: str = ""


_TASK = "details output sources status"
BLOCKS = {
    "section": Rule("MVH", "", "text fields accessory expand"),
    "actions": Rule("MVH", "elements"),
    "context": Rule("MVH", "elements"),
    "divider": Rule("MVH"),
    "header": Rule("MVH", "text", "level"),
    "image": Rule("MVH", "", "alt_text image_url slack_file title"),
    "input": Rule("MVH", "label element", "hint optional dispatch_action"),
    "rich_text": Rule("MVH", "elements"),
    "markdown": Rule("M", "text"),
    "table": Rule("MH", "rows", "column_settings"),
    "data_table": Rule("MH", "rows caption", "page_size row_header_column_index"),
    "data_visualization": Rule("M", "title chart"),
    "context_actions": Rule("M", "elements"),
    "task_card": Rule("M", "task_id title", _TASK),
    "plan": Rule("M", "title", "tasks"),
    "alert": Rule("V", "text", "level"),
    "card": Rule("MH", "", "hero_image icon title subtitle body actions"),
    "carousel": Rule("MH", "elements"),
    "container": Rule(
        "M",
        "child_blocks",
        "title rich_text_title subtitle width icon is_collapsible default_collapsed "
        "has_header_divider",
    ),
    "layout": Rule("M", "label rows fallback", "is_label_visible grid_lines"),
}
LETTER = {MESSAGE: "M", MODAL: "V", HOME: "H"}
LEVELS = ("default", "info", "warning", "error", "success")


def block_problems(value: object, pointer: str, surface: str) -> Iterator[Problem]:
    """Everything wrong with one block on its surface, and with the blocks inside it."""
    if not isinstance(value, dict):
        yield pointer, "is not an object"
        return
    kind = str(value.get("type"))
    rule = BLOCKS.get(kind)
    if rule is None or LETTER[surface] not in rule.surfaces:
        yield f"{pointer}/type", f"{kind} does not stand in a {surface}"
        return
    yield from object_problems(value, pointer, rule.needs, f"{rule.takes} block_id")
    if "block_id" in value:
        yield from length_problems(value["block_id"], f"{pointer}/block_id", ID)
    if kind == "input" and _kind(value.get("element")) == "file_input" and surface != MODAL:
        yield f"{pointer}/element", "file_input stands in a modal only"
    yield from field_problems(value, pointer)
    yield from _own_problems(kind, value, pointer)
    for way, child in children(value):
        yield from block_problems(child, f"{pointer}/{way}", surface)


def children(block: Json) -> Iterator[tuple[str, object]]:
    """The blocks inside a block, each with the way to it."""
    for name in ("child_blocks", "tasks", "fallback"):
        for index, child in enumerate(listed(block.get(name))):
            yield f"{name}/{index}", child
    if block.get("type") == "carousel":
        for index, child in enumerate(listed(block.get("elements"))):
            yield f"elements/{index}", child
    if block.get("type") == "layout":
        for at, row in enumerate(listed(block.get("rows"))):
            for column, item in enumerate(listed(row.get("items") if isinstance(row, dict) else 0)):
                inside = item.get("blocks") if isinstance(item, dict) else 0
                for index, child in enumerate(listed(inside)):
                    yield f"rows/{at}/items/{column}/blocks/{index}", child


def _own_problems(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    match kind:
        case "section":
            yield from _section(value, pointer)
        case "actions" | "context_actions" | "context":
            yield from _elements(kind, value, pointer)
        case "header":
            yield from text_object_problems(value.get("text"), f"{pointer}/text", 150, PLAIN_TEXT)
        case "image":
            yield from _picture(value, pointer)
        case "input":
            yield from _input(value, pointer)
        case "markdown":
            yield from length_problems(value.get("text"), f"{pointer}/text", 12_000)
        case "table":
            yield from table_problems(value, pointer)
        case "data_table":
            yield from data_table_problems(value, pointer)
        case "data_visualization":
            yield from chart_problems(value, pointer)
        case _:
            yield from _rare(kind, value, pointer)


def _section(value: Json, pointer: str) -> Iterator[Problem]:
    if not value.get("text") and not value.get("fields"):
        yield pointer, "has neither text nor fields"
    if "text" in value:
        yield from text_object_problems(value["text"], f"{pointer}/text", 3000)
    if "fields" in value:
        yield from list_problems(value["fields"], f"{pointer}/fields", 10)
    for index, field in enumerate(listed(value.get("fields"))):
        yield from text_object_problems(field, f"{pointer}/fields/{index}", 2000)
    if "accessory" in value:
        yield from element_problems(value["accessory"], f"{pointer}/accessory", "section")


def _elements(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    most = {"actions": 25, "context_actions": 5, "context": 10}[kind]
    elements = listed(value.get("elements"))
    yield from list_problems(value.get("elements"), f"{pointer}/elements", most)
    for index, element in enumerate(elements):
        place = f"{pointer}/elements/{index}"
        if kind == "context" and _kind(element) != "image":
            yield from text_object_problems(element, place, 3000)
        else:
            yield from element_problems(element, place, kind)
    first = [e for e in elements if isinstance(e, dict) and e.get("style") == "primary"]
    if len(first) > 1:
        yield f"{pointer}/elements", f"has {len(first)} primary buttons; one a row"


def _input(value: Json, pointer: str) -> Iterator[Problem]:
    yield from text_object_problems(value.get("label"), f"{pointer}/label", 2000, PLAIN_TEXT)
    yield from element_problems(value.get("element"), f"{pointer}/element", "input")
    if "hint" in value:
        yield from text_object_problems(value["hint"], f"{pointer}/hint", 2000, PLAIN_TEXT)


def _picture(value: Json, pointer: str) -> Iterator[Problem]:
    yield from image_problems(value, pointer)
    if "title" in value:
        yield from text_object_problems(value["title"], f"{pointer}/title", 2000, PLAIN_TEXT)


def _rare(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    match kind:
        case "rich_text":
            yield from rich_text_problems(value, pointer)
        case "card":
            yield from _card(value, pointer)
        case "carousel":
            yield from list_problems(value.get("elements"), f"{pointer}/elements", 10)
        case "container":
            yield from _headings(value, pointer)
            yield from list_problems(value.get("child_blocks"), f"{pointer}/child_blocks", 10)
            if not value.get("title") and not value.get("rich_text_title"):
                yield pointer, "has neither title nor rich_text_title"
        case "alert":
            yield from text_object_problems(value.get("text"), f"{pointer}/text", 3000)
            if value.get("level", "default") not in LEVELS:
                yield f"{pointer}/level", f"{value['level']} is no level"
        case "layout":
            yield from _layout(value, pointer)
        case "plan" | "task_card":
            yield from _progress(kind, value, pointer)


def _headings(value: Json, pointer: str) -> Iterator[Problem]:
    for name, most in (("title", 150), ("subtitle", 150), ("body", 200)):
        if name in value:
            yield from text_object_problems(value[name], f"{pointer}/{name}", most)


def _card(value: Json, pointer: str) -> Iterator[Problem]:
    yield from _headings(value, pointer)
    if not value.keys() & {"hero_image", "title", "actions", "body"}:
        yield pointer, "is an empty card"
    if "actions" in value:
        yield from list_problems(value["actions"], f"{pointer}/actions", 5)
    for index, element in enumerate(listed(value.get("actions"))):
        yield from element_problems(element, f"{pointer}/actions/{index}", "card")


def _layout(value: Json, pointer: str) -> Iterator[Problem]:
    yield from length_problems(value.get("label"), f"{pointer}/label", 150)
    yield from list_problems(value.get("rows"), f"{pointer}/rows", 5)
    yield from list_problems(value.get("fallback"), f"{pointer}/fallback", 50)
    for at, row in enumerate(listed(value.get("rows"))):
        place = f"{pointer}/rows/{at}"
        yield from object_problems(row, place, "items")
        items = row.get("items") if isinstance(row, dict) else None
        yield from list_problems(items, f"{place}/items", 10)
        for index, item in enumerate(listed(items)):
            here = f"{place}/items/{index}"
            yield from object_problems(item, here, "blocks", "width align")
            inside = item.get("blocks") if isinstance(item, dict) else None
            yield from list_problems(inside, f"{here}/blocks", 50)


def _progress(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    yield from length_problems(value.get("title"), f"{pointer}/title", 3000)
    if kind == "task_card":
        yield from length_problems(value.get("task_id"), f"{pointer}/task_id", ID)
    if "tasks" in value:
        yield from list_problems(value["tasks"], f"{pointer}/tasks", 50, 0)
    for name in ("details", "output"):
        if name in value:
            yield from rich_text_problems(value[name], f"{pointer}/{name}")


def _kind(value: object) -> str:
    return str(value.get("type")) if isinstance(value, dict) else ""
