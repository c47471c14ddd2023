"""Whom to write to: contacts and their addresses."""

from __future__ import annotations

from sandbox.company.shape import Field, Relation, common, integers, make, texts

ADDRESS = ("ADDRESS1", "ADDRESS2", "CITY", "STATE", "ZIP", "COUNTRY", "COUNTRYCODE")
PERSON = (
    "PRINTAS",
    "COMPANYNAME",
    "PREFIX",
    "FIRSTNAME",
    "LASTNAME",
    "INITIAL",
    "PHONE1",
    "PHONE2",
    "CELLPHONE",
    "FAX",
    "EMAIL1",
    "EMAIL2",
    "URL1",
    "URL2",
)


def contact_keys(*names: str) -> tuple[Field, ...]:
    """The record numbers of a party's contacts, one column each."""
    return integers(*(f"{name}KEY" for name in names), readonly=True)


def contact_relations(*names: str) -> tuple[Relation, ...]:
    """The steps to a party's contacts."""
    return tuple(Relation(name, "CONTACT", f"{name}KEY", "RECORDNO") for name in names)


CONTACTS = (
    make(
        "CONTACT",
        "CONTACTNAME",
        texts("CONTACTNAME", "PRINTAS", required=True),
        texts(*(name for name in PERSON if name != "PRINTAS")),
        integers("MAILADDRESSKEY", readonly=True),
        common(),
        relations=(Relation("MAILADDRESS", "MAILADDRESS", "MAILADDRESSKEY", "RECORDNO"),),
    ),
    make("MAILADDRESS", "RECORDNO", texts(*ADDRESS), common()),
)
