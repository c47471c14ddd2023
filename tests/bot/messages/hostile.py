"""Any message, window and Home there may be, with texts of the kind that break things."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Fan,
    Field,
    Footer,
    Heading,
    Home,
    LineChart,
    LineSeries,
    Link,
    Mention,
    Menu,
    Message,
    Modal,
    Moment,
    Option,
    Paragraph,
    Row,
    Table,
)

FOREIGN = (
    "", " ", "\u200b", "\n\n", "<!channel>", "<@U0999>", "<#C0999|x>", "<https://e.com|pay here>",
    "*bold* _it_ ~no~ `code`", "```code```", "> quoted", "a|b|c", "&lt;!here&gt; & co", ":100:",
    "\u202egnp.exe\u202c", "עברית 5.00", "株式会社テスト", "👩‍👩‍👧 🎉", "\x00\x1b[31m", "a\r\nb\tc",
    "x" * 3001, "word " * 800, "&" * 9000, "*_~`" * 500, "🎉" * 2500, "Z " * 20_000, "<" * 40_000,
)  # fmt: skip
TEXT = st.sampled_from(FOREIGN) | st.text(max_size=40)
ID = st.from_regex(r"[a-z]{1,8}\.[a-z0-9]{1,8}", fullmatch=True)
AMOUNT = st.integers(-(10**14), 10**14).map(lambda minor: Decimal(minor).scaleb(-2))
SPAN = st.one_of(
    TEXT, TEXT.map(Bold), st.just(Mention("U02BEN")), TEXT.map(Mention),
    st.integers(0, 4 * 10**9).map(lambda at: Moment(datetime.fromtimestamp(at, UTC))),
    st.builds(Link, TEXT, st.sampled_from(("https://x.example/a?b=1&c", "javascript:x", "a|b>"))),
)  # fmt: skip
PARAGRAPH = st.lists(SPAN, max_size=6).map(lambda spans: Paragraph(tuple(spans)))
BUTTON = st.builds(
    Button, TEXT, ID, st.sampled_from(("", "PRP-1", "v" * 2000, "v" * 2001)),
    st.sampled_from(("", "primary", "danger")), TEXT,
)  # fmt: skip
BUTTONS = st.lists(BUTTON, max_size=40).map(lambda buttons: Buttons(tuple(buttons)))
OPTIONS = st.builds(
    lambda label, many, long: tuple(Option(label, f"{n}{'v' * long}") for n in range(many)),
    TEXT, st.sampled_from((0, 1, 4, 5, 100, 101, 300)), st.sampled_from((0, 147, 160)),
)  # fmt: skip
MENU = st.builds(Menu, TEXT, ID, OPTIONS, st.sampled_from(("", "0", "no such")))
FOOTER = TEXT | PARAGRAPH | st.builds(
    Footer, TEXT, TEXT, st.integers(0, 9), TEXT, st.just(datetime(2026, 11, 21, 9, tzinfo=UTC)),
    st.booleans(),
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any number of rows and columns; the first names the row, the others add up."""
    wide = draw(st.sampled_from((1, 2, 3, 7, 20, 23)))
    long = draw(st.sampled_from((0, 1, 9, 10, 11, 60, 150, 400)))
    name, amount = draw(TEXT), draw(AMOUNT)
    rows: list[Row] = [(f"row{at}row {name}", *([amount] * (wide - 1))) for at in range(long)]
    names = tuple(Column(draw(TEXT), "right", adds=True) for _ in range(wide - 1))
    total: Row = ("Total", *([amount * long] * (wide - 1))) if draw(st.booleans()) else ()
    shown = draw(st.sampled_from((10, 20, 2000)))
    return Table(draw(TEXT), (Column(draw(TEXT)), *names), tuple(rows), total, shown=shown)


@st.composite
def charts(draw: st.DrawFn) -> LineChart:
    """Any number of lines and points."""
    many = draw(st.sampled_from((0, 1, 12, 20, 21, 40)))
    labels = tuple(f"{at}{draw(TEXT)}" for at in range(many))
    points = tuple(draw(AMOUNT) * 10 ** draw(st.sampled_from((0, 20))) for _ in range(many))
    names = draw(st.lists(TEXT, max_size=8))
    return LineChart(draw(TEXT), labels, tuple(LineSeries(n, points) for n in names), draw(TEXT))


FIVE = (Decimal(5),)
FAN = st.builds(lambda title, says: Fan(title, says, "USD", ("a",), (), *[FIVE] * 3), TEXT, TEXT)
PART = st.one_of(PARAGRAPH, TEXT.map(Heading), tables(), charts(), FAN, BUTTONS, MENU)
PARTS = st.lists(PART, max_size=4).map(tuple) | st.builds(
    lambda part, many: (part,) * many, PART, st.sampled_from((2, 12, 55))
)
FIELDS = st.lists(
    st.builds(Field, ID, TEXT, TEXT, st.booleans(), OPTIONS),
    max_size=6,
    unique_by=lambda field: field.name,
).map(tuple)
PAPER = st.sampled_from(("", "FC-ABC"))
MESSAGE = st.builds(Message, TEXT, TEXT | PARAGRAPH, PARTS, FOOTER, PAPER)
MODAL = st.builds(Modal, ID, TEXT, ID, PARTS, FIELDS, TEXT, TEXT, FOOTER)
HOME = st.builds(Home, PARTS, FOOTER)
