"""A line added to a customer's comments, behind what stands there, which is never replaced.

Intacct can only write the comments as a whole. So the note carries the text it was made from, and
is refused as out of date where somebody changed the text meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import Like, all_of, equal
from intacct.documents import checks
from intacct.documents.held import Beginning, Held
from intacct.wire import element

LONGEST_COMMENTS: Final = 4000
_PLAIN: Final = re.compile(r"[A-Za-z0-9:.\-]+", re.ASCII)  # nothing a pattern gives a meaning


@dataclass(frozen=True, slots=True)
class CustomerNote:
    """One line for a customer's comments, on a day, under a key that stands in the line itself.

    `before` is the whole text of the comments as they were read, "" where there were none.
    """

    customer: str
    reference: str
    day: date
    text: str
    before: str
    entity: str = ""

    @property
    def key(self) -> str:
        """The key that stands in the line, in square brackets."""
        return self.reference

    @property
    def mark(self) -> str:
        """What tells this note from every other one in the comments."""
        return f"[{self.reference}]"

    @property
    def after(self) -> str:
        """The comments with the line behind them."""
        line = f"{self.day.isoformat()} {self.mark} {self.text}"
        return f"{self.before}\n{line}" if self.before else line

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return tuple(_problems(self))

    def wire(self) -> etree._Element:
        """The `update` call with the whole text."""
        parts = (element("CUSTOMERID", self.customer), element("COMMENTS", self.after))
        return element("update", None, element("CUSTOMER", None, *parts))

    def held(self) -> Held:
        """The customer whose comments hold the key; they begin as they were, then the line."""
        noted = Like("COMMENTS", f"%{self.mark}%")
        where = all_of(equal("CUSTOMERID", self.customer), noted)
        return Held("CUSTOMER", where, {"COMMENTS": Beginning(self.after)})


def _problems(note: CustomerNote) -> Iterator[Problem]:
    about = note.customer.strip() or "customer"
    yield from checks.natural_key(about, "The customer's id", note.customer)
    yield from checks.optional_wording(about, "The entity", note.entity, checks.LONGEST_KEY)
    yield from checks.natural_key(about, "The note's key", note.reference)
    if note.reference and not _PLAIN.fullmatch(note.reference):
        words = "The note's key may have letters, digits, colons, points and hyphens only."
        yield Problem(about, words)
    yield from checks.day(about, "The note's day", note.day)
    yield from checks.wording(about, "The note", note.text, checks.LONGEST_TEXT)
    if re.search(r"[\r\n]", note.text):
        yield Problem(about, "The note has more than one line; a note is one line.")
    if note.mark in note.before:
        yield Problem(about, f"The comments hold a note {note.reference} already.")
    yield from checks.optional_wording(about, "The text so far", note.before, LONGEST_COMMENTS)
    if len(note.after) > LONGEST_COMMENTS:
        words = f"The comments would have {len(note.after)} characters; {LONGEST_COMMENTS:,} fit."
        yield Problem(about, words)
