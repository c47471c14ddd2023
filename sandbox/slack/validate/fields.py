"""Fields that mean the same wherever they stand: switches, dates, ids, words of a short list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.parts import is_between, is_written, listed, object_problems

SWITCHES = (
    "emoji", "verbatim", "expand", "optional", "dispatch_action", "focus_on_load", "multiline",
    "is_decimal_allowed", "response_url_enabled", "default_to_current_conversation",
    "exclude_external_shared_channels", "exclude_bot_users", "is_wrapped", "is_collapsible",
    "default_collapsed", "has_header_divider", "is_label_visible",
)  # fmt: skip
AN_ID, A_NUMBER = re.compile(r".{1,255}"), re.compile(r"-?\d+(\.\d+)?")
FORMS = {
    "initial_date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "initial_time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "timezone": AN_ID,
    "initial_user": AN_ID,
    "initial_channel": AN_ID,
    "initial_conversation": AN_ID,
    "min_value": A_NUMBER,
    "max_value": A_NUMBER,
}
WORDS = {
    "align": ("left", "center", "right"),
    "grid_lines": ("none", "rows", "outer"),
    "status": ("pending", "in_progress", "complete", "error"),
    "width": ("narrow", "standard", "wide", "full"),
}
COUNTS = {
    "min_query_length": (0, 3000),
    "max_selected_items": (1, 100_000),
    "max_files": (1, 10),
    "initial_date_time": (10**9, 10**10 - 1),  # ten digits
}
# objects, and what they may hold
HOLDS = {
    "filter": "include exclude_external_shared_channels exclude_bot_users",
    "dispatch_action_config": "trigger_actions_on",
}
LISTED = {
    "include": ("im", "mpim", "private", "public"),
    "trigger_actions_on": ("on_enter_pressed", "on_character_entered"),
}


def field_problems(value: object, pointer: str) -> Iterator[Problem]:
    """Every such field below that is of another kind than Slack takes."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from field_problems(part, f"{pointer}/{index}")
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        place = f"{pointer}/{name}"
        if name in HOLDS:
            yield from object_problems(part, place, "", HOLDS[name])
        if name in COUNTS and not is_between(part, *COUNTS[name]):
            yield place, f"is no whole number from {COUNTS[name][0]} to {COUNTS[name][1]}"
        yield from _kind_problems(name, part, place)


def _kind_problems(name: str, part: object, place: str) -> Iterator[Problem]:
    if name in SWITCHES and not isinstance(part, bool):
        yield place, "is neither true nor false"
    elif name in FORMS and not is_written(part, FORMS[name]):
        yield place, f"is no {name.replace('_', ' ')}"
    elif name in WORDS and part not in WORDS[name]:
        yield place, f"is none of {', '.join(WORDS[name])}"
    elif name in LISTED and not _only(part, LISTED[name]):
        yield place, f"is no list out of {', '.join(LISTED[name])}"
    else:
        yield from field_problems(part, place)


def _only(value: object, words: tuple[str, ...]) -> bool:
    within = isinstance(value, list) and 1 <= len(value) <= len(words)
    return within and all(one in words for one in listed(value))
