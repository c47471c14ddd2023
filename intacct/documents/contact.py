"""Whom to write to: the contact a customer or a vendor is shown with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from analytics.ledger import Problem
from intacct.documents import checks
from intacct.documents.legacy import optional
from intacct.wire import element

LONGEST_PART: Final = 100


@dataclass(frozen=True, slots=True)
class Contact:
    """A name as it is printed, and how to reach it; "" where nothing is known."""

    print_as: str
    company: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""


def display_contact(contact: Contact) -> etree._Element:
    """The `DISPLAYCONTACT` element."""
    mail = [
        *optional("ADDRESS1", contact.street),
        *optional("CITY", contact.city),
        *optional("STATE", contact.state),
        *optional("ZIP", contact.zip),
        *optional("COUNTRY", contact.country),
    ]
    return element(
        "DISPLAYCONTACT",
        None,
        element("PRINTAS", contact.print_as),
        *optional("COMPANYNAME", contact.company),
        *optional("FIRSTNAME", contact.first_name),
        *optional("LASTNAME", contact.last_name),
        *optional("PHONE1", contact.phone),
        *optional("EMAIL1", contact.email),
        *([element("MAILADDRESS", None, *mail)] if mail else []),
    )


def contact_problems(about: str, contact: Contact) -> Iterator[Problem]:
    """What Intacct would refuse: no printed name, or parts that do not fit."""
    yield from checks.wording(about, "The printed name", contact.print_as, LONGEST_PART)
    for what, words in (
        ("The company's name", contact.company),
        ("The first name", contact.first_name),
        ("The last name", contact.last_name),
        ("The phone number", contact.phone),
        ("The mail address", contact.email),
        ("The street", contact.street),
        ("The city", contact.city),
        ("The state", contact.state),
        ("The postal code", contact.zip),
        ("The country", contact.country),
    ):
        yield from checks.optional_wording(about, what, words, LONGEST_PART)
