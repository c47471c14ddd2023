"""What people filled in: the `state.values` of views and messages, untouched fields included."""

from __future__ import annotations

from sandbox.slack.blocks.walk import elements, walk
from sandbox.slack.wire import Json, Refused

# for each element: the field of its value, and the field it starts from
FIELDS = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}
LISTS = (
    "selected_options",
    "selected_users",
    "selected_channels",
    "selected_conversations",
    "files",
)

Typed = dict[str, dict[str, Json]]


def untouched(element: Json) -> Json:
    """An element's entry in the state before anybody touched it."""
    name, start = FIELDS[element["type"]]
    entry = {"type": element["type"], name: element.get(start, [] if name in LISTS else None)}
    if "timezone" in element:
        entry["timezone"] = element["timezone"]
    return entry


def started_in(element: Json, channel: str) -> Json:
    """The entry of a select that starts with the current conversation."""
    name, _ = FIELDS[element["type"]]
    return untouched(element) | {name: [channel] if name in LISTS else channel}


def state_values(blocks: list[Json], typed: Typed) -> Json:
    """`state.values`: what was filled in where block and action ids still agree, else the start."""
    values: Json = {}
    for _, block in walk(blocks):
        for element in elements(block):
            if element["type"] not in FIELDS:
                continue
            entry = untouched(element)
            given = typed.get(block["block_id"], {}).get(element["action_id"])
            if given and given["type"] == element["type"]:
                entry = given
            values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def filled_in(element: Json, value: Json) -> Json:
    """A state entry from what the page says was picked or typed; option texts come from here."""
    entry = untouched(element)
    name, _ = FIELDS[element["type"]]
    if name in value:
        entry[name] = _offered(element, value[name])
    return entry


def _offered(element: Json, given: object) -> object:
    """Options as the app wrote them, found by their value; one that is not there is refused."""
    if isinstance(given, list):
        return [_offered(element, one) for one in given]
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(o for group in groups for o in group["options"])]
    if given is None or not options:
        return given
    wanted = given.get("value") if isinstance(given, dict) else None
    for option in options:
        if option["value"] == wanted:
            return option
    raise Refused("invalid_value")
