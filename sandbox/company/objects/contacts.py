"""People and addresses that vendors, customers and employees refer to by name."""

from __future__ import annotations

from sandbox.company.shape import Relation, common, flags, make, texts

ADDRESS = ("ADDRESS1", "ADDRESS2", "CITY", "STATE", "ZIP", "COUNTRY", "COUNTRYCODE")

CONTACTS = (
    make(
        "CONTACT",
        "CONTACTNAME",
        texts("CONTACTNAME", "PRINTAS", required=True),
        texts("COMPANYNAME", "PREFIX", "FIRSTNAME", "LASTNAME", "INITIAL"),
        texts("PHONE1", "PHONE2", "CELLPHONE", "PAGER", "FAX", "EMAIL1", "EMAIL2", "URL1", "URL2"),
        flags("TAXABLE"),
        texts("TAXGROUP", "TAXID", *ADDRESS),
        common(),
        # The address is written and asked for as a part of its own, and kept with the person.
        relations=(Relation("MAILADDRESS", "CONTACT", "RECORDNO", "RECORDNO"),),
    ),
)
