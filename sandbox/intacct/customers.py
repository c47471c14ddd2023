"""Customers: what makes one, and what may refer to one."""

from __future__ import annotations

from lxml import etree

from sandbox.intacct.parties import Keys, Party, create_party, delete_party, update_party
from sandbox.intacct.work import Work

CUSTOMER = Party(
    object="CUSTOMER",
    prefix="C",
    terms="ARTERM",
    contacts=("DISPLAYCONTACT", "CONTACTINFO", "BILLTO", "SHIPTO"),
    accounts=("ARACCOUNT", "OFFSETGLACCOUNTNO"),
    used_in=(
        ("ARINVOICE", "CUSTOMERID"),
        ("ARADJUSTMENT", "CUSTOMERID"),
        ("ARADVANCE", "CUSTOMERID"),
        ("ARPYMT", "CUSTOMERID"),
        ("GLENTRY", "CUSTOMERID"),
        ("PROJECT", "CUSTOMERID"),
        ("SODOCUMENT", "CUSTVENDID"),
        ("CUSTOMER", "PARENTID"),
    ),
)


def create_customer(work: Work, element: etree._Element) -> Keys:
    """A new customer."""
    return create_party(work, element, CUSTOMER)


def update_customer(work: Work, element: etree._Element) -> Keys:
    """A customer changed."""
    return update_party(work, element, CUSTOMER)


def delete_customer(work: Work, number: int) -> None:
    """A customer deleted."""
    delete_party(work, number, CUSTOMER)
