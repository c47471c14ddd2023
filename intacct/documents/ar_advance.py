"""Money a customer paid before anything was due for it, to be applied later by a payment.

Found again by its document number at that customer, which Intacct does not keep unique: it is
looked for before it is posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import AccountNo, Currency, Dimensions, Problem
from intacct.condition import Compared, all_of, equal
from intacct.documents import checks
from intacct.documents.held import Expected, Held, IfSaid, Lines
from intacct.documents.legacy import optional
from intacct.documents.money_in import MoneyIn, held_money, money_elements, money_problems
from intacct.documents.places import generic_fields
from intacct.wire import amount_text, date_text, element


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """A part of the advance, above nothing, on the account that keeps it for the customer."""

    account: AccountNo
    amount: Decimal
    where: Dimensions = frozenset()
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ARAdvance:
    """An advance on a day, posted or left a draft."""

    reference: str
    customer: str
    received_on: date  # the day in the ledger
    paid_on: date
    currency: Currency
    money: MoneyIn
    lines: tuple[AdvanceLine, ...]
    description: str = ""
    draft: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The document number."""
        return self.reference

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.reference.strip() or "advance"
        return (
            *_head_problems(about, self),
            *money_problems(about, self.money),
            *_line_problems(about, self),
        )

    def wire(self) -> etree._Element:
        """The `create` call; ValueError where `problems` names an amount."""
        advance = element(
            "ARADVANCE",
            None,
            element("CUSTOMERID", self.customer),
            *money_elements(self.money),
            element("PAYMENTDATE", date_text(self.paid_on)),
            element("RECEIPTDATE", date_text(self.received_on)),
            element("DOCNUMBER", self.reference),
            *optional("DESCRIPTION", self.description),
            element("CURRENCY", self.currency),
            element("ACTION", "Draft" if self.draft else "Submit"),
            element("ARADVANCEITEMS", None, *map(_item, self.lines)),
        )
        return element("create", None, advance)

    def held(self) -> Held:
        """The advance with its lines; where it was applied since is not compared."""
        head: dict[str, Expected] = {
            "RECEIPTDATE": self.received_on,
            "PAYMENTDATE": self.paid_on,
            "CURRENCY": IfSaid(self.currency),
            "DESCRIPTION": self.description,
            "TRX_TOTALENTERED": sum((line.amount for line in self.lines), Decimal(0)),
            **held_money(self.money),
            **({"STATE": "Draft"} if self.draft else {}),
        }
        where = all_of(
            equal("DOCNUMBER", self.reference),
            equal("CUSTOMERID", self.customer),
            Compared("STATE", "notequalto", "Reversal"),
        )
        lines = Lines("ARADVANCEITEM", "RECORDKEY", tuple(map(_held_line, self.lines)))
        return Held("ARADVANCE", where, head, (lines,))


def _item(line: AdvanceLine) -> etree._Element:
    return element(
        "ARADVANCEITEM",
        None,
        element("ACCOUNTNO", line.account),
        element("TRX_AMOUNT", amount_text(line.amount)),
        *optional("ENTRYDESCRIPTION", line.memo),
        *(element(field, id_) for field, id_ in generic_fields(line.where).items()),
    )


def _held_line(line: AdvanceLine) -> dict[str, Expected]:
    return {
        "ACCOUNTNO": line.account,
        "TRX_AMOUNT": line.amount,
        "ENTRYDESCRIPTION": line.memo,
        **generic_fields(line.where),
    }


def _head_problems(about: str, advance: ARAdvance) -> Iterator[Problem]:
    yield from checks.natural_key(about, "The advance's document number", advance.reference)
    yield from checks.wording(about, "The customer", advance.customer, checks.LONGEST_KEY)
    yield from checks.currency(about, "The advance's currency", advance.currency)
    yield from checks.day(about, "The day of receipt", advance.received_on)
    yield from checks.day(about, "The day of payment", advance.paid_on)
    for what, words in (
        ("The description", advance.description),
        ("The entity", advance.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)


def _line_problems(about: str, advance: ARAdvance) -> Iterator[Problem]:
    if not advance.lines:
        yield Problem(about, "The advance has no lines; say on which account it is kept.")
    for number, line in enumerate(advance.lines, start=1):
        at = f"{about}, line {number}"
        yield from checks.wording(at, "The account", line.account, checks.LONGEST_KEY)
        yield from checks.positive(at, line.amount, advance.currency)
        yield from checks.places(at, line.where)
        yield from checks.optional_wording(at, "The memo", line.memo, checks.LONGEST_TEXT)
