"""Buttons, menus and fields: where each may stand, and its published limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.validate.fields import A_NUMBER
from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.parts import (
    ANY_TEXT,
    ID,
    PLAIN_TEXT,
    confirm_problems,
    image_problems,
    is_between,
    is_written,
    length_problems,
    list_problems,
    listed,
    object_problems,
    options_problems,
    style_problems,
    text_object_problems,
)
from sandbox.slack.wire import Json

READ_ON_A_PHONE = 30  # characters of a button's label
AN_AMOUNT = re.compile(r"\d\.\d{2}\b|[{}]")


@dataclass(frozen=True, slots=True)
class Rule:
    """The blocks an element stands in, the fields it must have, and those it may have."""

    stands: str
    needs: str = ""
    takes: str = ""


_PICK = "placeholder initial_{0} confirm focus_on_load response_url_enabled"
_LIVE = "actions section input"
_MULTI = "section input"
_LIST = "options option_groups initial_option placeholder confirm focus_on_load"
_LISTS = "options option_groups initial_options placeholder confirm focus_on_load"
_TYPED = "initial_value placeholder focus_on_load dispatch_action_config"
ELEMENTS = {
    "button": Rule("actions section card", "text", "value url style confirm accessibility_label"),
    "workflow_button": Rule("actions section", "text workflow", "style accessibility_label"),
    "image": Rule("section context", "", "alt_text image_url slack_file"),
    "overflow": Rule("actions section card", "options", "confirm"),
    "checkboxes": Rule(_LIVE, "options", "initial_options confirm focus_on_load"),
    "radio_buttons": Rule(_LIVE, "options", "initial_option confirm focus_on_load"),
    "static_select": Rule(_LIVE, "", _LIST),
    "external_select": Rule(
        _LIVE, "", "min_query_length initial_option placeholder confirm focus_on_load"
    ),
    "users_select": Rule(_LIVE, "", _PICK.format("user")),
    "channels_select": Rule(_LIVE, "", _PICK.format("channel")),
    "conversations_select": Rule(
        _LIVE, "", f"{_PICK.format('conversation')} default_to_current_conversation filter"
    ),
    "multi_static_select": Rule(_MULTI, "", f"{_LISTS} max_selected_items"),
    "multi_external_select": Rule(
        _MULTI, "", "min_query_length initial_options placeholder confirm max_selected_items"
    ),
    "multi_users_select": Rule(_MULTI, "", f"{_PICK.format('users')} max_selected_items"),
    "multi_channels_select": Rule(_MULTI, "", f"{_PICK.format('channels')} max_selected_items"),
    "multi_conversations_select": Rule(
        _MULTI, "", f"{_PICK.format('conversations')} max_selected_items filter"
    ),
    "datepicker": Rule(_LIVE, "", _PICK.format("date")),
    "timepicker": Rule(_LIVE, "", f"{_PICK.format('time')} timezone"),
    "datetimepicker": Rule(_LIVE, "", "initial_date_time confirm focus_on_load"),
    "plain_text_input": Rule("input", "", f"{_TYPED} multiline min_length max_length"),
    "number_input": Rule("input", "is_decimal_allowed", f"{_TYPED} min_value max_value"),
    "email_text_input": Rule("input", "", _TYPED),
    "url_text_input": Rule("input", "", _TYPED),
    "rich_text_input": Rule("input", "", _TYPED),
    "file_input": Rule("input", "", "filetypes max_files"),
    "feedback_buttons": Rule("context_actions", "positive_button negative_button"),
    "icon_button": Rule("context_actions", "icon text", "value visible_to_user_ids confirm"),
}
NO_ACTION = {"image"}
OPTIONS = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}
MARKED_OPTIONS = {"checkboxes", "radio_buttons"}


def element_problems(value: object, pointer: str, stands: str) -> Iterator[Problem]:
    """Everything wrong with one element in a block of this type."""
    if not isinstance(value, dict):
        yield pointer, "is not an object"
        return
    kind = str(value.get("type"))
    rule = ELEMENTS.get(kind)
    if rule is None or stands not in rule.stands.split():
        yield f"{pointer}/type", f"{kind} does not stand in {stands}"
        return
    own = "" if kind in NO_ACTION else "action_id"
    yield from object_problems(value, pointer, f"{rule.needs} {own}", rule.takes)
    if own:
        yield from length_problems(value.get("action_id"), f"{pointer}/action_id", ID)
    if "placeholder" in value:
        yield from text_object_problems(
            value["placeholder"], f"{pointer}/placeholder", 150, PLAIN_TEXT
        )
    if "confirm" in value:
        yield from confirm_problems(value["confirm"], f"{pointer}/confirm")
    yield from _own_problems(kind, value, pointer)


def _own_problems(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    if kind == "button":
        yield from _button(value, pointer)
    elif kind == "image":
        yield from image_problems(value, pointer)
    elif kind in OPTIONS:
        kinds = ANY_TEXT if kind in MARKED_OPTIONS else PLAIN_TEXT
        yield from options_problems(
            value.get("options"), f"{pointer}/options", OPTIONS[kind], kinds
        )
        yield from _chosen(value, listed(value.get("options")), pointer)
    elif kind in {"static_select", "multi_static_select"}:
        yield from _select(value, pointer)
    elif kind == "plain_text_input":
        yield from _text_input(value, pointer)
    elif kind == "number_input" and not is_written(value.get("initial_value", "0"), A_NUMBER):
        yield f"{pointer}/initial_value", "is no number"
    elif "context_actions" in ELEMENTS[kind].stands:
        yield from _under_an_answer(kind, value, pointer)


def _under_an_answer(kind: str, value: Json, pointer: str) -> Iterator[Problem]:
    if kind == "icon_button":
        yield from text_object_problems(value.get("text"), f"{pointer}/text", 75, PLAIN_TEXT)
        if value.get("icon") != "trash":
            yield f"{pointer}/icon", f"{value.get('icon')} is no icon"
        return
    for name in ("positive_button", "negative_button"):
        yield from _feedback(value.get(name), f"{pointer}/{name}")


def _feedback(value: object, pointer: str) -> Iterator[Problem]:
    yield from object_problems(value, pointer, "text value", "accessibility_label")
    if isinstance(value, dict):
        yield from text_object_problems(value.get("text"), f"{pointer}/text", 75, PLAIN_TEXT)
        yield from length_problems(value.get("value"), f"{pointer}/value", 2000, 0)


def _chosen(value: Json, options: list[object], pointer: str) -> Iterator[Problem]:
    """What an element starts with is among what it offers."""
    if "initial_option" in value and value["initial_option"] not in options:
        yield f"{pointer}/initial_option", "is none of the options"
    if "initial_options" in value:
        yield from list_problems(value["initial_options"], f"{pointer}/initial_options", 100)
        if any(one not in options for one in listed(value["initial_options"])):
            yield f"{pointer}/initial_options", "has one that is none of the options"


def _button(value: Json, pointer: str) -> Iterator[Problem]:
    label = value.get("text")
    yield from text_object_problems(label, f"{pointer}/text", 75, PLAIN_TEXT)
    said = str(label.get("text", "")) if isinstance(label, dict) else ""
    if len(said) > READ_ON_A_PHONE:
        yield f"{pointer}/text/text", f"is {len(said)} long; about 30 characters are read: “{said}”"
    if "value" in value:
        yield from length_problems(value["value"], f"{pointer}/value", 2000)
        if AN_AMOUNT.search(str(value["value"])):
            yield f"{pointer}/value", "carries more than an id"
    if "url" in value:
        yield from length_problems(value["url"], f"{pointer}/url", 3000)
    if "accessibility_label" in value:
        name = f"{pointer}/accessibility_label"
        yield from length_problems(value["accessibility_label"], name, 75)
    yield from style_problems(value, pointer)


def _select(value: Json, pointer: str) -> Iterator[Problem]:
    if ("options" in value) == ("option_groups" in value):
        yield pointer, "has not exactly one of options and option_groups"
    options = listed(value.get("options"))
    if "options" in value:
        yield from options_problems(value["options"], f"{pointer}/options", 100)
    if "option_groups" in value:
        yield from list_problems(value["option_groups"], f"{pointer}/option_groups", 100)
    for index, group in enumerate(listed(value.get("option_groups"))):
        place = f"{pointer}/option_groups/{index}"
        yield from object_problems(group, place, "label options")
        if isinstance(group, dict):
            options += listed(group.get("options"))
            yield from text_object_problems(group.get("label"), f"{place}/label", 75, PLAIN_TEXT)
            yield from options_problems(group.get("options"), f"{place}/options", 100)
    yield from _chosen(value, options, pointer)


def _text_input(value: Json, pointer: str) -> Iterator[Problem]:
    for name in ("min_length", "max_length"):
        if not is_between(value.get(name, 1), 0, 3000):
            yield f"{pointer}/{name}", "is no number up to 3,000"
            return
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield pointer, "wants more than may be typed"
    initial = f"{pointer}/initial_value"
    yield from length_problems(value.get("initial_value", ""), initial, 3000, 0)
    if len(str(value.get("initial_value", ""))) > value.get("max_length", 3000):
        yield initial, "is longer than what may be typed"
