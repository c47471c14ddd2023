"""A document taken back: by Intacct's own reversal, or by an entry opposite to a journal entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import all_of, equal
from intacct.documents import checks
from intacct.documents.held import Held
from intacct.documents.journal_entry import LONGEST_TITLE, JournalEntry, JournalLine
from intacct.documents.legacy import legacy_date, optional
from intacct.wire import element

Reversible = Literal["invoice", "adjustment", "receipt", "advance", "bill"]
# What is reversed: the call that does it, the object that then says so, the call's word for why.
_CALLS: Final[Mapping[Reversible, tuple[str, str, str]]] = MappingProxyType(
    {
        "invoice": ("reverse_invoice", "ARINVOICE", "description"),
        "adjustment": ("reverse_aradjustment", "ARADJUSTMENT", "description"),
        "receipt": ("reverse_arpayment", "ARPYMT", "memo"),
        "advance": ("reverse_arpayment", "ARADVANCE", "memo"),
        "bill": ("reverse_bill", "APBILL", "description"),
    }
)


@dataclass(frozen=True, slots=True)
class Reversal:
    """An invoice, adjustment, receipt (a customer's payment), advance or bill, reversed on a day.

    A record is reversed once, so the record is the key; once found, its own number is told.
    """

    what: Reversible
    record_no: str
    day: date
    description: str = ""
    entity: str = ""

    @property
    def key(self) -> str:
        """What is reversed, and its record number."""
        return f"{self.what} {self.record_no}"

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return tuple(_problems(self))

    def wire(self) -> etree._Element:
        """The call that reverses it."""
        function, _, why = _CALLS[self.what]
        day = legacy_date("datereversed", self.day)
        call = element(function, None, day, *optional(why, self.description))
        call.set("key", self.record_no)
        return call

    def held(self) -> Held:
        """The record itself, which says that it is reversed."""
        where = all_of(equal("RECORDNO", self.record_no), equal("STATE", "Reversed"))
        return Held(_CALLS[self.what][1], where)


def opposite(entry: JournalEntry, record_no: str, day: date, reference: str) -> JournalEntry:
    """The entry that takes back this one on that day, each line on its other side.

    Its title names the record number of the original; it is posted even where that was a draft.
    """
    title = f"Reversal of {record_no}: {entry.title}"[:LONGEST_TITLE].strip()
    return replace(
        entry,
        reference=reference,
        day=day,
        title=title,
        lines=tuple(map(_turned, entry.lines)),
        draft=False,
        reverse_on=None,
    )


def _turned(line: JournalLine) -> JournalLine:
    return replace(line, side="credit" if line.side == "debit" else "debit")


def _problems(reversal: Reversal) -> Iterator[Problem]:
    about = reversal.key
    yield from checks.record_number(about, f"The {reversal.what}", reversal.record_no)
    yield from checks.day(about, "The reversal's date", reversal.day)
    for what, words in (
        ("The description", reversal.description),
        ("The entity", reversal.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
