"""A debit memo or a credit memo to a customer, under its number, which Intacct keeps unique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

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
class ARAdjustment:
    """What a customer owes more (a debit memo, above zero) or less (a credit memo, below zero)."""

    number: str
    memo: Literal["debit memo", "credit memo"]
    customer: str
    day: date
    currency: Currency
    lines: tuple[AccountLine, ...]
    invoice: str = ""  # the number of the invoice it is about
    posted_on: date | None = None
    description: str = ""
    rate: Decimal | None = None
    draft: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The adjustment's number."""
        return self.number

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.number.strip() or "adjustment"
        lines = line_problems(about, self.lines, self.currency)
        return tuple([*_head_problems(about, self), *lines] or _sign_problems(self))

    def wire(self) -> etree._Element:
        """The `create_aradjustment` call; ValueError where `problems` names an amount."""
        return element(
            "create_aradjustment",
            None,
            element("customerid", self.customer),
            legacy_date("datecreated", self.day),
            *optional_date("dateposted", self.posted_on),
            element("adjustmentno", self.number),
            element("action", "Draft" if self.draft else "Submit"),
            *optional("invoiceno", self.invoice),
            *optional("description", self.description),
            element("currency", self.currency),
            *optional("exchrate", "" if self.rate is None else f"{self.rate:f}"),
            element("aradjustmentitems", None, *line_items(self.lines)),
        )

    def held(self) -> Held:
        """The adjustment with its lines; where it was applied since is not compared."""
        head: dict[str, Expected] = {
            "CUSTOMERID": self.customer,
            "WHENCREATED": self.day,
            "DOCNUMBER": self.invoice,
            "DESCRIPTION": self.description,
            "CURRENCY": IfSaid(self.currency),
            "TRX_TOTALENTERED": total_of(self.lines),
            **({"WHENPOSTED": self.posted_on} if self.posted_on else {}),
            **({"EXCHANGE_RATE": self.rate} if self.rate is not None else {}),
            **({"STATE": "Draft"} if self.draft else {}),
        }
        lines = held_lines("ARADJUSTMENTITEM", self.lines)
        return Held("ARADJUSTMENT", equal("RECORDID", self.number), head, (lines,))


def _head_problems(about: str, adjustment: ARAdjustment) -> Iterator[Problem]:
    yield from checks.natural_key(about, "The adjustment's number", adjustment.number)
    yield from checks.wording(about, "The customer", adjustment.customer, checks.LONGEST_KEY)
    yield from checks.currency(about, "The adjustment's currency", adjustment.currency)
    yield from checks.rate(about, adjustment.rate)
    yield from checks.day(about, "The adjustment's date", adjustment.day)
    if adjustment.posted_on:
        yield from checks.day(about, "The posting date", adjustment.posted_on)
    for what, words in (
        ("The invoice's number", adjustment.invoice),
        ("The description", adjustment.description),
        ("The entity", adjustment.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)


def _sign_problems(adjustment: ARAdjustment) -> Iterator[Problem]:
    total = total_of(adjustment.lines)
    if adjustment.memo == "debit memo" and total <= 0:
        yield Problem(adjustment.number, f"A debit memo is above zero, and this one is {total:f}.")
    if adjustment.memo == "credit memo" and total >= 0:
        yield Problem(adjustment.number, f"A credit memo is below zero, and this one is {total:f}.")
