"""One violation of each published limit, planted, is named with its line and place."""

from __future__ import annotations

import pytest

from tests.sandbox.slack.validate.written import (
    UPLOADED,
    Json,
    actions,
    button,
    call,
    chart,
    found_in,
    image,
    modal,
    opened,
    plain,
    post,
    section,
    table,
    tap,
)

TWO_ROWS = (("Line", "Next"), ("4000", "12.00"))
INPUT = {
    "type": "input",
    "block_id": "reason",
    "label": plain("Reason"),
    "element": {"type": "plain_text_input", "action_id": "reason", "multiline": True},
}
CONFIRM = {
    "title": plain("Approve"),
    "text": plain("This writes USD 12.00."),
    "confirm": plain("Approve"),
    "deny": plain("Go back"),
}
MENU: Json = {
    "type": "static_select",
    "action_id": "figure",
    "placeholder": plain("Figure"),
    "options": [{"text": plain("Total"), "value": "1"}, {"text": plain("4000"), "value": "2"}],
}


def options(many: int, text: str = "One") -> Json:
    listed = [{"text": plain(text), "value": str(n)} for n in range(many)]
    return {**MENU, "options": listed}


def rich(*words: str) -> Json:
    texts = [{"type": "text", "text": word} for word in words]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": texts}],
    }


def test_what_keeps_every_limit_is_found_to_be_clean() -> None:
    data = {**table(*TWO_ROWS), "type": "data_table", "caption": "Lines", "page_size": 10}

    assert (
        found_in(
            tap(),
            *UPLOADED,
            post(
                {"type": "header", "text": plain("Revenue")},
                section("USD 12.00 of <@U02BEN> &amp; co", block_id="one"),
                chart(20, 6),
                table(*TWO_ROWS, column_settings=[{"align": "left"}, {"align": "right"}]),
                data,
                image(),
                rich("Total"),
                actions(
                    button("Approve", "a", style="primary", confirm=CONFIRM),
                    button(),
                    block_id="two",
                ),
                {"type": "context", "elements": [{"type": "mrkdwn", "text": "as of Oct 2026"}]},
                {"type": "divider"},
            ),
            opened(modal(section("12.00"), actions(MENU), INPUT, submit=plain("Reject"))),
            call(
                "views.publish",
                {"user_id": "U1", "view": {"type": "home", "blocks": [section("-")]}},
            ),
        )
        == []
    )


BROKEN_IN_MESSAGES = [
    (section("x" * 3001), "/blocks/0/text/text: has 3,001 characters"),
    (section(""), "/blocks/0/text/text: has 0 characters"),
    ({"type": "section"}, "/blocks/0: has neither text nor fields"),
    ({"type": "section", "fields": [plain("1")] * 11}, "/blocks/0/fields: has 11 entries"),
    ({"type": "section", "fields": [plain("x" * 2001)]}, "/fields/0/text: has 2,001 characters"),
    (section("1", block_id="x" * 256), "/blocks/0/block_id: has 256 characters"),
    (section("1", colour="red"), "/blocks/0/colour: is a field Slack does not know"),
    ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text: has 151 characters"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "1"}}, "is no text of type plain_text"),
    ({"type": "banner"}, "/blocks/0/type: banner does not stand in a message"),
    ({"type": "alert", "text": plain("1")}, "alert does not stand in a message"),
    ({"type": "context", "elements": [plain("1")] * 11}, "/blocks/0/elements: has 11 entries"),
    (actions(*[button(f"B{n}", f"a{n}") for n in range(26)]), "/elements: has 26 entries"),
    (actions(), "/blocks/0/elements: has 0 entries"),
    (actions(button("x" * 76)), "/text/text: has 76 characters"),
    (actions(button("Save this as a new budget version")), "about 30 characters are read"),
    (actions(button(value="x" * 2001)), "/value: has 2,001 characters"),
    (actions(button(value="USD 12.00")), "/value: carries more than an id"),
    (actions(button(style="green")), "/style: green is no style"),
    (actions(button(action="x" * 256)), "/action_id: has 256 characters"),
    (actions(button(accessibility_label="x" * 76)), "/accessibility_label: has 76"),
    (actions({"type": "button", "text": plain("Go")}), "/elements/0: has no action_id"),
    (actions(button(), button("Other")), "2 elements with the action_id “paper.sources”"),
    (
        actions(button("A", "a", style="primary"), button("B", "b", style="primary")),
        "2 primary buttons",
    ),
    (actions(button(action="a"), button(action="b")), "“Sources” is another button's name too"),
    (
        actions(button(confirm={**CONFIRM, "title": plain("x" * 101)})),
        "/confirm/title/text: has 101",
    ),
    (actions(button(confirm={**CONFIRM, "text": plain("x" * 301)})), "/confirm/text/text: has 301"),
    (actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)})), "/confirm/deny/text: has 31"),
    (actions(options(101)), "/options: has 101 entries"),
    (actions(options(1, "x" * 76)), "/options/0/text/text: has 76"),
    (actions({**MENU, "options": [MENU["options"][0]] * 2}), "two options of one value"),
    (
        actions({**MENU, "initial_option": {"text": plain("X"), "value": "9"}}),
        "none of the options",
    ),
    (actions({**MENU, "placeholder": plain("x" * 151)}), "/placeholder/text: has 151"),
    (
        actions({"type": "overflow", "action_id": "o", "options": options(6)["options"]}),
        "/elements/0/options: has 6 entries",
    ),
    (
        actions({"type": "checkboxes", "action_id": "o", "options": options(11)["options"]}),
        "/elements/0/options: has 11 entries",
    ),
    (actions({"type": "plain_text_input", "action_id": "t"}), "does not stand in actions"),
    (image(alt_text=None), "/blocks/0/alt_text: is missing"),
    (image(alt_text="fan.png"), "/blocks/0/alt_text: is a file's name"),
    (image(alt_text="1" * 2001), "/blocks/0/alt_text: has 2,001"),
    (image(image_url="https://a.b/c.png"), "not exactly one of image_url and slack_file"),
    (image(slack_file=None, image_url="http://a.b/c.png"), "/image_url: is not https"),
    (image(slack_file={"id": "F0123456789", "url": "x"}), "not exactly one of id and url"),
    ({"type": "markdown", "text": "x" * 12_001}, "/text: has 12,001 characters"),
    (table(*[("1", "2")] * 101), "/blocks/0/rows: has 101 entries"),
    (table(("1",) * 21), "/blocks/0/rows/0: has 21 entries"),
    (table(("1", "2"), ("3",)), "/blocks/0/rows: are not equally long"),
    (table(("1", "")), "/blocks/0/rows/0/1/text: has 0 characters"),
    (table(*[("x" * 200,)] * 51), "has 10,200 characters in its cells"),
    ({**table(*TWO_ROWS), "type": "data_table"}, "/blocks/0: has no caption"),
    ({**table(*TWO_ROWS), "type": "data_table", "caption": "1", "page_size": 101}, "/page_size"),
    (
        {"type": "data_table", "caption": "1", "rows": [[rich("a")], [rich("b")]]},
        "has a header cell of rich text",
    ),
    ({"type": "table", "rows": [[{"type": "raw_number", "text": "1", "value": "1"}]]}, "no number"),
    (chart(21), "/axis_config/categories: has 21 entries"),
    (chart(3, 7), "/chart/series: has 7 entries"),
    (chart(title="x" * 51), "/blocks/0/title: has 51 characters"),
    (
        {
            "type": "data_visualization",
            "title": "Pie",
            "chart": {"type": "pie", "segments": [{"label": "A", "value": -1}]},
        },
        "/segments/0/value: is not above 0",
    ),
    ({"type": "card"}, "is an empty card"),
    ({"type": "container", "title": plain("C"), "child_blocks": [section("1")] * 11}, "11 entries"),
    (
        {"type": "container", "title": plain("C"), "child_blocks": [section("")]},
        "/blocks/0/child_blocks/0/text/text: has 0 characters",
    ),
    ({"type": "layout", "label": "L", "rows": []}, "/blocks/0: has no fallback"),
]


