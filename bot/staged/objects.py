"""Which objects the copy holds, which of their fields, and how each is brought up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from intacct.condition import Condition, different
from intacct.read.accounts import COUNT_FIELDS, MONEY_FIELDS
from intacct.read.budgets import HEAD_FIELDS, LINE_FIELDS
from intacct.read.dimensions import ENTITY_FIELDS
from intacct.read.open_items import (
    ADVANCES,
    BILLS,
    CUSTOMER_ADJUSTMENTS,
    INVOICES,
    Source,
    fields_of,
)
from intacct.read.parties import PARTY_FIELDS
from intacct.read.periods import PERIOD_FIELDS
from intacct.read.query import NUMBER
from intacct.read.terms import TERM_FIELDS

LINES: Final = "GLDETAIL"  # the ledger's lines, in a table of their own
ENTRIES: Final = "GLBATCH"  # what the lines stand in; changes and deletions are told of these
SETUP: Final = "COMPANY"  # not an object of Intacct's: how the company keeps its books
CHANGED: Final = "WHENMODIFIED"

SOURCES: Final = (
    *(INVOICES, CUSTOMER_ADJUSTMENTS, ADVANCES, BILLS),
    Source("APADJUSTMENT", "VENDORID", "WHENCREATED", "WHENDUE", -1),
)

How = Literal["whole", "changes"]


@dataclass(frozen=True, slots=True)
class Staged:
    """One object: the field people know a record by, the others kept, and how it is read again.

    `open_by` names the field that is zero when a document is settled; settled ones are not kept.
    """

    name: str
    key: str
    fields: tuple[str, ...]
    how: How = "whole"
    open_by: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields to ask for."""
        return (*self.fields, CHANGED) if self.how == "changes" else self.fields

    @property
    def kept(self) -> Condition | None:
        """Which records are kept, None where all are."""
        return different(self.open_by, 0) if self.open_by else None


def _party(name: str) -> Staged:
    """Read whole: what a party owes changes without its own modification time."""
    return Staged(name, f"{name}ID", (f"{name}ID", *PARTY_FIELDS))


def _open(source: Source) -> Staged:
    fields = [field for field in fields_of(source) if field != NUMBER]
    return Staged(source.name, "RECORDID", (*fields, "STATE"), "changes", "TOTALDUE")


OBJECTS: Final = (
    Staged("GLACCOUNT", "ACCOUNTNO", MONEY_FIELDS),
    Staged("STATACCOUNT", "ACCOUNTNO", COUNT_FIELDS),
    Staged("LOCATIONENTITY", "LOCATIONID", ENTITY_FIELDS),
    Staged("DEPARTMENT", "DEPARTMENTID", ("DEPARTMENTID", "TITLE", "PARENTID", "STATUS")),
    Staged("LOCATION", "LOCATIONID", ("LOCATIONID", "NAME", "PARENTID", "STATUS")),
    Staged("PROJECT", "PROJECTID", ("PROJECTID", "NAME", "PARENTID", "STATUS")),
    Staged("REPORTINGPERIOD", "NAME", PERIOD_FIELDS),
    Staged("ARTERM", "NAME", TERM_FIELDS),
    Staged("APTERM", "NAME", TERM_FIELDS),
    Staged("GLBUDGETHEADER", "BUDGETID", HEAD_FIELDS),
    Staged("GLBUDGETITEM", "BUDGETID", LINE_FIELDS),
    _party("CUSTOMER"),
    _party("VENDOR"),
    *map(_open, SOURCES),
)
BY_NAME: Final = {one.name: one for one in OBJECTS}
