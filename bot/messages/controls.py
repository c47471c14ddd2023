"""What people tap, pick and type: buttons, lists and fields inside Slack's limits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.message import Button, Buttons, Field, Menu, Option
from bot.messages.room import Drawn, Room
from bot.messages.words import Block, cut, plain, shown

IN_A_ROW = 25
BUTTON, CONFIRM, PLACEHOLDER, OPTION, LABEL = 75, 300, 150, 75, 150
ID, VALUE, OPTION_VALUE = 255, 2000, 150
OPTIONS, RADIO = 100, 4
TYPED = 1000


def buttons(part: Buttons, room: Room) -> Drawn:
    """Rows of buttons; in a row each action stands once, and a value is never shortened."""
    rows: list[list[Block]] = []
    missing = 0
    for each in part.buttons:
        if not (0 < len(each.action) <= ID and len(each.value) <= VALUE):
            missing += 1
            continue
        full = not rows or len(rows[-1]) == IN_A_ROW
        if full or any(other["action_id"] == each.action for other in rows[-1]):
            rows.append([])
        rows[-1].append(button(each))
    return _that_fit(rows, missing, room)


def _that_fit(rows: Sequence[list[Block]], missing: int, room: Room) -> Drawn:
    """The rows there is room for, buttons dropped from the end of the first that is too long."""
    blocks: list[Block] = []
    for each in rows:
        fits: list[Block] = []
        for drawn in each:
            if room.holds([row([*fits, drawn])]):
                fits.append(drawn)
        missing += len(each) - len(fits)
        if fits:
            blocks.append(row(fits))
            room = room.less(blocks[-1:])
    return Drawn(tuple(blocks), ("button",) * missing)


def row(elements: Sequence[Block]) -> Block:
    """What can be tapped, side by side."""
    return {"type": "actions", "elements": list(elements)}


def menu(part: Menu, room: Room) -> Drawn:
    """A list to pick from; one with nothing in it is left out, and said to be."""
    options = _options(part.options)
    missing = ("choice",) * (len(part.options) - len(options))
    if not options:
        return Drawn(missing=(*missing, f"list “{shown(part.label)}”, which is empty"))
    drawn = {"action_id": part.action, **_select(options, part.label, part.chosen, room)}
    return Drawn(({"type": "actions", "elements": [drawn]},), missing)


def field(part: Field, room: Room) -> Block:
    """Something to type, or to choose where it has options: of a few, the first is chosen."""
    drawn: Block = {
        "type": "input",
        "block_id": part.name,
        "optional": not part.required,
        "label": plain(part.label, LABEL),
        "element": {"action_id": part.name, **_element(part, room)},
    }
    return drawn | ({"hint": plain(part.hint, LABEL)} if shown(part.hint) else {})


def _element(part: Field, room: Room) -> Block:
    options = _options(part.options)
    if not options:
        return {"type": "plain_text_input", "multiline": True, "max_length": TYPED}
    if len(options) <= RADIO:
        return {"type": "radio_buttons", "options": options, "initial_option": options[0]}
    return _select(options, part.label, "", room)


def _select(options: list[Block], label: str, chosen: str, room: Room) -> Block:
    """All options at once where Slack takes them, looked up while typing where they are more."""
    drawn: Block = {"placeholder": plain(label, PLACEHOLDER)}
    if first := [option for option in options if option["value"] == chosen]:
        drawn["initial_option"] = first[0]
    most = min(room.surface.options, room.size // 4)
    if len(options) <= OPTIONS and room.surface.weigh(options) <= most:
        return {"type": "static_select", "options": options, **drawn}
    return {"type": "external_select", "min_query_length": 0, **drawn}


def _options(options: Sequence[Option]) -> list[Block]:
    """Those that can be picked: a value says which, so it is neither empty, long nor used twice."""
    kept: dict[str, Block] = {}
    for option in options:
        if 0 < len(option.value) <= OPTION_VALUE and option.value not in kept:
            kept[option.value] = {"text": plain(option.label, OPTION), "value": option.value}
    return list(kept.values())


def button(part: Button) -> Block:
    """A button; where it asks first, it says what it does and can be left."""
    drawn: Block = {
        "type": "button",
        "text": plain(part.label, BUTTON),
        "action_id": part.action,
        "value": part.value,
    }
    if part.style:
        drawn["style"] = part.style
    if shown(part.spoken):
        drawn["accessibility_label"] = cut(shown(part.spoken), BUTTON)
    if shown(part.confirm):
        drawn["confirm"] = {
            "title": plain(part.label, 100),
            "text": plain(part.confirm, CONFIRM),
            "confirm": plain(part.label, 30),
            "deny": plain("Go back", 30),
        }
    return drawn
