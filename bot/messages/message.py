"""What is said, before it is Slack's: plain values that know nothing of blocks.

Every string in here is plain text. Whatever in it could mean something to Slack is made harmless
when it is drawn, so a customer named `<!channel>` rings nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


Span = str | Bold | Mention


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few words that belong together."""

    spans: tuple[Span, ...]


def says(*spans: Span) -> Paragraph:
    """A paragraph from its words."""
    return Paragraph(spans)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; figures stand to the right, names that wrap leave them room on a phone."""

    name: str
    align: Literal["left", "right"] = "left"
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, a cell for each; `summed` where the last row is their sum."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    summed: bool = False


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
class Button:
    """Something to tap; `value` is an id and nothing else."""

    label: str
    action: str
    value: str
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


Part = Paragraph | Table | LineChart | Buttons


@dataclass(frozen=True, slots=True)
class Message:
    """A heading that makes sense alone, the result in one sentence, its parts, and its footer."""

    title: str
    result: str | Paragraph
    parts: tuple[Part, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text a person may or must type in a modal."""

    name: str
    label: str
    hint: str = ""
    required: bool = True


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
    footer: str = field(default="")
