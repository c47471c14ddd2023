"""Text objects, options and confirm dialogs, by Slack's published lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.slack.validate.finding import Problem

ANY_TEXT, PLAIN_TEXT = ("plain_text", "mrkdwn"), ("plain_text",)
ID = 255


def length_problems(value: object, pointer: str, most: int, least: int = 1) -> Iterator[Problem]:
    """A string of at least and at most so many characters."""
    if not isinstance(value, str):
        yield pointer, "is not a string"
    elif not least <= len(value) <= most:
        yield pointer, f"has {len(value):,} characters; {least} to {most:,} are allowed"
    elif least and not value.strip():
        yield pointer, "is blank"


def object_problems(value: object, pointer: str, needs: str, takes: str = "") -> Iterator[Problem]:
    """The fields an object must have and those it may have, besides its type."""
    if not isinstance(value, dict):
        yield pointer, "is not an object"
        return
    for name in needs.split():
        if name not in value:
            yield pointer, f"has no {name}"
    for name in value.keys() - {"type"} - set(needs.split()) - set(takes.split()):
        yield f"{pointer}/{name}", "is a field Slack does not know here"


def text_object_problems(
    value: object, pointer: str, most: int, kinds: tuple[str, ...] = ANY_TEXT
) -> Iterator[Problem]:
    """A text object of one of these kinds."""
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield pointer, f"is no text of type {' or '.join(kinds)}"
        return
    takes = "emoji" if value["type"] == "plain_text" else "verbatim"
    yield from object_problems(value, pointer, "text", takes)
    yield from length_problems(value.get("text"), f"{pointer}/text", min(most, 3000))


def list_problems(value: object, pointer: str, most: int, least: int = 1) -> Iterator[Problem]:
    """A list of at least and at most so many."""
    if not isinstance(value, list):
        yield pointer, "is not a list"
    elif not least <= len(value) <= most:
        yield pointer, f"has {len(value):,} entries; {least} to {most:,} are allowed"


def is_between(value: object, least: int, most: int) -> bool:
    """Whether it is a whole number within both ends."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_written(value: object, form: re.Pattern[str]) -> bool:
    """Whether it is a text of this form."""
    return isinstance(value, str) and form.fullmatch(value) is not None


def listed(value: object) -> list[object]:
    """The entries of a list; none of anything else."""
    return value if isinstance(value, list) else []


def option_problems(value: object, pointer: str, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """One of several things to pick."""
    yield from object_problems(value, pointer, "text value", "description url")
    if isinstance(value, dict):
        yield from text_object_problems(value.get("text"), f"{pointer}/text", 75, kinds)
        yield from length_problems(value.get("value"), f"{pointer}/value", 150)
        if "description" in value:
            yield from text_object_problems(value["description"], f"{pointer}/description", 75)


def options_problems(
    value: object, pointer: str, most: int, kinds: tuple[str, ...] = PLAIN_TEXT
) -> Iterator[Problem]:
    """A list of options whose values differ."""
    yield from list_problems(value, pointer, most)
    values: list[object] = []
    for index, option in enumerate(listed(value)):
        yield from option_problems(option, f"{pointer}/{index}", kinds)
        values.append(option.get("value") if isinstance(option, dict) else option)
    if len({str(one) for one in values}) < len(values):
        yield pointer, "has two options of one value"


def confirm_problems(value: object, pointer: str) -> Iterator[Problem]:
    """The question asked before a tap counts."""
    yield from object_problems(value, pointer, "title text confirm deny", "style")
    if isinstance(value, dict):
        for name, most in (("title", 100), ("confirm", 30), ("deny", 30)):
            yield from text_object_problems(value.get(name), f"{pointer}/{name}", most, PLAIN_TEXT)
        yield from text_object_problems(value.get("text"), f"{pointer}/text", 300)
        yield from style_problems(value, pointer)


def style_problems(value: dict[str, object], pointer: str) -> Iterator[Problem]:
    """The style of a button or of a question, if it has one."""
    if value.get("style", "primary") not in ("primary", "danger"):
        yield f"{pointer}/style", f"{value['style']} is no style"


def image_problems(value: dict[str, object], pointer: str) -> Iterator[Problem]:
    """Where a picture comes from, and what it says to who cannot see it."""
    alt = value.get("alt_text")
    if not isinstance(alt, str) or not alt.strip():
        yield f"{pointer}/alt_text", "is missing: a screen reader says nothing"
    else:
        yield from length_problems(alt, f"{pointer}/alt_text", 2000)
        if alt.casefold().endswith((".png", ".jpg", ".gif")):
            yield f"{pointer}/alt_text", "is a file's name, not what the picture shows"
    if ("image_url" in value) == ("slack_file" in value):
        yield pointer, "has not exactly one of image_url and slack_file"
    if "image_url" in value:
        yield from length_problems(value["image_url"], f"{pointer}/image_url", 3000)
        if not str(value["image_url"]).startswith("https://"):
            yield f"{pointer}/image_url", "is not https"
    file = value.get("slack_file", {"id": ""})
    if not isinstance(file, dict) or file.keys() not in ({"id"}, {"url"}):
        yield f"{pointer}/slack_file", "has not exactly one of id and url"
    elif "slack_file" in value:
        yield from length_problems(next(iter(file.values())), f"{pointer}/slack_file", 3000)
