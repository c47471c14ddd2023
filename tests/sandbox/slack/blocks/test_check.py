"""What Slack refuses, one limit at a time, and where it says the problem is."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.slack.blocks.check import checked_message_blocks, checked_view
from sandbox.slack.wire import Refused

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "June", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Approve"), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def cells(*texts: str) -> list[Json]:
    return [{"type": "raw_text", "text": text} for text in texts]


def series(name: str, *values: float) -> Json:
    data = [{"label": f"m{n}", "value": value} for n, value in enumerate(values)]
    return {"name": name, "data": data}


def chart(kind: str = "line", *plotted: Json, **axis: Any) -> Json:
    categories = [point["label"] for point in plotted[0]["data"]]
    config = {"categories": categories, **axis}
    return {
        "type": "data_visualization",
        "title": "Revenue",
        "chart": {"type": kind, "series": list(plotted), "axis_config": config},
    }


def pie(*values: float) -> Json:
    segments = [{"label": f"s{n}", "value": value} for n, value in enumerate(values)]
    return {"type": "data_visualization", "title": "Mix",
            "chart": {"type": "pie", "segments": segments}}  # fmt: skip


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Bridge"), "child_blocks": list(children), **more}


def input_block(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Amount"), "element": element, **more}


def refusal(blocks: object) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as refused:
        checked_message_blocks(blocks, lambda file: file == "F0READY000")
    metadata = refused.value.extra.get("response_metadata", {"messages": []})
    return refused.value.error, metadata["messages"]


def pointer_of(*blocks: Json) -> str:
    error, messages = refusal(list(blocks))
    assert error == "invalid_blocks"
    assert len(messages) == 1, messages
    return messages[0].partition("[json-pointer:")[2].rstrip("]")


TABLE = {"type": "table", "rows": [cells("Account", "Amount"), cells("4000", "(1,200.00)")]}
DATA_TABLE = {"type": "data_table", "caption": "Lines", "rows": TABLE["rows"]}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "ties out", "style": {"bold": True}}],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "user", "user_id": "U02BEN"}],
                }
            ],
        },
    ],
}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "Revenue rises"}
CARD = {"type": "card", "title": mrkdwn("Bill 17"), "body": mrkdwn("Due"), "actions": [button()]}

GOOD = {
    "section": section(fields=[mrkdwn("*Actual*"), mrkdwn("1,200.00")], accessory=button()),
    "actions": actions(
        button(style="primary", value="PRP-1", url="https://example.com"),
        {"type": "static_select", "options": options(3), "placeholder": plain("Scenario")},
        {"type": "overflow", "options": options(5)},
        {"type": "datepicker", "initial_date": "2025-07-01"},
    ),
    "context": {"type": "context", "elements": [mrkdwn("as of 1 Jul"), IMAGE]},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain("Revenue forecast v13")},
    "image": {**IMAGE, "title": plain("Revenue")},
    "slack file": {"type": "image", "slack_file": {"id": "F0READY000"}, "alt_text": "Revenue"},
    "input": input_block({"type": "plain_text_input"}, optional=True, hint=plain("A reason")),
    "markdown": {"type": "markdown", "text": "**Revenue** is up"},
    "rich text": RICH,
    "table": {**TABLE, "column_settings": [{"align": "left"}, {"align": "right"}]},
    "data table": {**DATA_TABLE, "page_size": 10, "row_header_column_index": 1},
    "number cells": {
        "type": "data_table",
        "caption": "Lines",
        "rows": [cells("Amount"), [{"type": "raw_number", "value": 12.5, "text": "12.50"}]],
    },
    "line": chart("line", series("Actual", 1, 2), series("Budget", 2, 2), y_label="USD k"),
    "bar": chart("bar", series("Actual", -1, 2)),
    "area": chart("area", series("Cash", 3, 4)),
    "pie": pie(1, 2, 3),
    "container": container(section(), actions(button()), width="wide", is_collapsible=True),
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD, CARD]},
    "context actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Remove")},
        ],
    },
    "plan": {
        "type": "plan",
        "title": "Reading",
        "tasks": [{"type": "task_card", "task_id": "1", "title": "GL", "status": "complete"}],
    },
    "layout": {
        "type": "layout",
        "label": "KPIs",
        "rows": [{"items": [{"blocks": [section()]}, {"blocks": [section()], "width": "narrow"}]}],
        "fallback": [section()],
    },
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_every_kind_of_block_is_taken_in_a_message(block: Json) -> None:
    assert checked_message_blocks([block], lambda _: True)


LONG = {
    "section text over 3,000": (section("x" * 3001), "/blocks/0/text/text"),
    "an empty section text": (section(""), "/blocks/0/text/text"),
    "neither text nor fields": ({"type": "section"}, "/blocks/0"),
    "eleven fields": (section(fields=[mrkdwn("x")] * 11), "/blocks/0/fields"),
    "a field over 2,000": (section(fields=[mrkdwn("x" * 2001)]), "/blocks/0/fields/0/text"),
    "a header over 150": ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    "a header in mrkdwn": ({"type": "header", "text": mrkdwn("x")}, "/blocks/0/text/type"),
    "eleven in a context": (
        {"type": "context", "elements": [mrkdwn("x")] * 11}, "/blocks/0/elements"),
    "twenty-six actions": (actions(*[button()] * 26), "/blocks/0/elements"),
    "no actions at all": (actions(), "/blocks/0/elements"),
    "a button text over 75": (
        actions(button(text=plain("x" * 76))), "/blocks/0/elements/0/text/text"),
    "a button value over 2,000": (
        actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    "a button style of its own": (actions(button(style="blue")), "/blocks/0/elements/0/style"),
    "an action_id over 255": (
        actions(button(action_id="x" * 256)), "/blocks/0/elements/0/action_id"),
    "a block_id over 255": (section(block_id="x" * 256), "/blocks/0/block_id"),
    "a confirm text over 300": (
        actions(button(confirm={"title": plain("Sure"), "text": plain("x" * 301),
                                "confirm": plain("Yes"), "deny": plain("No")})),
        "/blocks/0/elements/0/confirm/text/text"),
    "101 options": (
        actions({"type": "static_select", "options": options(101)}),
        "/blocks/0/elements/0/options"),
    "six in an overflow": (
        actions({"type": "overflow", "options": options(6)}), "/blocks/0/elements/0/options"),
    "eleven checkboxes": (
        actions({"type": "checkboxes", "options": options(11)}), "/blocks/0/elements/0/options"),
    "an initial option that is not offered": (
        actions({"type": "static_select", "options": options(2), "initial_option": options(3)[2]}),
        "/blocks/0/elements/0"),
    "an option value over 150": (
        actions({"type": "overflow", "options": [{"text": plain("x"), "value": "x" * 151}]}),
        "/blocks/0/elements/0/options/0/value"),
    "an image without alt text": (
        {"type": "image", "image_url": "https://example.com/a.png"}, "/blocks/0"),
    "a file that is not ready": (
        {"type": "image", "slack_file": {"id": "F0LATER000"}, "alt_text": "x"},
        "/blocks/0/slack_file"),
    "an unknown block": ({"type": "sparkline"}, "/blocks/0/type"),
    "an unknown field": (section(colour="red"), "/blocks/0"),
    "an input in an actions block": (
        actions({"type": "plain_text_input"}), "/blocks/0/elements/0/type"),
    "a label over 2,000": (
        input_block({"type": "plain_text_input"}, label=plain("x" * 2001)),
        "/blocks/0/label/text"),
    "a file input outside a modal": (
        input_block({"type": "file_input"}), "/blocks/0/element"),
    "an alert outside a modal": ({"type": "alert", "text": plain("x")}, "/blocks/0/type"),
    "markdown over 12,000": ({"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text"),
    "an empty cell": ({"type": "table", "rows": [cells("")]}, "/blocks/0/rows/0/0/text"),
    "21 columns": ({"type": "table", "rows": [cells(*["x"] * 21)]}, "/blocks/0/rows/0"),
    "101 rows": ({"type": "table", "rows": [cells("x")] * 101}, "/blocks/0/rows"),
    "cells over 10,000 characters": (
        {"type": "table", "rows": [cells("x" * 5001), cells("x" * 5000)]}, "/blocks/0/rows"),
    "rows of unlike length": (
        {**DATA_TABLE, "rows": [cells("a", "b"), cells("c")]}, "/blocks/0/rows/1"),
    "a header row alone": ({**DATA_TABLE, "rows": [cells("a")]}, "/blocks/0/rows"),
    "no caption": (
        {"type": "data_table", "rows": DATA_TABLE["rows"]}, "/blocks/0"),
    "a rich header": (
        {**DATA_TABLE, "rows": [[RICH], cells("x")]}, "/blocks/0/rows/0/0"),
    "a page of 101": ({**DATA_TABLE, "page_size": 101}, "/blocks/0/page_size"),
    "a chart title over 50": ({**pie(1), "title": "x" * 51}, "/blocks/0/title"),
    "seven series": (
        chart("bar", *(series(f"s{n}", 1) for n in range(7))), "/blocks/0/chart/series"),
    "21 categories": (
        {**chart("line", series("a", *range(20))),
         "chart": {"type": "line", "series": [series("a", *range(20))],
                   "axis_config": {"categories": [f"m{n}" for n in range(21)]}}},
        "/blocks/0/chart/axis_config/categories"),
    "a series with a missing point": (
        chart("line", series("a", 1, 2), series("b", 1)), "/blocks/0/chart/series/1/data"),
    "a negative slice": (pie(1, -2), "/blocks/0/chart/segments/1/value"),
    "a container of eleven": (container(*[section()] * 11), "/blocks/0/child_blocks"),
    "a container without a title": (
        {"type": "container", "child_blocks": [section()]}, "/blocks/0"),
    "a problem inside a container": (
        container(section(), section("x" * 3001)), "/blocks/0/child_blocks/1/text/text"),
    "a card body over 200": ({**CARD, "body": mrkdwn("x" * 201)}, "/blocks/0/body/text"),
    "eleven cards": (
        {"type": "carousel", "elements": [CARD] * 11}, "/blocks/0/elements"),
    "a layout without a label": (
        {"type": "layout", "rows": [{"items": [{"blocks": [section()]}]}]}, "/blocks/0"),
    "an emoji bag in rich text": (
        {"type": "rich_text", "elements": [{"type": "rich_text_section",
                                            "elements": [{"type": "sticker"}]}]},
        "/blocks/0/elements/0/elements/0/type"),
}  # fmt: skip


@pytest.mark.parametrize(("block", "pointer"), LONG.values(), ids=LONG.keys())
def test_a_block_outside_its_limits_is_refused_where_it_is_wrong(block: Json, pointer: str) -> None:
    assert pointer_of(block) == pointer


def test_fifty_blocks_are_taken_and_fifty_one_are_not() -> None:
    assert len(checked_message_blocks([{"type": "divider"}] * 50, lambda _: True)) == 50
    error, messages = refusal([{"type": "divider"}] * 51)
    assert (error, messages) == (
        "invalid_blocks",
        ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"],
    )


def test_blocks_inside_blocks_count_too() -> None:
    full = container(*[section()] * 10)
    assert pointer_of(*[full] * 5) == "/blocks"


def test_two_blocks_with_one_id_are_refused_however_deep() -> None:
    twice = (section(block_id="a"), container(section(block_id="a")))
    assert pointer_of(*twice) == "/blocks/1/child_blocks/0/block_id"


def test_one_action_id_twice_in_a_block_is_refused_but_not_across_blocks() -> None:
    one = button(action_id="approve")
    assert pointer_of(actions(one, one)) == "/blocks/0"
    assert checked_message_blocks([actions(one), actions(one)], lambda _: True)


def test_one_table_and_two_charts_are_the_most() -> None:
    assert pointer_of(TABLE, TABLE) == "/blocks/1"
    assert checked_message_blocks([pie(1), pie(1)], lambda _: True)
    assert pointer_of(pie(1), pie(1), pie(1)) == "/blocks/2"


def test_too_much_text_in_all_is_refused_with_its_own_name() -> None:
    assert checked_message_blocks([section("x" * 2600)] * 5, lambda _: True)
    assert refusal([section("x" * 2601)] * 5) == ("msg_blocks_too_long", [])


def test_blocks_that_are_no_list_have_the_wrong_format() -> None:
    assert refusal("section") == ("invalid_blocks_format", [])


def test_missing_ids_are_filled_in_and_given_ones_kept() -> None:
    kept, made = checked_message_blocks(
        [section(block_id="mine"), actions(button(), button(action_id="own"), block_id=None)],
        lambda _: True,
    )

    assert kept["block_id"] == "mine"
    assert made["block_id"]
    assert made["elements"][0]["action_id"]
    assert made["elements"][1]["action_id"] == "own"


def view_refusal(view: object, surface: str = "modal") -> tuple[str, list[str]]:
    with pytest.raises(Refused) as refused:
        checked_view(view, surface, lambda _: True)
    metadata = refused.value.extra.get("response_metadata", {"messages": []})
    return refused.value.error, metadata["messages"]


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Adjust"), "blocks": [section()], **more}


def test_a_modal_keeps_its_limits() -> None:
    checked_view(modal(blocks=[{"type": "alert", "text": plain("Closed"), "level": "warning"}]),
                 "modal", lambda _: True)  # fmt: skip
    cases = {
        "/view/title/text": modal(title=plain("x" * 25)),
        "/view/submit/text": modal(submit=plain("x" * 25)),
        "/view/private_metadata": modal(private_metadata="x" * 3001),
        "/view/callback_id": modal(callback_id="x" * 256),
        "/view/blocks": modal(blocks=[{"type": "divider"}] * 101),
        "/view/blocks/0/type": modal(blocks=[pie(1)]),
    }
    for pointer, view in cases.items():
        error, [message] = view_refusal(view)
        assert error == "invalid_arguments"
        assert message.endswith(f"[json-pointer:{pointer}]")


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    asking = modal(blocks=[input_block({"type": "plain_text_input"})])

    assert view_refusal(asking)[1] == [
        "[ERROR] missing required field: submit [json-pointer:/view]"
    ]
    assert checked_view({**asking, "submit": plain("Save")}, "modal", lambda _: True)


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    heavy = modal(blocks=[section("x" * 2900)] * 99)
    assert view_refusal(heavy) == ("view_too_large", [])


def test_a_home_shows_tables_but_no_charts() -> None:
    assert checked_view({"type": "home", "blocks": [TABLE]}, "home", lambda _: True)
    [message] = view_refusal({"type": "home", "blocks": [pie(1)]}, "home")[1]
    assert message == (
        "[ERROR] unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"
    )
