"""What each customer owes on a day, by age, as Intacct itself works it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from analytics.ledger import AsOf, Currency, Money
from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.wire import amount_from, element, legacy_date, required_text

PERIODS: Final = ("0-30", "31-60", "61-90", "91-120", "121-")


@dataclass(frozen=True, slots=True)
class AgingQuestion:
    """The open invoices of an entity as of a day, in its own currency.

    Ages count from the due date, or from the invoice's where `by_due_date` is off, which is what
    Intacct does unasked. No customer named means all of them.
    """

    as_of: AsOf
    currency: Currency
    entity: str = ""
    customer: str = ""
    periods: tuple[str, ...] = PERIODS
    by_due_date: bool = True


@dataclass(frozen=True, slots=True)
class CustomerAging:
    """One customer's open invoices, an amount for each period of the question in its order."""

    customer: str
    buckets: tuple[Money, ...]

    @property
    def total(self) -> Money:
        """All that is open."""
        first, *rest = self.buckets
        return sum(rest, first)


def read_aging(books: Intacct, question: AgingQuestion) -> tuple[CustomerAging, ...]:
    """The customers with something open, by id. Garbled where a period asked for is missing."""
    (answer,) = books.ask(_call(question), entity=question.entity)
    found = [_customer(record, question) for record in answer.data.iterfind("araging")]
    return tuple(sorted(found, key=lambda one: one.customer))


def _call(question: AgingQuestion) -> etree._Element:
    """The order of the children matters to Intacct."""
    made = element("get_araging", None, element("agingperiods", ",".join(question.periods)))
    if question.customer:
        made.append(element("customerid", question.customer))
    if question.entity:
        made.append(element("locationid", question.entity))
    made.append(legacy_date("asofdate", question.as_of))
    made.append(element("useduedate", "true" if question.by_due_date else "false"))
    return made


def _customer(record: etree._Element, question: AgingQuestion) -> CustomerAging:
    amounts = {
        required_text(aged, "agingperiod"): amount_from(required_text(aged, "totalamount"))
        for aged in record.iterfind("aging")
    }
    if missing := sorted(set(question.periods) - amounts.keys()):
        raise Garbled(f"the aging comes without {missing[0]}")
    return CustomerAging(
        required_text(record, "customerid"),
        tuple(Money(amounts[period], question.currency) for period in question.periods),
    )


def totals(aged: Sequence[CustomerAging], question: AgingQuestion) -> tuple[Money, ...]:
    """What all customers owe together, in each period of the question."""
    nothing = Money(amount_from("0"), question.currency)
    return tuple(
        sum((one.buckets[place] for one in aged), nothing) for place in range(len(question.periods))
    )
