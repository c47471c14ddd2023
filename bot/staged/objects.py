"""Which objects the copy holds, which of their fields, and how each is brought up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from intacct.condition import Condition, different
from intacct.read.accounts import COUNT_FIELDS, MONEY_FIELDS
from intacct.read.budgets import HEAD_FIELDS, LINE_FIELDS
from intacct.read.dimensions import ENTITY_FIELDS
from intacct.read.periods import PERIOD_FIELDS

LINES: Final = "GLDETAIL"  # the ledger's lines, in a table of their own
ENTRIES: Final = "GLBATCH"  # what the lines stand in; changes and deletions are told of these
SETUP: Final = "COMPANY"  # not an object of Intacct's: how the company keeps its books
CHANGED: Final = "WHENMODIFIED"

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


_PARTY: Final = ("NAME", "PARENTID", "TERMNAME", "CURRENCY", "CREDITLIMIT", "ONHOLD", "STATUS")
_TERM: Final = ("NAME", "DESCRIPTION", "DUEDATE", "DUEFROM", "STATUS")
_SUMS: Final = ("TOTALENTERED", "TOTALDUE", "TRX_TOTALENTERED", "TRX_TOTALDUE")
_DOCUMENT: Final = ("RECORDID", "DOCNUMBER", "DESCRIPTION", "STATE", "CURRENCY", "BASECURR", *_SUMS)
_DATED: Final = (*_DOCUMENT, "TERMNAME", "WHENCREATED", "WHENDUE")


def _open(name: str, party: str, fields: tuple[str, ...]) -> Staged:
    return Staged(name, "RECORDID", (party, *fields), "changes", "TOTALDUE")


OBJECTS: Final = (
    Staged("GLACCOUNT", "ACCOUNTNO", MONEY_FIELDS),
    Staged("STATACCOUNT", "ACCOUNTNO", COUNT_FIELDS),
    Staged("LOCATIONENTITY", "LOCATIONID", ENTITY_FIELDS),
    Staged("DEPARTMENT", "DEPARTMENTID", ("DEPARTMENTID", "TITLE", "PARENTID", "STATUS")),
    Staged("LOCATION", "LOCATIONID", ("LOCATIONID", "NAME", "PARENTID", "STATUS")),
    Staged("PROJECT", "PROJECTID", ("PROJECTID", "NAME", "PARENTID", "STATUS")),
    Staged("REPORTINGPERIOD", "NAME", PERIOD_FIELDS),
    Staged("ARTERM", "NAME", _TERM),
    Staged("APTERM", "NAME", _TERM),
    Staged("GLBUDGETHEADER", "BUDGETID", HEAD_FIELDS),
    Staged("GLBUDGETITEM", "BUDGETID", LINE_FIELDS),
    Staged("CUSTOMER", "CUSTOMERID", ("CUSTOMERID", *_PARTY), "changes"),
    Staged("VENDOR", "VENDORID", ("VENDORID", *_PARTY), "changes"),
    _open("ARINVOICE", "CUSTOMERID", _DATED),
    _open("ARADJUSTMENT", "CUSTOMERID", _DATED),
    _open("ARADVANCE", "CUSTOMERID", (*_DOCUMENT, "RECEIPTDATE")),
    _open("ARPYMT", "CUSTOMERID", (*_DOCUMENT, "RECEIPTDATE")),
    _open("APBILL", "VENDORID", _DATED),
    _open("APADJUSTMENT", "VENDORID", _DATED),
)
BY_NAME: Final = {one.name: one for one in OBJECTS}
