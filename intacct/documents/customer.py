"""A new customer, under an id that Intacct keeps unique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.contact import Contact, contact_problems, display_contact
from intacct.documents.held import Expected, Held
from intacct.documents.legacy import optional
from intacct.wire import amount_text, element

LONGEST_ID: Final = 20
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom we sell to: id and name, how to reach them, on what terms and up to which limit."""

    customer_id: str
    name: str
    contact: Contact
    term: str = ""
    credit_limit: Decimal | None = None
    on_hold: bool = False
    currency: Currency | None = None
    parent: str = ""
    tax_id: str = ""
    entity: str = ""

    @property
    def key(self) -> str:
        """The customer's id."""
        return self.customer_id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.customer_id.strip() or "customer"
        return (*_problems(about, self), *contact_problems(about, self.contact))

    def wire(self) -> etree._Element:
        """The `create` call; ValueError where `problems` names an amount."""
        limit = self.credit_limit
        return element(
            "create",
            None,
            element(
                "CUSTOMER",
                None,
                element("CUSTOMERID", self.customer_id),
                element("NAME", self.name),
                display_contact(self.contact),
                *optional("PARENTID", self.parent),
                *optional("TERMNAME", self.term),
                *optional("TAXID", self.tax_id),
                *optional("CREDITLIMIT", "" if limit is None else amount_text(limit)),
                element("ONHOLD", "true" if self.on_hold else "false"),
                *optional("CURRENCY", self.currency or ""),
            ),
        )

    def held(self) -> Held:
        """The customer, with what was said of it."""
        said: dict[str, Expected] = {
            "TERMNAME": self.term,
            "PARENTID": self.parent,
            "TAXID": self.tax_id,
            "CURRENCY": self.currency or "",
        }
        head: dict[str, Expected] = {
            "NAME": self.name,
            "DISPLAYCONTACT.PRINTAS": self.contact.print_as,
            "ONHOLD": self.on_hold,
            **({"CREDITLIMIT": self.credit_limit} if self.credit_limit is not None else {}),
            **{field: value for field, value in said.items() if value},
        }
        return Held("CUSTOMER", equal("CUSTOMERID", self.customer_id), head)


def _problems(about: str, customer: Customer) -> Iterator[Problem]:
    yield from checks.natural_key(about, "The customer's id", customer.customer_id, LONGEST_ID)
    yield from checks.wording(about, "The customer's name", customer.name, LONGEST_NAME)
    if customer.credit_limit is not None:
        yield from checks.not_below_zero(
            about, "The credit limit", customer.credit_limit, customer.currency
        )
    if customer.currency is not None:
        yield from checks.currency(about, "The customer's currency", customer.currency)
    for what, words in (
        ("The term", customer.term),
        ("The parent's id", customer.parent),
        ("The tax id", customer.tax_id),
        ("The entity", customer.entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_KEY)
    if customer.parent and customer.parent == customer.customer_id:
        yield Problem(about, "A customer cannot be its own parent.")
