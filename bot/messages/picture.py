"""Charts Slack cannot draw, as pictures: by what a picture is known, and drawing it."""

from __future__ import annotations

import hashlib

from bot.messages.message import Fan, LineChart

STYLE = "1"  # raised when the same figures are drawn in another way


def key_of(part: Fan | LineChart) -> str:
    """The SHA-256 of what is drawn: the same picture has the same key."""
    return hashlib.sha256(f"{STYLE} {part!r}".encode()).hexdigest()


def draw(part: Fan | LineChart) -> bytes:
    """The picture as PNG; pure and slow, for a process of its own."""
    # Half a second to load, and only the process that draws needs it.
    from bot.messages.drawing import png

    return png(part)
