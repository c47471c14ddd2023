"""What every function is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from sandbox.intacct.books import Books, Caller
from sandbox.intacct.cursors import Cursors
from sandbox.intacct.listing import Listing
from sandbox.intacct.reply import Raw
from sandbox.intacct.settings import Settings
from sandbox.intacct.signin import Sessions


@dataclass(frozen=True, slots=True)
class Work:
    """The books, who asks, and what is held open between requests."""

    books: Books
    caller: Caller
    sessions: Sessions
    cursors: Cursors
    endpoint: str
    alone: bool
    settings: Settings = field(default_factory=Settings)


Element: TypeAlias = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
FunctionAnswer = Element | Listing | Raw | None
Carry = Callable[[Work, Element], FunctionAnswer]
