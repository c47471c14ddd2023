"""An invoice to a customer, under its number, which Intacct keeps unique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.account_line import (
    AccountLine,
    held_lines,
    line_items,
    line_problems,
    total_of,
)
from intacct.documents.held import Expected, Held, IfSaid
from intacct.documents.legacy import legacy_date, optional, optional_date
from intacct.wire import element


@dataclass(frozen=True, slots=True)
class ARInvoice:
    """What a customer owes for, line by line; due on a day, by a term, or by the customer's term.

    Where the currency is not the entity's own, the rate is the given one or Intacct's of the day.
    """

    number: str
    customer: str
    day: date
    currency: Currency
    lines: tuple[AccountLine, ...]
    due: date | None = None
    term: str = ""
    posted_on: date | None = None  # for the ledger, where it is not the invoice's own day
    reference: str = ""  # the customer's order
    description: str = ""
    rate: Decimal | None = None
    draft: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The invoice number."""
        return self.number

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.number.strip() or "invoice"
        return (*_head_problems(about, self), *line_problems(about, self.lines, self.currency))

    def wire(self) -> etree._Element:
        """The `create_invoice` call; ValueError where `problems` names an amount."""
        return element(
            "create_invoice",
            None,
            element("customerid", self.customer),
            legacy_date("datecreated", self.day),
            *optional_date("dateposted", self.posted_on),
            *optional_date("datedue", self.due),
            *optional("termname", self.term),
            element("action", "Draft" if self.draft else "Submit"),
            element("invoiceno", self.number),
            *optional("ponumber", self.reference),
            *optional("description", self.description),
            element("currency", self.currency),
            *optional("exchrate", "" if self.rate is None else f"{self.rate:f}"),
            element("invoiceitems", None, *line_items(self.lines)),
        )

    def held(self) -> Held:
        """The invoice with its lines; what was paid on it since is not compared."""
        head: dict[str, Expected] = {
            "CUSTOMERID": self.customer,
            "WHENCREATED": self.day,
            "DOCNUMBER": self.reference,
            "DESCRIPTION": self.description,
            "CURRENCY": IfSaid(self.currency),
            "TRX_TOTALENTERED": total_of(self.lines),
            **({"WHENPOSTED": self.posted_on} if self.posted_on else {}),
            **({"WHENDUE": self.due} if self.due else {}),
            **({"TERMNAME": self.term} if self.term else {}),
            **({"EXCHANGE_RATE": self.rate} if self.rate is not None else {}),
            **({"STATE": "Draft"} if self.draft else {}),
        }
        lines = held_lines("ARINVOICEITEM", self.lines)
        return Held("ARINVOICE", equal("RECORDID", self.number), head, (lines,))


def _head_problems(about: str, invoice: ARInvoice) -> Iterator[Problem]:
    yield from checks.natural_key(about, "The invoice's number", invoice.number)
    yield from checks.wording(about, "The customer", invoice.customer, checks.LONGEST_KEY)
    yield from checks.currency(about, "The invoice's currency", invoice.currency)
    yield from checks.rate(about, invoice.rate)
    for what, day in (
        ("The invoice's date", invoice.day),
        ("The due date", invoice.due),
        ("The posting date", invoice.posted_on),
    ):
        yield from checks.day(about, what, day) if day else ()
    for what, words in (
        ("The term", invoice.term),
        ("The reference", invoice.reference),
        ("The description", invoice.description),
        ("The entity", invoice.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
    if invoice.due and invoice.term:
        yield Problem(about, "The invoice has a due date and a term; give one of them.")
