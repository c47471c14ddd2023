"""Typed text as Slack keeps it: names become ids, signs are escaped, and blocks say the same."""

from __future__ import annotations

import re

from sandbox.slack.stamps import made_up_id
from sandbox.slack.wire import Json
from sandbox.slack.workspace import BOT_USER, CHANNELS, PEOPLE

MENTION = re.compile(r"(<@[UW][A-Z0-9]+>|<#C[A-Z0-9]+>)")


def with_mentions(text: str) -> str:
    """Typed text as Slack stores it: names become ids, and &, <, > are escaped."""
    for user, name in [(BOT_USER, "tieout"), *((p.id, p.name) for p in PEOPLE.values())]:
        text = re.sub(rf"(?<![\w<])@{name}\b", f"<@{user}>", text, flags=re.IGNORECASE)
    pieces = MENTION.split(text)
    return "".join(piece if MENTION.fullmatch(piece) else _plain(piece) for piece in pieces)


def escaped(words: str) -> str:
    """A command's words with `should_escape`: people and channels with id and name."""
    for person in PEOPLE.values():
        words = re.sub(rf"(?<![\w<])@{person.name}\b", f"<@{person.id}|{person.name}>", words)
    for channel in CHANNELS.values():
        if channel.kind == "channel":
            words = re.sub(rf"#{channel.name}\b", f"<#{channel.id}|{channel.name}>", words)
    return words


def as_rich_text(text: str) -> Json:
    """The block Slack makes of what was typed."""
    pieces = []
    for piece in filter(None, MENTION.split(text)):
        if piece.startswith("<@"):
            pieces.append({"type": "user", "user_id": piece[2:-1]})
        elif piece.startswith("<#"):
            pieces.append({"type": "channel", "channel_id": piece[2:-1]})
        else:
            shown = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            pieces.append({"type": "text", "text": shown})
    section = {"type": "rich_text_section", "elements": pieces}
    return {"type": "rich_text", "block_id": made_up_id("b")[:5], "elements": [section]}


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
