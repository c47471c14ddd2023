"""What Intacct holds once a document is in it: where to find it, and what it must say there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeAlias

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import Condition


@dataclass(frozen=True, slots=True)
class Beginning:
    """A text that begins like this, whatever stands behind it."""

    text: str


@dataclass(frozen=True, slots=True)
class IfSaid:
    """A text Intacct may leave out, and otherwise holds like this: a company's only currency."""

    text: str


# Text letter by letter ("" for nothing), an amount as a number, a date as a day, a flag as yes/no.
Expected: TypeAlias = str | Decimal | date | bool | Beginning | IfSaid


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines a record owns: their object, its field that names the record, what each says.

    Lines compare as a whole, in any order; a field that only some of them name is expected to be
    empty in the others. `of` is the record's field that `parent` repeats. Where Intacct may split
    a line, `summed` says to add up the amounts of lines that are alike in all else; where it adds
    lines of its own, `others` says that these are no difference.
    """

    object: str
    parent: str
    each: tuple[Mapping[str, Expected], ...]
    of: str = "RECORDNO"
    summed: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A record that proves the document is in the books.

    `where` finds it: by the document's natural key and, for a change, by what was changed, so that
    a record found is a document posted. `head` and `lines` name fields as `query` does, with what
    is expected there. `number` is the field whose value Intacct answers the write with.
    """

    object: str
    where: Condition
    head: Mapping[str, Expected] = field(default_factory=dict)
    lines: tuple[Lines, ...] = ()
    number: str = "RECORDNO"


class Document(Protocol):
    """Something that may be posted: frozen, checkable, not yet sent."""

    @property
    def key(self) -> str:
        """The natural key Intacct will hold it under; it names one document of its kind."""
        ...

    @property
    def entity(self) -> str:
        """The entity it is posted in; "" for the whole company."""
        ...

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        ...

    def wire(self) -> etree._Element:
        """The one function that posts it."""
        ...

    def held(self) -> Held:
        """What Intacct holds once it is posted."""
        ...
