"""What is said, before it is Slack's: plain values that know nothing of blocks.

Every string in here is plain text. Whatever in it could mean something to Slack is made harmless
when it is drawn, so a customer named `<!channel>` rings nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, by Slack id; Slack shows the name and, in a channel, lets them know."""

    user: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown to each reader in their own time zone; aware, any zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; an address of our own making, https."""

    text: str
    url: str


Span = str | Bold | Mention | Moment | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few words that belong together."""

    spans: tuple[Span, ...]


def says(*spans: Span) -> Paragraph:
    """A paragraph from its words."""
    return Paragraph(spans)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share said in percent (`0.061` is 6.1 %); a ratio to nothing is None, shown as n/m."""

    value: Decimal | None
    digits: int = 1
    signed: bool = False


Cell = str | int | Decimal | Ratio | None  # an amount is a Decimal, a count an int


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; figures stand to the right, names that wrap leave them room on a phone.

    The Decimals of a column that `adds` make sense as a sum, on a page of the table and in all.
    """

    name: str
    align: Literal["left", "right"] = "left"
    wraps: bool = False
    adds: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All its rows under named columns, a cell for each, and the row they add up to.

    A message shows the first `shown`; `rest` is one row that stands for the others, so that what
    is seen adds up to the total.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row = ()
    rest: Row = ()
    shown: int = 10


@dataclass(frozen=True, slots=True)
class LineSeries:
    """A named line of a chart, one point per label."""

    name: str
    points: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Up to six lines over up to twenty labels."""

    title: str
    labels: tuple[str, ...]
    series: tuple[LineSeries, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Fan:
    """What was and what comes with its ranges, a point per label; drawn as a picture.

    `was` has as many points as there are labels before the first of `mid`; the others are as long
    as `mid`. `says` is what a screen reader says instead: what it shows and the key figure.
    """

    title: str
    says: str
    unit: str
    labels: tuple[str, ...]
    was: tuple[Decimal, ...]
    mid: tuple[Decimal, ...]
    low80: tuple[Decimal, ...]
    high80: tuple[Decimal, ...]
    low95: tuple[Decimal, ...] = ()
    high95: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap; `value` is an id and nothing else.

    `spoken` begins with the label and says more to who hears it; where labels are alike.
    """

    label: str
    action: str
    value: str
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to pick."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to pick one from; picking acts at once, as tapping a button does."""

    label: str
    action: str
    options: tuple[Option, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the parts below it are about; for the Home and for long windows."""

    text: str


Part = Paragraph | Heading | Table | LineChart | Fan | Buttons | Menu


@dataclass(frozen=True, slots=True)
class Footer:
    """What every figure above it hangs on: as of, read at, source, policy, snapshot.

    Empty where an answer has none of it (a record that is its own source reads nothing).
    """

    as_of: str
    source: str
    policy: int
    snapshot: str
    read_at: datetime | None = None
    copied: bool = False  # read earlier for the copy of the books, and answered from it
    bound: str = ""  # what a decision holds to, for whoever checks it


@dataclass(frozen=True, slots=True)
class Message:
    """A heading that makes sense alone, the result in one sentence, its parts, and its footer.

    `paper` is the id of the working paper under its figures; with it every table opens whole.
    """

    title: str
    result: str | Paragraph
    parts: tuple[Part, ...] = ()
    footer: str | Paragraph | Footer = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text a person may or must type in a window, or one of its options to choose."""

    name: str
    label: str
    hint: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Modal:
    """A window over the conversation; `about` is the id that comes back with it."""

    name: str
    title: str
    about: str
    parts: tuple[Part, ...]
    fields: tuple[Field, ...] = ()
    submit: str = ""
    close: str = "Close"
    footer: str | Paragraph | Footer = ""


@dataclass(frozen=True, slots=True)
class Home:
    """A person's own page: what waits for them and how things stand."""

    parts: tuple[Part, ...]
    footer: str | Paragraph | Footer = ""
