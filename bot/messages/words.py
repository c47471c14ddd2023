"""Texts as Slack takes them: harmless, short enough, and in blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

Block = dict[str, Any]  # Slack's payloads are open by nature

SECTION = 2900


def inert(text: str) -> str:
    """Text that Slack shows and does nothing with: no mentions, links, controls, hidden letters."""
    shown = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"})
    for sign, spelled in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        shown = shown.replace(sign, spelled)
    return shown


def cut(text: str, most: int) -> str:
    """At most so many characters, the last one an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def unmarked(text: str) -> str:
    """Signs that would turn foreign words bold, struck or into code are shown as their twins.

    A percent sign stays on the line of its figure.
    """
    for sign, twin in (("*", "∗"), ("~", "∼"), ("`", "ˋ"), (" %", "\u00a0%")):
        text = text.replace(sign, twin)
    return text


def shown(text: str) -> str:
    """The text without controls and hidden letters, for where Slack reads no signs."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"}).strip()


def plain(text: str, most: int) -> Block:
    """Slack does not read signs in plain text; only hidden letters have to go."""
    shown = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})
    return {"type": "plain_text", "text": cut(shown.strip() or "–", most), "emoji": False}


def section(text: str) -> Block:
    """Text already made harmless, as a block; Slack adds no links of its own to it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def pieces(text: str) -> Iterable[str]:
    """Long text in several sections, broken at a line or a word."""
    while len(text) > SECTION:
        at = max(text.rfind("\n", 0, SECTION), text.rfind(" ", 0, SECTION))
        at = at if at > SECTION // 2 else SECTION
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text
