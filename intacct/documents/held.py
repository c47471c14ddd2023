"""What Intacct holds once a document is in it: where to find it, and what it must say there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import Condition

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines a record owns: their object, its field that names the record, what each says."""

    object: str
    parent: str
    each: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A record that proves the document is in the books.

    `where` finds it: by the document's natural key and, for a change, by what was changed, so that
    a record found is a document posted. `head` and `lines` name fields as `query` does, with the
    text expected; amounts compare as numbers and dates as days.
    """

    object: str
    where: Condition
    head: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    lines: tuple[Lines, ...] = ()


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
