"""A new vendor, under its id."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from analytics.ledger import Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.held import Expected, Held
from intacct.documents.legacy import optional
from intacct.wire import element


@dataclass(frozen=True, slots=True)
class Vendor:
    """Whom we buy from: its name, how it is printed, its terms and its currency."""

    id: str
    name: str
    print_as: str = ""  # as the name, where nothing is said
    email: str = ""
    phone: str = ""
    term: str = ""
    tax_id: str = ""
    currency: str = ""
    on_hold: bool = False
    entity: str = ""

    @property
    def key(self) -> str:
        """The vendor's id."""
        return self.id

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        about = self.id.strip() or "vendor"
        id_ = checks.natural_key(about, "The vendor's id", self.id)
        name = checks.wording(about, "The vendor's name", self.name, checks.LONGEST_TEXT)
        rest = (
            problem
            for what, words in (
                ("The printed name", self.print_as),
                ("The e-mail address", self.email),
                ("The telephone number", self.phone),
                ("The term", self.term),
                ("The tax id", self.tax_id),
                ("The currency", self.currency),
                ("The entity", self.entity),
            )
            for problem in checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
        )
        return (*id_, *name, *rest)

    def wire(self) -> etree._Element:
        """The `create` call that makes the vendor."""
        contact = element(
            "DISPLAYCONTACT",
            None,
            element("PRINTAS", self.print_as or self.name),
            *optional("PHONE1", self.phone),
            *optional("EMAIL1", self.email),
        )
        head = element(
            "VENDOR",
            None,
            element("VENDORID", self.id),
            element("NAME", self.name),
            contact,
            *optional("TERMNAME", self.term),
            *optional("TAXID", self.tax_id),
            *optional("CURRENCY", self.currency),
            element("ONHOLD", "true" if self.on_hold else "false"),
        )
        return element("create", None, head)

    def held(self) -> Held:
        """The vendor itself and the contact it is shown by."""
        head: dict[str, Expected] = {
            "NAME": self.name,
            "TERMNAME": self.term,
            "TAXID": self.tax_id,
            "ONHOLD": self.on_hold,
            "DISPLAYCONTACT.PRINTAS": self.print_as or self.name,
            "DISPLAYCONTACT.PHONE1": self.phone,
            "DISPLAYCONTACT.EMAIL1": self.email,
            **({"CURRENCY": self.currency} if self.currency else {}),
        }
        return Held("VENDOR", equal("VENDORID", self.id), head)
