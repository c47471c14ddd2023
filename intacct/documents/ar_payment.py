"""A customer's payment applied to what is open, as a draft or at once; and its submission.

Found again by its document number at that customer, which Intacct does not keep unique: it is
looked for before it is posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import Compared, Condition, all_of, equal
from intacct.documents import checks
from intacct.documents.applied import (
    NOTHING,
    Credited,
    Paid,
    detail_elements,
    detail_problems,
    held_details,
    sum_problems,
)
from intacct.documents.held import Expected, Held, IfSaid
from intacct.documents.legacy import optional
from intacct.documents.money_in import MoneyIn, held_money, money_elements, money_problems
from intacct.wire import amount_text, date_text, element


@dataclass(frozen=True, slots=True)
class Overpayment:
    """What stays with the customer as a credit, and the place it is kept for."""

    amount: Decimal
    location: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class ARPayment:
    """Money received, and all of it accounted for: applied to open items, or overpaid.

    `customer` is "" where several customers' items are paid, and then `payer` is who paid.
    """

    reference: str
    customer: str
    received_on: date  # the day in the ledger
    currency: Currency
    received: Decimal
    money: MoneyIn
    paid: tuple[Paid, ...]
    credited: tuple[Credited, ...] = ()
    overpayment: Overpayment | None = None
    payer: str = ""
    paid_on: date | None = None
    draft: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The document number."""
        return self.reference

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.reference.strip() or "payment"
        found = [
            *_head_problems(about, self),
            *_payer_problems(about, self),
            *money_problems(about, self.money),
            *detail_problems(about, self.paid, self.credited, self.currency),
        ]
        return tuple(found or _sum_problems(about, self))

    def wire(self) -> etree._Element:
        """The `create` call; ValueError where `problems` names an amount."""
        return element("create", None, element("ARPYMT", None, *_parts(self)))

    def held(self) -> Held:
        """The payment with its details, not the record that reverses it."""
        head: dict[str, Expected] = {
            "PAYERNAME": self.payer,
            "RECEIPTDATE": self.received_on,
            "CURRENCY": IfSaid(self.currency),
            "TRX_TOTALENTERED": self.received,
            **held_money(self.money),
            **({"PAYMENTDATE": self.paid_on} if self.paid_on else {}),
            **({"STATE": "Draft"} if self.draft else {}),
        }
        where = all_of(equal("DOCNUMBER", self.reference), *_of_customer(self), _is_not("Reversal"))
        return Held("ARPYMT", where, head, (held_details(self.paid, self.credited),))


@dataclass(frozen=True, slots=True)
class PaymentSubmission:
    """A draft of a payment, under this record number, submitted as it stands here.

    An update replaces all details of a draft, so the whole payment is sent again.
    """

    record_no: str
    payment: ARPayment

    @property
    def key(self) -> str:
        """The payment's document number."""
        return self.payment.reference

    @property
    def entity(self) -> str:
        """The entity of the payment."""
        return self.payment.entity

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.payment.reference.strip() or "payment"
        return (
            *checks.record_number(about, "The draft", self.record_no),
            *self.payment.problems(),
        )

    def wire(self) -> etree._Element:
        """The `update` call; ValueError where `problems` names an amount."""
        parts = _parts(replace(self.payment, draft=False))
        return element(
            "update", None, element("ARPYMT", None, element("RECORDNO", self.record_no), *parts)
        )

    def held(self) -> Held:
        """The same record, found only where it is a draft no more."""
        where = all_of(equal("RECORDNO", self.record_no), _is_not("Draft"))
        return replace(replace(self.payment, draft=False).held(), where=where)


def _parts(payment: ARPayment) -> list[etree._Element]:
    over = payment.overpayment
    return [
        *money_elements(payment.money),
        *optional("CUSTOMERID", payment.customer),
        *optional("PAYERNAME", payment.payer),
        element("DOCNUMBER", payment.reference),
        element("RECEIPTDATE", date_text(payment.received_on)),
        *optional("PAYMENTDATE", date_text(payment.paid_on) if payment.paid_on else ""),
        element("CURRENCY", payment.currency),
        *optional("OVERPAYMENTAMOUNT", amount_text(over.amount) if over else ""),
        *optional("OVERPAYMENTLOCATIONID", over.location if over else ""),
        *optional("OVERPAYMENTDEPARTMENTID", over.department if over else ""),
        element("ACTION", "Draft" if payment.draft else "Submit"),
        element("ARPYMTDETAILS", None, *detail_elements(payment.paid, payment.credited)),
    ]


def _of_customer(payment: ARPayment) -> list[Condition]:
    return [equal("CUSTOMERID", payment.customer)] if payment.customer else []


def _is_not(state: str) -> Condition:
    return Compared("STATE", "notequalto", state)


def _head_problems(about: str, payment: ARPayment) -> Iterator[Problem]:
    yield from checks.natural_key(about, "The payment's document number", payment.reference)
    yield from checks.optional_wording(about, "The entity", payment.entity, checks.LONGEST_KEY)
    yield from checks.currency(about, "The payment's currency", payment.currency)
    yield from checks.day(about, "The day of receipt", payment.received_on)
    if payment.paid_on:
        yield from checks.day(about, "The day of payment", payment.paid_on)
    what = "What was received"
    yield from checks.not_below_zero(about, what, payment.received, payment.currency)


def _payer_problems(about: str, payment: ARPayment) -> Iterator[Problem]:
    parts: tuple[Paid | Credited, ...] = (*payment.paid, *payment.credited)
    customers = {one.item.customer for one in parts}
    for what, name in (("The customer", payment.customer), ("The payer", payment.payer)):
        yield from checks.optional_wording(about, what, name, checks.LONGEST_KEY)
    if not payment.customer and not payment.payer:
        yield Problem(about, "Nobody is named; name the customer, or who paid for several.")
    for other in sorted(customers - {payment.customer} if payment.customer else ()):
        words = f"{other}'s items are paid too; leave the customer out and name who paid."
        yield Problem(about, words)
    if payment.overpayment and not payment.customer:
        yield Problem(about, "An overpayment stays with one customer; name it.")


def _sum_problems(about: str, payment: ARPayment) -> Iterator[Problem]:
    over = payment.overpayment
    if over:
        yield from checks.positive(f"{about}, overpayment", over.amount, payment.currency)
        yield from checks.wording(about, "The overpayment's location", over.location, 45)
    yield from sum_problems(about, payment.paid, payment.credited)
    given = sum((one.amount for one in payment.paid), NOTHING) + (over.amount if over else NOTHING)
    if given > payment.received:
        words = f"{given:,.2f} is given out, and {payment.received:,.2f} was received."
        yield Problem(about, words)
    if given < payment.received:
        rest = payment.received - given
        yield Problem(about, f"{rest:,.2f} is given to nothing; apply it, or call it overpaid.")
