"""A customer's credit limit, terms or hold changed; a change already made is found as made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import all_of, equal
from intacct.documents import checks
from intacct.documents.held import Held
from intacct.wire import amount_text, element

Value: TypeAlias = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What shall be otherwise with a customer; None stays as it is.

    A change has no number in Intacct: what proves it is that the customer has the new values.
    """

    customer: str
    credit_limit: Decimal | None = None
    term: str | None = None
    on_hold: bool | None = None
    currency: Currency | None = None  # of the limit, where it is known
    entity: str = ""

    @property
    def key(self) -> str:
        """The customer and what is changed, as in `C1: CREDITLIMIT 500.00, ONHOLD True`."""
        words = ", ".join(f"{field} {value}" for field, value in _values(self).items())
        return f"{self.customer}: {words}"

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        return tuple(_problems(self))

    def wire(self) -> etree._Element:
        """The `update` call; ValueError where `problems` names an amount."""
        changes = [element(field, _text(value)) for field, value in _values(self).items()]
        customer = element("CUSTOMER", None, element("CUSTOMERID", self.customer), *changes)
        return element("update", None, customer)

    def held(self) -> Held:
        """The customer, found only where it has all the new values."""
        values = _values(self)
        changed = (equal(field, _text(value)) for field, value in values.items())
        return Held("CUSTOMER", all_of(equal("CUSTOMERID", self.customer), *changed), {**values})


def _values(change: CustomerChange) -> dict[str, Value]:
    values = {
        "CREDITLIMIT": change.credit_limit,
        "TERMNAME": change.term,
        "ONHOLD": change.on_hold,
    }
    return {field: value for field, value in values.items() if value is not None}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return amount_text(value) if isinstance(value, Decimal) else value


def _problems(change: CustomerChange) -> Iterator[Problem]:
    about = change.customer.strip() or "customer"
    yield from checks.natural_key(about, "The customer's id", change.customer)
    yield from checks.optional_wording(about, "The entity", change.entity, checks.LONGEST_KEY)
    if change.credit_limit is not None:
        yield from checks.not_below_zero(
            about, "The credit limit", change.credit_limit, change.currency
        )
    if change.term is not None:
        yield from checks.wording(about, "The term", change.term, checks.LONGEST_KEY)
    if change.credit_limit is None and change.term is None and change.on_hold is None:
        yield Problem(about, "Nothing is changed; give a limit, a term or a hold.")
