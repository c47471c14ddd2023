"""Texts as Slack takes them: harmless, short enough, and never empty."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

Block = dict[str, Any]  # Slack's payloads are open by nature

SECTION = 2900

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDDEN = {"Cc", "Cf", "Cs"}
_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_TWINS = (("*", "∗"), ("~", "∼"), ("`", "ˋ"), (" %", "\u00a0%"))
_EMOJI = re.compile(r":(?=(?:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*|100|1234):)")
_QUOTE = re.compile(r"^(\s*)&gt;", re.MULTILINE)
_SLANT = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def visible(text: str) -> str:
    """The text without controls and hidden letters; every kind of line end is one."""
    if text.isascii() and text.isprintable():
        return text
    broken = _BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(c for c in broken if c == "\n" or unicodedata.category(c) not in _HIDDEN)


def upright(text: str) -> str:
    """The text without the signs that turn whatever follows around, figures too."""
    return text if text.isascii() else _TURNS.sub("", text)


def inert(text: str) -> str:
    """Text that Slack shows and does nothing with: no mentions, links, controls, hidden letters."""
    harmless = visible(text)
    for sign, spelled in _SIGNS:
        harmless = harmless.replace(sign, spelled)
    return harmless


def unmarked(text: str) -> str:
    """Signs that would turn foreign words bold, slanted, quoted, into code or into a picture are
    shown as their twins; for a text already inert.

    A percent sign stays on the line of its figure.
    """
    for sign, twin in _TWINS:
        text = text.replace(sign, twin)
    return _QUOTE.sub(r"\1›", _SLANT.sub("ˍ", _EMOJI.sub("∶", text)))


def cut(text: str, most: int) -> str:
    """At most so many characters, the last one an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shown(text: str) -> str:
    """The text on one line without controls and hidden letters, where Slack reads no signs."""
    return visible(text).replace("\n", " ").strip()


def plain(text: str, most: int, otherwise: str = "–") -> Block:
    """A plain text, in which Slack reads no signs."""
    return {"type": "plain_text", "text": cut(shown(text) or otherwise, most), "emoji": False}


def section(text: str) -> Block:
    """Text already made harmless, as a block; Slack adds no links of its own to it."""
    return {"type": "section", "text": marked_up(text)}


def marked_up(text: str) -> Block:
    """Text already made harmless, in which Slack reads the marks that are ours."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}
