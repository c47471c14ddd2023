"""Rich text: sections, lists, quotes and code, and the pieces they are made of."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.validate.finding import Problem
from sandbox.slack.validate.parts import ID, length_problems, list_problems, listed, object_problems

LONGEST = 12_000
MOST = 1000  # pieces in a part, or parts in a text
PARTS = {
    "rich_text_section": "",
    "rich_text_preformatted": "border language",
    "rich_text_quote": "border",
    "rich_text_list": "indent border offset",
}
PIECES = {
    "text": ("text", ""),
    "link": ("url", "text unsafe"),
    "emoji": ("name", "unicode skin_tone url"),
    "user": ("user_id", ""),
    "usergroup": ("usergroup_id", ""),
    "channel": ("channel_id", ""),
    "team": ("team_id", ""),
    "broadcast": ("range", ""),
    "color": ("value", ""),
    "date": ("timestamp format", "url fallback"),
}
STYLES = "bold italic strike code underline highlight unlink client_highlight"


def rich_text_problems(value: object, pointer: str) -> Iterator[Problem]:
    """Everything wrong with a rich text block, wherever it stands."""
    if not isinstance(value, dict) or value.get("type") != "rich_text":
        yield pointer, "is no rich text"
        return
    yield from list_problems(value.get("elements"), f"{pointer}/elements", MOST, 0)
    for index, part in enumerate(listed(value.get("elements"))):
        yield from _part(part, f"{pointer}/elements/{index}", tuple(PARTS))


def _part(value: object, pointer: str, kinds: tuple[str, ...]) -> Iterator[Problem]:
    kind = str(value.get("type")) if isinstance(value, dict) else ""
    if not isinstance(value, dict) or kind not in kinds:
        yield pointer, f"is none of {', '.join(kinds)}"
        return
    a_list = kind == "rich_text_list"
    yield from object_problems(value, pointer, "elements style" if a_list else "elements",
                               PARTS[kind])  # fmt: skip
    yield from list_problems(value.get("elements"), f"{pointer}/elements", MOST, 0)
    if a_list and value.get("style") not in ("bullet", "ordered"):
        yield f"{pointer}/style", "is neither bullet nor ordered"
    for index, inner in enumerate(listed(value.get("elements"))):
        place = f"{pointer}/elements/{index}"
        yield from _part(inner, place, ("rich_text_section",)) if a_list else _piece(inner, place)


def _piece(value: object, pointer: str) -> Iterator[Problem]:
    kind = str(value.get("type")) if isinstance(value, dict) else ""
    if not isinstance(value, dict) or kind not in PIECES:
        yield pointer, f"is none of {', '.join(PIECES)}"
        return
    needs, takes = PIECES[kind]
    yield from object_problems(value, pointer, needs, f"{takes} style")
    for name in needs.split():
        if name != "timestamp":
            most = LONGEST if name in ("text", "url") else ID
            yield from length_problems(value.get(name), f"{pointer}/{name}", most, 0)
        if value.get(name) == "":
            yield f"{pointer}/{name}", "is empty"
    if "style" in value:
        yield from object_problems(value["style"], f"{pointer}/style", "", STYLES)
        marks = value["style"] if isinstance(value["style"], dict) else {}
        if not all(isinstance(mark, bool) for mark in marks.values()):
            yield f"{pointer}/style", "has a mark that is neither true nor false"
