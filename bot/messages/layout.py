"""What stands where and what finds room: heading, parts, what is left out, footer.

Heading and footer come first, then whatever can be tapped, then the other parts in their order, as
long as there is room. What finds none is named above the footer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.messages import charts, controls, figures, tables
from bot.messages.message import (
    Button,
    Buttons,
    Fan,
    Footer,
    Heading,
    LineChart,
    Menu,
    Moment,
    Paragraph,
    Part,
    Span,
    Table,
    says,
)
from bot.messages.room import Drawn, Room
from bot.messages.sentences import paragraph, told
from bot.messages.words import Block, marked_up, plain, section, shown

HEADER, CONTEXT, NOTE = 150, 1900, 500
WORTH_READING = 200
ALL_LINES = "paper.table"  # opens a table of the working paper whole


def laid_out(
    parts: Sequence[Part],
    footer: str | Paragraph | Footer,
    room: Room,
    *,
    title: str = "",
    fields: Sequence[Block] = (),
    paper: str = "",
) -> list[Block]:
    """Everything in its order, each block under an id that says where it stands, so that an
    update keeps what people typed; never nothing."""
    head, foot = _header(title), _context(_footed(footer), CONTEXT)
    several = sum(isinstance(part, Table) for part in parts) > 1
    room = replace(room.less([*head, *foot]), named=several)
    # A sentence about what finds no room has its place in any case.
    note = [*_context(says("x" * NOTE), NOTE)]
    drawn = _drawn(parts, room.less(note), paper)
    left_out = _left_out([name for part in drawn for name in part.missing], paper)
    placed = [
        *_numbered("head", head),
        *(block for at, part in enumerate(drawn) for block in _numbered(f"part{at}", part.blocks)),
        *fields,
        *_numbered("missing", _context(left_out, NOTE)),
        *_numbered("foot", foot),
    ]
    return placed or _numbered("empty", [section("–")])


def _drawn(parts: Sequence[Part], room: Room, paper: str) -> list[Drawn]:
    """Every part, in their order; but those to tap have the first call on the room."""
    first = sorted(range(len(parts)), key=lambda at: not isinstance(parts[at], Buttons | Menu))
    numbers = _numbers(parts)
    drawn: dict[int, Drawn] = {}
    for at in first:
        opens = _opens(parts[at], f"{paper}|{numbers[at]}|0") if paper else ()
        done = _part(parts[at], room.less(opens))
        if not room.less(opens).holds(done.blocks):
            done = Drawn(missing=(_kind(parts[at]),), hidden=done.hidden)
        if done.hidden and room.holds(opens):
            done = replace(done, blocks=(*done.blocks, *opens))
        drawn[at] = done
        room = room.less(done.blocks)
    return [drawn[at] for at in range(len(parts))]


def _part(part: Part, room: Room) -> Drawn:
    match part:
        case Paragraph():
            return _paragraph(part, room)
        case Heading():
            return Drawn(tuple(_header(part.text)))
        case Table():
            return tables.drawn(part, room)
        case LineChart():
            return charts.line_chart(part, room)
        case Fan():
            return charts.fan(part, room)
        case Menu():
            return controls.menu(part, room)
        case Buttons():
            return controls.buttons(part, room)


def _paragraph(part: Paragraph, room: Room) -> Drawn:
    """The words there is room for; where these would be a few of many, none."""
    said = told(part, room.characters, room.blocks)
    if not said.whole and room.characters < WORTH_READING:
        return Drawn(missing=("paragraph",))
    missing = () if said.whole else ("paragraph end",)
    return Drawn(tuple(map(section, said.texts)), missing)


def _opens(part: Part, value: str) -> tuple[Block, ...]:
    """The button that opens a table whole, for one that is not shown whole."""
    if not isinstance(part, Table):
        return ()
    button = Button(f"All {figures.count(len(part.rows), 'line')}", ALL_LINES, value)
    return (controls.row([controls.button(button)]),)


def _numbers(parts: Sequence[Part]) -> list[int]:
    """How many tables stand before each part: a table's own number."""
    return [sum(isinstance(p, Table) for p in parts[:at]) for at in range(len(parts))]


def _kind(part: Part) -> str:
    match part:
        case Table():
            return tables.in_words(part)
        case LineChart() | Fan():
            return f"chart “{shown(part.title)}”"
        case Buttons():
            return "row of buttons"
        case Menu():
            return f"list “{shown(part.label)}”"
    return type(part).__name__.casefold()


def _left_out(missing: Sequence[str], paper: str) -> Paragraph:
    """What is not shown, each kind once with how often, and where it is."""
    if not missing:
        return says("")
    counted = Counter(missing).items()
    named = ", ".join(n if "“" in n else figures.count(many, n) for n, many in counted)
    where = " Sources and All lines have every figure." if paper else ""
    return says(f"No room here for: {named}.{where}")


def _header(title: str) -> list[Block]:
    return [{"type": "header", "text": plain(title, HEADER)}] if shown(title) else []


def _context(said: Paragraph, most: int) -> list[Block]:
    texts = told(said, most, 1).texts
    return [{"type": "context", "elements": [marked_up(text)]} for text in texts]


def _footed(footer: str | Paragraph | Footer) -> Paragraph:
    """As of, read at, source, policy, snapshot, what it is bound to, in this order always."""
    if not isinstance(footer, Footer):
        return paragraph(footer)
    moment = Moment(footer.read_at) if footer.read_at else ""
    named: list[tuple[str, Span]] = [
        ("as of ", footer.as_of),
        ("copied " if footer.copied else "read ", moment),
        ("source ", footer.source),
        ("policy v", f"{footer.policy}" if footer.policy else ""),
        ("snapshot #", footer.snapshot),
        ("", footer.bound),
    ]
    spans = [span for name, value in named if value for span in (" · ", name, value)]
    return Paragraph(tuple(spans[1:]))


def _numbered(place: str, blocks: Sequence[Block]) -> list[Block]:
    return [{**block, "block_id": f"{place}.{at}"} for at, block in enumerate(blocks)]
