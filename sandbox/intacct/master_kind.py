"""What a kind of master record is, beyond what its object already says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Object
from sandbox.company.values import Stored, Value
from sandbox.intacct.refusal import COULD_NOT, Complaint
from sandbox.intacct.work import Work

Element: TypeAlias = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
Keys = tuple[tuple[str, str], ...]
Row = dict[str, Stored]


@dataclass(frozen=True, slots=True)
class MasterKind:
    """One kind of master record.

    `unique` are the columns no two records share; the business id, if none are named. `within` are
    elements whose children are columns of the record itself, `contacts` elements that name a
    contact, with the column that keeps its number, and `parts` elements `finish` deals with.
    `fixed` columns are set once. `check` sees the row as it would be kept and says what is wrong
    with it, `guard` what keeps it from being deleted. `fill` adds what a new record gets from what
    was sent; `finish` writes what belongs to the record but is kept elsewhere, given the record as
    it was, or nothing if it is new.
    """

    name: str
    word: str
    unique: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    within: tuple[str, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parts: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    fill: Callable[[Work, Mapping[str, Value]], dict[str, Value]] | None = None
    check: Callable[[Work, Row], list[str]] | None = None
    guard: Callable[[Work, Row], list[str]] | None = None
    finish: Callable[[Work, Row, Element, Row | None], None] | None = None

    @property
    def object(self) -> Object:
        """The object its records are kept as."""
        return OBJECTS[self.name]

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns no two records share."""
        return self.unique or (self.object.key,)


def complaint(text: str, message: str = "", **placeholders: str) -> Complaint:
    """A record that will not do."""
    return Complaint(COULD_NOT, "", text, "", "", message, placeholders)
