"""Rich text: sections, lists, quotes and code, made of styled pieces."""

from __future__ import annotations

from sandbox.slack.blocks.shape import (
    Shape,
    anything,
    boolean,
    choice,
    integer,
    items,
    one_of,
    string,
)
from sandbox.slack.blocks.texts import ID

STYLES = (
    "bold", "italic", "strike", "code", "underline", "highlight", "unlink", "client_highlight",
)  # fmt: skip
STYLE = Shape({}, dict.fromkeys(STYLES, boolean))
STYLED = {"style": STYLE}

PIECE = one_of(
    {
        "text": Shape({"text": string(12_000, 1)}, STYLED),
        "link": Shape(
            {"url": string(3000, 1)}, {**STYLED, "text": string(12_000), "unsafe": boolean}
        ),
        "emoji": Shape(
            {"name": string(255, 1)},
            {**STYLED, "unicode": string(255), "skin_tone": integer(1, 6), "url": string(3000)},
        ),
        "user": Shape({"user_id": string(255, 1)}, STYLED),
        "usergroup": Shape({"usergroup_id": string(255, 1)}, STYLED),
        "channel": Shape({"channel_id": string(255, 1)}, STYLED),
        "team": Shape({"team_id": string(255, 1)}, STYLED),
        "broadcast": Shape({"range": choice("here", "channel", "everyone")}, STYLED),
        "color": Shape({"value": string(255, 1)}, STYLED),
        "date": Shape(
            {"timestamp": integer(0, 10**11), "format": string(255, 1)},
            {**STYLED, "url": string(3000), "fallback": string(255)},
        ),
    }
)
PIECES = items(PIECE, 0, 1000)
SECTION = Shape({"elements": PIECES})
PART = one_of(
    {
        "rich_text_section": SECTION,
        "rich_text_preformatted": Shape(
            {"elements": PIECES}, {"border": integer(0, 1), "language": string(50)}
        ),
        "rich_text_quote": Shape({"elements": PIECES}, {"border": integer(0, 1)}),
        "rich_text_list": Shape(
            {
                "style": choice("bullet", "ordered"),
                "elements": items(one_of({"rich_text_section": SECTION}), 0, 1000),
            },
            {
                "indent": integer(0, 8),
                "border": integer(0, 1),
                "offset": integer(0, 10_000),
            },
        ),
    }
)
RICH_TEXT = Shape({"elements": items(PART, 0, 1000)}, {"block_id": ID, "fallback": anything})
