"""Composition objects: texts, options, confirm dialogs, image sources."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.slack.blocks.shape import (
    Check,
    Place,
    Shape,
    anything,
    boolean,
    choice,
    items,
    one_of,
    string,
)
from sandbox.slack.wire import Json

ID = string(255)


def plain(most: int, least: int = 1) -> Check:
    """A plain_text object."""
    shape = Shape({"text": string(most, least)}, {"emoji": boolean})
    return one_of({"plain_text": shape})


def text(most: int, least: int = 1) -> Check:
    """A plain_text or mrkdwn object."""
    return one_of(
        {
            "plain_text": Shape({"text": string(most, least)}, {"emoji": boolean}),
            "mrkdwn": Shape({"text": string(most, least)}, {"verbatim": boolean}),
        }
    )


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)

OPTION = Shape(
    {"text": text(75), "value": string(150, 1)},
    {"description": text(75), "url": string(3000)},
)
PLAIN_OPTION = Shape(
    {"text": plain(75), "value": string(150, 1)},
    {"description": plain(75), "url": string(3000)},
)
OPTION_GROUP = Shape({"label": plain(75), "options": items(PLAIN_OPTION, 1, 100)})

DISPATCH = Shape(
    {},
    {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"), 1, 2)},
)
FILTER = Shape(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _one_source(value: Json, place: Place) -> Iterator[str]:
    if ("id" in value) == ("url" in value):
        yield place.problem("must provide exactly one of id and url")
    elif not place.file_ready(value["id"] if "id" in value else _id_in(value["url"])):
        yield place.problem("invalid slack file")


def _id_in(url: str) -> str:
    """The file an address of this workspace's files belongs to."""
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


SLACK_FILE = Shape({}, {"id": string(255), "url": string(3000)}, (_one_source,))


def _one_image(value: Json, place: Place) -> Iterator[str]:
    if ("image_url" in value) == ("slack_file" in value):
        yield place.problem("must provide exactly one of image_url and slack_file")


IMAGE = Shape(
    {"alt_text": string(2000)},
    {
        "image_url": string(3000, 1),
        "slack_file": SLACK_FILE,
        "image_width": anything,
        "image_height": anything,
        "image_bytes": anything,
        "fallback": anything,
    },
    (_one_image,),
)
