"""A vendor's bill, under its number, which is the vendor's own and unique with that vendor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import all_of, equal
from intacct.documents import checks
from intacct.documents.account_line import AccountLine, held_lines, line_problems, total_of
from intacct.documents.held import Expected, Held
from intacct.documents.legacy import optional
from intacct.documents.places import generic_fields
from intacct.wire import amount_text, date_text, element


@dataclass(frozen=True, slots=True)
class APBill:
    """What a vendor is owed for, line by line, and when it is due.

    The rate is given where the currency is not the entity's own.
    """

    number: str
    vendor: str
    day: date
    due: date
    currency: Currency
    lines: tuple[AccountLine, ...]
    term: str = ""
    posted_on: date | None = None  # for the ledger, where it is not the bill's own day
    reference: str = ""
    description: str = ""
    rate: Decimal | None = None
    draft: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The vendor and the bill's number."""
        return f"{self.vendor} {self.number}"

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return (*_head_problems(self), *line_problems(self.key, self.lines, self.currency))

    def wire(self) -> etree._Element:
        """The `create` call that enters the bill; ValueError where `problems` names an amount."""
        head = element(
            "APBILL",
            None,
            element("VENDORID", self.vendor),
            element("WHENCREATED", date_text(self.day)),
            *optional("WHENPOSTED", date_text(self.posted_on) if self.posted_on else ""),
            element("RECORDID", self.number),
            *optional("DOCNUMBER", self.reference),
            *optional("DESCRIPTION", self.description),
            *optional("TERMNAME", self.term),
            element("WHENDUE", date_text(self.due)),
            element("CURRENCY", self.currency),
            *optional("EXCHANGE_RATE", f"{self.rate:f}" if self.rate is not None else ""),
            element("ACTION", "Draft" if self.draft else "Submit"),
            element("APBILLITEMS", None, *_items(self.lines)),
        )
        return element("create", None, head)

    def held(self) -> Held:
        """The bill with its lines; what was paid on it since is not compared."""
        head: dict[str, Expected] = {
            "WHENCREATED": self.day,
            "WHENDUE": self.due,
            "DOCNUMBER": self.reference,
            "DESCRIPTION": self.description,
            "CURRENCY": self.currency,
            "TRX_TOTALENTERED": total_of(self.lines),
            **({"WHENPOSTED": self.posted_on} if self.posted_on else {}),
            **({"TERMNAME": self.term} if self.term else {}),
            **({"STATE": "Draft"} if self.draft else {}),
        }
        where = all_of(equal("VENDORID", self.vendor), equal("RECORDID", self.number))
        return Held("APBILL", where, head, (held_lines("APBILLITEM", self.lines),))


def _items(lines: Sequence[AccountLine]) -> list[etree._Element]:
    return [
        element(
            "APBILLITEM",
            None,
            element("ACCOUNTNO", line.account),
            element("TRX_AMOUNT", amount_text(line.amount)),
            *optional("ENTRYDESCRIPTION", line.memo),
            *(element(name, id_) for name, id_ in generic_fields(line.where).items()),
        )
        for line in lines
    ]


def _head_problems(bill: APBill) -> Iterator[Problem]:
    about = bill.key.strip() or "bill"
    yield from checks.natural_key(about, "The bill's number", bill.number)
    yield from checks.wording(about, "The vendor", bill.vendor, checks.LONGEST_KEY)
    yield from checks.currency(about, "The bill's currency", bill.currency)
    yield from checks.rate(about, bill.rate)
    for what, day in (
        ("The bill's date", bill.day),
        ("The due date", bill.due),
        ("The posting date", bill.posted_on),
    ):
        yield from checks.day(about, what, day) if day else ()
    for what, words in (
        ("The term", bill.term),
        ("The reference", bill.reference),
        ("The description", bill.description),
        ("The entity", bill.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
    if bill.due < bill.day:
        yield Problem(about, f"The bill of {bill.day} is due before that, on {bill.due}.")
