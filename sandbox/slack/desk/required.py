"""What Slack's own client refuses before a modal is sent: empty, too short, not a number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from sandbox.slack.blocks.walk import walk
from sandbox.slack.typed import FIELDS
from sandbox.slack.wire import Json

EMPTY = "Please complete this required field."


def problems_of(blocks: list[Json], state: Json) -> dict[str, str]:
    """The error under each input block that cannot be sent yet."""
    problems = {}
    for _, block in walk(blocks):
        if block["type"] == "input":
            entry = state[block["block_id"]][block["element"]["action_id"]]
            problem = _problem(block, entry)
            if problem:
                problems[block["block_id"]] = problem
    return problems


def _problem(block: Json, entry: Json) -> str | None:
    element = block["element"]
    given = entry[FIELDS[element["type"]][0]]
    if given in (None, "", []):
        return None if block.get("optional") else EMPTY
    if element["type"] == "number_input":
        return _number(element, str(given))
    if element["type"] == "email_text_input" and "@" not in given.strip("@"):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not urlsplit(given).netloc:
        return "Please enter a valid URL."
    if element["type"] == "file_input":
        return _files(element, given)
    if element["type"] == "plain_text_input":
        return _length(element, given)
    return None


def _files(element: Json, given: list[Json]) -> str | None:
    most, kinds = element.get("max_files", 10), element.get("filetypes")
    if len(given) > most:
        return f"Please choose at most {most} files."
    if kinds and any(file["filetype"] not in kinds for file in given):
        return f"Please choose files of these types: {', '.join(kinds)}."
    return None


def _length(element: Json, given: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(given) < least:
        return f"Please enter at least {least} characters."
    if len(given) > most:
        return f"Please enter at most {most} characters."
    return None


def _number(element: Json, given: str) -> str | None:
    try:
        value = Decimal(given)
    except InvalidOperation:
        return "Please enter a number."
    if not value.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and value != value.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and value < Decimal(element["min_value"]):
        return f"Please enter a number that is at least {element['min_value']}."
    if "max_value" in element and value > Decimal(element["max_value"]):
        return f"Please enter a number that is at most {element['max_value']}."
    return None
