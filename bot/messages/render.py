"""A message as Block Kit, inside Slack's limits whatever is said."""

from __future__ import annotations

from bot.messages.figures import instant
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Fan,
    Footer,
    Heading,
    Home,
    LineChart,
    Mention,
    Menu,
    Message,
    Modal,
    Moment,
    Paragraph,
    Part,
    Span,
    Table,
    says,
)
from bot.messages.tables import lined, native_table, words_of
from bot.messages.words import Block, cut, inert, pieces, plain, section, shown, unmarked

HEADER, CONTEXT, NOTIFICATION = 150, 1900, 3500
BUTTON, CONFIRM, CHART_TITLE, CHART_LABEL = 75, 300, 50, 20
BLOCKS = 48


def blocks_of(message: Message) -> list[Block]:
    """Heading, result, parts and footer; never more than Slack takes."""
    drawn = [_header(message.title), *_paragraph(_result(message))]
    for part in message.parts:
        drawn += _part(part)
    drawn = drawn[:BLOCKS]
    return [*drawn, _context(message.footer)] if message.footer else drawn


def text_of(message: Message) -> str:
    """What a notification and a screen reader say: the heading and the result."""
    words = "".join(_spoken(span) for span in _result(message).spans)
    return cut(f"{inert(message.title)}: {words}", NOTIFICATION)


def plain_blocks_of(message: Message) -> list[Block]:
    """The same without anything Slack might not take yet: tables as text, charts left out."""
    drawn = [_header(message.title), *_paragraph(_result(message))]
    for part in message.parts:
        if isinstance(part, Table):
            drawn += _sections("\n".join(" · ".join(row) for row in words_of(part)[1:21]))
        elif not isinstance(part, LineChart | Fan):
            drawn += _part(part)
    drawn = drawn[:BLOCKS]
    return [*drawn, _context(message.footer)] if message.footer else drawn


def home_of(home: Home) -> Block:
    """A person's own page as the view Slack publishes."""
    drawn: list[Block] = []
    for part in home.parts:
        drawn += _part(part)
    if home.footer:
        drawn.append(_context(home.footer))
    return {"type": "home", "blocks": drawn[:95]}


def view_of(modal: Modal) -> Block:
    """A modal as the view Slack opens."""
    drawn: list[Block] = []
    for part in modal.parts:
        drawn += _part(part, wide=False)
    for field in modal.fields:
        drawn.append(
            {
                "type": "input",
                "block_id": field.name,
                "optional": not field.required,
                "label": plain(field.label, 2000),
                "element": {
                    "type": "plain_text_input",
                    "action_id": field.name,
                    "multiline": True,
                    "max_length": 1000,
                },
            }
            | ({"hint": plain(field.hint, 2000)} if field.hint else {})
        )
    if modal.footer:
        drawn.append(_context(modal.footer))
    view: Block = {
        "type": "modal",
        "callback_id": modal.name,
        "private_metadata": modal.about,
        "title": plain(modal.title, 24),
        "close": plain(modal.close, 24),
        "blocks": drawn[:95],
    }
    return view | ({"submit": plain(modal.submit, 24)} if modal.submit else {})


def _part(part: Part, *, wide: bool = True) -> list[Block]:
    match part:
        case Paragraph():
            return _paragraph(part)
        case Table():
            return [native_table(part)] if wide else lined(part)
        case LineChart():
            return [_chart(part)] if wide else []
        case Fan():
            return []
        case Heading():
            return [_header(part.text)]
        case Menu():
            return [{"type": "actions", "elements": [_menu(part)]}]
        case Buttons():
            return [{"type": "actions", "elements": [_button(b) for b in part.buttons[:25]]}]


def _result(message: Message) -> Paragraph:
    return message.result if isinstance(message.result, Paragraph) else says(message.result)


def _paragraph(part: Paragraph) -> list[Block]:
    text = "".join(_span(span) for span in part.spans)
    return [section(piece) for piece in pieces(text)]


def _span(span: Span) -> str:
    match span:
        case Bold():
            words = unmarked(inert(span.text))
            bold = words.strip()
            return words.replace(bold, f"*{bold}*", 1) if bold else ""
        case Mention():
            return f"<@{inert(span.user)}>"
        case Moment():
            at = f"{int(span.at.timestamp())}^{{date_short_pretty}} {{time}}"
            return f"<!date^{at}|{instant(span.at)}>"
        case str():
            return unmarked(inert(span))


def _spoken(span: Span) -> str:
    """The same without marks, as a notification takes it."""
    match span:
        case Mention():
            return _span(span)
        case Moment():
            return instant(span.at)
    return inert(span if isinstance(span, str) else span.text)


def _sections(text: str) -> list[Block]:
    return _paragraph(says(text))


def _header(title: str) -> Block:
    return {"type": "header", "text": plain(title, HEADER)}


def _context(footer: str | Paragraph | Footer) -> Block:
    said = _footed(footer) if isinstance(footer, Footer) else footer
    spans = said.spans if isinstance(said, Paragraph) else (said,)
    text = cut("".join(_span(span) for span in spans), CONTEXT)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def _footed(footer: Footer) -> Paragraph:
    """As of, read at, source, policy, snapshot, in this order always."""
    read: tuple[Span, ...] = ()
    if footer.read_at:
        read = (" · copied " if footer.copied else " · read ", Moment(footer.read_at))
    rest = f" · source {footer.source} · policy v{footer.policy} · snapshot #{footer.snapshot}"
    return says(footer.as_of, *read, rest)


def _menu(menu: Menu) -> Block:
    options = [
        {"text": plain(option.label, 75), "value": option.value} for option in menu.options[:100]
    ]
    chosen = [option for option in options if option["value"] == menu.chosen]
    drawn: Block = {
        "type": "static_select",
        "action_id": menu.action,
        "placeholder": plain(menu.label, 150),
        "options": options,
    }
    return drawn | ({"initial_option": chosen[0]} if chosen else {})


def _button(button: Button) -> Block:
    drawn: Block = {
        "type": "button",
        "text": plain(button.label, BUTTON),
        "action_id": button.action,
        "value": button.value,
    }
    if button.style:
        drawn["style"] = button.style
    if button.confirm:
        drawn["confirm"] = {
            "title": plain(button.label, 100),
            "text": plain(button.confirm, CONFIRM),
            "confirm": plain(button.label, 30),
            "deny": plain("Go back", 30),
        }
    return drawn


def _chart(chart: LineChart) -> Block:
    return {
        "type": "data_visualization",
        "title": cut(shown(chart.title), CHART_TITLE),
        "chart": {
            "type": "line",
            "series": [
                {
                    "name": cut(shown(series.name), CHART_LABEL),
                    "data": [
                        {"label": cut(label, CHART_LABEL), "value": float(point)}
                        for label, point in zip(chart.labels, series.points, strict=True)
                    ],
                }
                for series in chart.series
            ],
            "axis_config": {
                "categories": [cut(label, CHART_LABEL) for label in chart.labels],
                "y_label": cut(chart.unit, CHART_TITLE),
            },
        },
    }
