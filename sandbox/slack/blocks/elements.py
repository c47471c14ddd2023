"""Block elements: everything a person can press, pick or fill in, and where it may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.slack.blocks.shape import (
    Check,
    Place,
    Shape,
    anything,
    boolean,
    choice,
    integer,
    items,
    string,
    written,
)
from sandbox.slack.blocks.texts import (
    CONFIRM,
    DISPATCH,
    FILTER,
    ID,
    IMAGE,
    OPTION,
    OPTION_GROUP,
    PLAIN_OPTION,
    plain,
)
from sandbox.slack.wire import Json

DATE = written(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
TIME = written(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
NUMBER = written(r"-?\d+(\.\d+)?", "a number")
MANY = integer(1, 100_000)
PLACEHOLDER = plain(150)
PICKER: Mapping[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
SELECT: Mapping[str, Check] = {**PICKER, "placeholder": PLACEHOLDER}
TYPED: Mapping[str, Check] = {
    "action_id": ID,
    "focus_on_load": boolean,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH,
}
NAMES = items(string(255), 0, 100)


def _options_or_groups(value: Json, place: Place) -> Iterator[str]:
    if ("options" in value) == ("option_groups" in value):
        yield place.problem("must provide exactly one of options and option_groups")


def _initial_is_offered(value: Json, place: Place) -> Iterator[str]:
    chosen = [value[n] for n in ("initial_option",) if n in value]
    chosen += value.get("initial_options", [])
    groups = value.get("option_groups", [])
    offered = [*value.get("options", []), *(o for group in groups for o in group["options"])]
    if offered and any(one not in offered for one in chosen):
        yield place.problem("initial option must match one of the options")


def _different_values(value: Json, place: Place) -> Iterator[str]:
    values = [option["value"] for option in value.get("options", [])]
    if len(set(values)) < len(values):
        yield place.at("options").problem("duplicate option value")


CHOSEN_FROM = (_initial_is_offered, _different_values)
STATIC: Mapping[str, Check] = {
    **SELECT,
    "options": items(PLAIN_OPTION, 1, 100),
    "option_groups": items(OPTION_GROUP, 1, 100),
}
STATIC_RULES = (_options_or_groups, *CHOSEN_FROM)
MULTI: Mapping[str, Check] = {"max_selected_items": MANY}
QUERY: Mapping[str, Check] = {"min_query_length": integer(0, 3000)}
CONVERSATIONS: Mapping[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
FEEDBACK = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})


def _lengths_agree(value: Json, place: Place) -> Iterator[str]:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield place.problem("min_length must not be greater than max_length")


ELEMENTS: Mapping[str, Check] = {
    "button": Shape(
        {"text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "url": string(3000),
            "style": choice("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": Shape(
        {"options": items(PLAIN_OPTION, 1, 5)}, {"action_id": ID, "confirm": CONFIRM}
    ),
    "checkboxes": Shape(
        {"options": items(OPTION, 1, 10)},
        {**PICKER, "initial_options": items(OPTION, 1, 10)},
        CHOSEN_FROM,
    ),
    "radio_buttons": Shape(
        {"options": items(OPTION, 1, 10)}, {**PICKER, "initial_option": OPTION}, CHOSEN_FROM
    ),
    "static_select": Shape({}, {**STATIC, "initial_option": PLAIN_OPTION}, STATIC_RULES),
    "multi_static_select": Shape(
        {}, {**STATIC, **MULTI, "initial_options": items(PLAIN_OPTION, 1, 100)}, STATIC_RULES
    ),
    "external_select": Shape({}, {**SELECT, **QUERY, "initial_option": PLAIN_OPTION}),
    "multi_external_select": Shape(
        {}, {**SELECT, **QUERY, **MULTI, "initial_options": items(PLAIN_OPTION, 1, 100)}
    ),
    "users_select": Shape({}, {**SELECT, "initial_user": string(255)}),
    "multi_users_select": Shape({}, {**SELECT, **MULTI, "initial_users": NAMES}),
    "channels_select": Shape(
        {}, {**SELECT, "initial_channel": string(255), "response_url_enabled": boolean}
    ),
    "multi_channels_select": Shape({}, {**SELECT, **MULTI, "initial_channels": NAMES}),
    "conversations_select": Shape(
        {},
        {
            **SELECT,
            **CONVERSATIONS,
            "initial_conversation": string(255),
            "response_url_enabled": boolean,
        },
    ),
    "multi_conversations_select": Shape(
        {}, {**SELECT, **CONVERSATIONS, **MULTI, "initial_conversations": NAMES}
    ),
    "datepicker": Shape({}, {**SELECT, "initial_date": DATE}),
    "timepicker": Shape({}, {**SELECT, "initial_time": TIME, "timezone": string(255)}),
    "datetimepicker": Shape({}, {**PICKER, "initial_date_time": integer(10**9, 10**10 - 1)}),
    "plain_text_input": Shape(
        {},
        {
            **TYPED,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        (_lengths_agree,),
    ),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {
            **TYPED,
            "initial_value": NUMBER,
            "min_value": NUMBER,
            "max_value": NUMBER,
        },
    ),
    "email_text_input": Shape({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": Shape({}, {**TYPED, "initial_value": string(3000)}),
    "rich_text_input": Shape({}, {**TYPED, "initial_value": anything}),
    "file_input": Shape(
        {},
        {"action_id": ID, "filetypes": items(string(50), 1, 100), "max_files": integer(1, 10)},
    ),
    "image": IMAGE,
    "feedback_buttons": Shape(
        {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": ID}
    ),
    "icon_button": Shape(
        {"icon": choice("trash"), "text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": NAMES,
        },
    ),
    "workflow_button": Shape(
        {"text": plain(75), "workflow": anything},
        {
            "action_id": ID,
            "style": choice("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
}

PICKERS = (
    "checkboxes", "radio_buttons", "static_select", "external_select", "users_select",
    "channels_select", "conversations_select", "datepicker", "timepicker",
)  # fmt: skip
MULTI_SELECTS = (
    "multi_static_select", "multi_external_select", "multi_users_select",
    "multi_channels_select", "multi_conversations_select",
)  # fmt: skip
TEXT_INPUTS = (
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input",
)  # fmt: skip


def only(*names: str) -> Mapping[str, Check]:
    """The elements a block takes."""
    return {name: ELEMENTS[name] for name in names}


IN_SECTION = only("button", "overflow", "image", "workflow_button", *PICKERS, *MULTI_SELECTS)
IN_ACTIONS = only(
    "button", "overflow", "workflow_button", "datetimepicker", *PICKERS, *MULTI_SELECTS
)
IN_INPUT = only("datetimepicker", "file_input", *TEXT_INPUTS, *PICKERS, *MULTI_SELECTS)
IN_CONTEXT_ACTIONS = only("feedback_buttons", "icon_button")
IN_CARD = only("button", "overflow", "workflow_button")
