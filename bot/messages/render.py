"""A message, a window, a Home as Block Kit, inside Slack's limits whatever is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.messages import charts, controls
from bot.messages.layout import laid_out
from bot.messages.message import Fan, Home, LineChart, Message, Modal, says
from bot.messages.room import HOME, MESSAGE, MODAL, MOST_CHARTS, Room, Surface
from bot.messages.sentences import paragraph, spoken
from bot.messages.words import Block, plain, shown

NOTIFICATION, WINDOW, FIELDS = 3500, 24, 40
NO_FILES: Mapping[str, str] = {}
SIMPLE = ("table", "data_table", "data_visualization", "image")  # what Slack may refuse


def blocks_of(message: Message, files: Mapping[str, str] = NO_FILES) -> list[Block]:
    """Heading, result, parts and footer; `files` are Slack's ids of pictures by their keys."""
    return _message(message, MESSAGE, files)


def without(
    message: Message, refused: Collection[str], files: Mapping[str, str] = NO_FILES
) -> list[Block]:
    """The same where Slack refused kinds of blocks: each is said in the next simpler form."""
    return _message(message, MESSAGE.without(refused), files)


def plain_blocks_of(message: Message, files: Mapping[str, str] = NO_FILES) -> list[Block]:
    """The same in nothing but text and buttons: tables as lines, charts as their figures."""
    return without(message, SIMPLE, files)


def pictures_of(said: Message | Modal | Home) -> tuple[Fan | LineChart, ...]:
    """The parts that want a file: all charts outside a message, in one those Slack cannot draw."""
    drawn = [part for part in said.parts if isinstance(part, Fan | LineChart)]
    if not isinstance(said, Message):
        return tuple(drawn)
    lines = [part for part in drawn if isinstance(part, LineChart) and charts.native(part)]
    return tuple(part for part in drawn if part not in lines[:MOST_CHARTS])


def text_of(message: Message) -> str:
    """What a notification and a screen reader say: the heading and the result."""
    title = spoken(says(message.title), NOTIFICATION // 2)
    words = spoken(paragraph(message.result), NOTIFICATION - len(title) - 2)
    return ": ".join(said for said in (title, words) if said) or "–"


def home_of(home: Home, files: Mapping[str, str] = NO_FILES) -> Block:
    """A person's own page as the view Slack publishes."""
    room = Room(HOME, HOME.blocks, HOME.size, files)
    return {"type": "home", "blocks": laid_out(home.parts, home.footer, room)}


def view_of(modal: Modal, files: Mapping[str, str] = NO_FILES) -> Block:
    """A modal as the view Slack opens; `about` comes back with it."""
    room = Room(MODAL, MODAL.blocks, MODAL.size, files)
    fields: list[Block] = []
    for field in modal.fields[:FIELDS]:
        fields.append(controls.field(field, room))
        room = room.less(fields[-1:])
    view: Block = {
        "type": "modal",
        "callback_id": modal.name,
        "private_metadata": modal.about,
        "title": plain(modal.title, WINDOW, "Tieout"),
        "close": plain(modal.close, WINDOW, "Close"),
        "blocks": laid_out(modal.parts, modal.footer, room, fields=fields),
    }
    sent = modal.submit if shown(modal.submit) or not fields else "Send"
    return view | ({"submit": plain(sent, WINDOW)} if sent else {})


def _message(message: Message, surface: Surface, files: Mapping[str, str]) -> list[Block]:
    room = Room(surface, surface.blocks, surface.size, files)
    parts = (paragraph(message.result), *message.parts)
    return laid_out(parts, message.footer, room, title=message.title, paper=message.paper)