@pytest.mark.parametrize(
    ("block", "words"), BROKEN_IN_MESSAGES, ids=[w for _, w in BROKEN_IN_MESSAGES]
)
def test_a_block_beyond_a_limit_is_named(block: Json, words: str) -> None:
    found = found_in(tap(), *UPLOADED, post(block))

    assert [one for one in found if words in one and one.startswith("line 6 chat.postMessage")]


WHOLE = [
    ([section(f"{n}") for n in range(51)], "/blocks: has 51 entries"),
    ([section("x" * 2900)] * 4, "/blocks: has 11,600 characters of text"),
    ([{"type": "markdown", "text": "x" * 6_001}] * 2, "12,002 characters of markdown"),
    ([table(*TWO_ROWS)] * 2, "has 2 blocks of type table; 1 allowed"),
    ([chart()] * 3, "has 3 blocks of type data_visualization; 2 allowed"),
    ([section("1", block_id="a")] * 2, "/blocks/1/block_id: “a” is another block's too"),
]


@pytest.mark.parametrize(("blocks", "words"), WHOLE, ids=[words for _, words in WHOLE])
def test_a_message_beyond_a_limit_is_named(blocks: list[Json], words: str) -> None:
    assert [one for one in found_in(post(*blocks)) if words in one]


VIEWS = [
    (modal(section("1"), title=plain("x" * 25)), "/view/title/text: has 25 characters"),
    (modal(section("1"), close=plain("x" * 25)), "/view/close/text: has 25 characters"),
    (modal(INPUT), "/view/submit: is missing"),
    (modal(*[section("1")] * 101), "/view/blocks: has 101 entries"),
    (modal(section("1"), private_metadata="x" * 3001), "/view/private_metadata: has 3,001"),
    (modal(section("1"), private_metadata='{"amount": 12}'), "carries more than an id"),
    (modal(section("1"), callback_id="x" * 256), "/view/callback_id: has 256 characters"),
    (modal(*[section("1" * 2900)] * 90), "/view: is larger than 250 kB"),
    (modal(chart()), "data_visualization does not stand in a modal"),
    (modal(table(*TWO_ROWS)), "table does not stand in a modal"),
    (modal({**INPUT, "label": plain("x" * 2001)}, submit=plain("Go")), "/label/text: has 2,001"),
    (modal(section("1"), colour="red"), "/view/colour: is no field of a modal"),
    ({"type": "dialog", "blocks": []}, "/view: is neither a modal nor a home"),
    ({"type": "home", "blocks": [chart()]}, "data_visualization does not stand in a home"),
    ({"type": "home", "blocks": [section("1")], "submit": plain("Go")}, "/view/submit"),
]


@pytest.mark.parametrize(("view", "words"), VIEWS, ids=[words for _, words in VIEWS])
def test_a_window_beyond_a_limit_is_named(view: Json, words: str) -> None:
    assert [one for one in found_in(tap(), opened(view)) if words in one]


def test_what_the_library_would_not_send_is_named() -> None:
    lost = {"type": "rich_text", "elements": [{"type": "rich_text_wave", "elements": []}]}

    assert [one for one in found_in(post(lost)) if "slack_sdk" in one]
    assert [one for one in found_in(post(section("x" * 3001))) if "slack_sdk refuses it" in one]
