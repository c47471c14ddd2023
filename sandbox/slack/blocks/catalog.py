"""Every block type, its fields, and the surfaces it may stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.slack.blocks.charts import DATA_VISUALIZATION
from sandbox.slack.blocks.elements import (
    IN_ACTIONS,
    IN_CARD,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.slack.blocks.rich import RICH_TEXT
from sandbox.slack.blocks.shape import (
    Check,
    Place,
    Shape,
    boolean,
    choice,
    items,
    one_of,
    string,
)
from sandbox.slack.blocks.tables import DATA_TABLE, TABLE
from sandbox.slack.blocks.texts import ID, IMAGE, plain, text
from sandbox.slack.wire import Json

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset({MESSAGE, MODAL, HOME})
BLOCK = {"block_id": ID}


def _at_least_one(*names: str) -> Check:
    def rule(value: object, place: Place) -> Iterator[str]:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            yield place.problem(f"must provide at least one of {', '.join(names)}")

    return rule


def _file_input_in_modals(value: Json, place: Place) -> Iterator[str]:
    if value["element"]["type"] == "file_input" and place.surface != MODAL:
        yield place.at("element").problem("file_input is only allowed in modals")


def _children(value: object, place: Place) -> Iterator[str]:
    yield from block(value, place)


def _collapse_rules(value: Json, place: Place) -> Iterator[str]:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield place.problem("default_collapsed requires is_collapsible")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        yield place.problem("has_header_divider is not allowed when is_collapsible")


CARD = Shape(
    {},
    {
        **BLOCK,
        "hero_image": one_of({"image": IMAGE}),
        "icon": one_of({"image": IMAGE}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": items(one_of(IN_CARD), 1, 5),
    },
    (_at_least_one("hero_image", "title", "actions", "body"),),
)
TASK = Shape(
    {"task_id": string(255, 1), "title": string(3000, 1)},
    {
        **BLOCK,
        "status": choice("pending", "in_progress", "complete", "error"),
        "details": one_of({"rich_text": RICH_TEXT}),
        "output": one_of({"rich_text": RICH_TEXT}),
        "sources": items(
            one_of({"url": Shape({"url": string(3000, 1), "text": string(3000)})}), 0, 100
        ),
    },
)
LAYOUT_ITEM = Shape(
    {"blocks": items(_children, 1, 50)},
    {"width": choice("narrow", "standard", "wide"), "align": string(50)},
)

BLOCKS: Mapping[str, tuple[Check, frozenset[str]]] = {
    "section": (
        Shape(
            {},
            {
                **BLOCK,
                "text": text(3000),
                "fields": items(text(2000), 1, 10),
                "accessory": one_of(IN_SECTION),
                "expand": boolean,
            },
            (_at_least_one("text", "fields"),),
        ),
        EVERYWHERE,
    ),
    "actions": (Shape({"elements": items(one_of(IN_ACTIONS), 1, 25)}, BLOCK), EVERYWHERE),
    "context": (
        Shape(
            {
                "elements": items(
                    one_of(
                        {
                            "image": IMAGE,
                            "plain_text": text(3000),
                            "mrkdwn": text(3000),
                        }
                    ),
                    1,
                    10,
                )
            },
            BLOCK,
        ),
        EVERYWHERE,
    ),
    "divider": (Shape({}, BLOCK), EVERYWHERE),
    "header": (Shape({"text": plain(150)}, BLOCK), EVERYWHERE),
    "image": (
        Shape(IMAGE.required, {**IMAGE.optional, **BLOCK, "title": plain(2000)}, IMAGE.rules),
        EVERYWHERE,
    ),
    "input": (
        Shape(
            {"label": plain(2000), "element": one_of(IN_INPUT)},
            {**BLOCK, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
            (_file_input_in_modals,),
        ),
        EVERYWHERE,
    ),
    "rich_text": (RICH_TEXT, EVERYWHERE),
    "video": (
        Shape(
            {
                "alt_text": string(2000),
                "title": plain(200),
                "thumbnail_url": string(3000, 1),
                "video_url": string(3000, 1),
            },
            {
                **BLOCK,
                "title_url": string(3000),
                "description": plain(200),
                "provider_icon_url": string(3000),
                "provider_name": string(255),
                "author_name": string(50),
            },
        ),
        EVERYWHERE,
    ),
    "markdown": (Shape({"text": string(12_000, 1)}, BLOCK), frozenset({MESSAGE})),
    "table": (TABLE, frozenset({MESSAGE, HOME})),
    "data_table": (DATA_TABLE, frozenset({MESSAGE, HOME})),
    "data_visualization": (DATA_VISUALIZATION, frozenset({MESSAGE})),
    "context_actions": (
        Shape({"elements": items(one_of(IN_CONTEXT_ACTIONS), 1, 5)}, BLOCK),
        frozenset({MESSAGE}),
    ),
    "task_card": (TASK, frozenset({MESSAGE})),
    "plan": (
        Shape(
            {"title": string(3000, 1)},
            {**BLOCK, "tasks": items(one_of({"task_card": TASK}), 0, 50)},
        ),
        frozenset({MESSAGE}),
    ),
    "alert": (
        Shape(
            {"text": text(3000)},
            {**BLOCK, "level": choice("default", "info", "warning", "error", "success")},
        ),
        frozenset({MODAL}),
    ),
    "card": (CARD, frozenset({MESSAGE, HOME})),
    "carousel": (
        Shape({"elements": items(one_of({"card": CARD}), 1, 10)}, BLOCK),
        frozenset({MESSAGE, HOME}),
    ),
    "container": (
        Shape(
            {"child_blocks": items(_children, 1, 10)},
            {
                **BLOCK,
                "title": plain(150),
                "rich_text_title": one_of({"rich_text": RICH_TEXT}),
                "subtitle": text(150),
                "width": choice("narrow", "standard", "wide", "full"),
                "icon": one_of({"image": IMAGE}),
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            (_at_least_one("title", "rich_text_title"), _collapse_rules),
        ),
        frozenset({MESSAGE}),
    ),
    "layout": (
        Shape(
            {
                "label": string(150, 1),
                "rows": items(Shape({"items": items(LAYOUT_ITEM, 1, 10)}), 1, 5),
            },
            {
                **BLOCK,
                "is_label_visible": boolean,
                "grid_lines": choice("none", "rows", "outer"),
                "fallback": items(_children, 0, 50),
            },
        ),
        EVERYWHERE,
    ),
}


def block(value: object, place: Place) -> Iterator[str]:
    """Everything wrong with one block on its surface, its children included."""
    if not isinstance(value, dict):
        yield place.problem("must provide an object")
        return
    check, surfaces = BLOCKS.get(str(value.get("type")), (None, frozenset()))
    if check is None or place.surface not in surfaces:
        yield place.at("type").problem(f"unsupported type: {value.get('type')}")
        return
    yield from check(value, place)
