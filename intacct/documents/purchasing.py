"""What every purchasing document says first, and the one call that enters them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from analytics.ledger import Currency, Problem
from intacct.condition import equal
from intacct.documents import checks
from intacct.documents.held import Expected, Held, Lines
from intacct.documents.legacy import legacy_date, optional, optional_date
from intacct.wire import element


@dataclass(frozen=True, slots=True)
class PurchaseHead:
    """Its definition in Intacct and its number there, whose it is, its day and when it is due.

    The rate is given where the currency is not the entity's own. Due on a day, by a term, or by
    the vendor's term. `vendor_number` is the vendor's own number for it.
    """

    definition: str
    number: str
    vendor: str
    day: date
    currency: Currency
    due: date | None = None
    term: str = ""
    posted_on: date | None = None  # for the ledger, where it is not the document's own day
    reference: str = ""
    vendor_number: str = ""
    message: str = ""
    rate: Decimal | None = None
    draft: bool = False

    @property
    def id(self) -> str:
        """The document's id in Intacct: `Purchase Order-PO0213`."""
        return f"{self.definition}-{self.number}"

    @property
    def about(self) -> str:
        """What its problems are about."""
        return self.number.strip() or "purchasing document"


def purchase_call(
    head: PurchaseHead, items: Sequence[etree._Element], created_from: str = ""
) -> etree._Element:
    """The `create_potransaction` call; `created_from` is the id of the document it is made of."""
    return element(
        "create_potransaction",
        None,
        element("transactiontype", head.definition),
        legacy_date("datecreated", head.day),
        *optional_date("dateposted", head.posted_on),
        *optional("createdfrom", created_from),
        element("vendorid", head.vendor),
        element("documentno", head.number),
        *optional("referenceno", head.reference),
        *optional("vendordocno", head.vendor_number),
        *optional("termname", head.term),
        *optional_date("datedue", head.due),
        *optional("message", head.message),
        element("returnto", None, element("contactname")),  # required, and may name nobody
        element("payto", None, element("contactname")),
        element("currency", head.currency),
        *optional("exchrate", f"{head.rate:f}" if head.rate is not None else ""),
        element("state", "Draft" if head.draft else "Pending"),
        element("potransitems", None, *items),
    )


def held_purchase(
    head: PurchaseHead, lines: Sequence[Mapping[str, Expected]], created_from: str = ""
) -> Held:
    """The document with its lines; its state moves on by itself and is compared for drafts only."""
    said: dict[str, Expected] = {
        "DOCPARID": head.definition,
        "CUSTVENDID": head.vendor,
        "WHENCREATED": head.day,
        "PONUMBER": head.reference,
        "VENDORDOCNO": head.vendor_number,
        "MESSAGE": head.message,
        "CURRENCY": head.currency,
        "CREATEDFROM": created_from,
        **({"WHENPOSTED": head.posted_on} if head.posted_on else {}),
        **({"WHENDUE": head.due} if head.due else {}),
        **({"TERMNAME": head.term} if head.term else {}),
        **({"STATE": "Draft"} if head.draft else {}),
    }
    held = Lines("PODOCUMENTENTRY", "DOCHDRNO", tuple(lines))
    return Held("PODOCUMENT", equal("DOCID", head.id), said, (held,), number="DOCID")


def purchase_problems(head: PurchaseHead, entity: str) -> Iterator[Problem]:
    """What Intacct would refuse in the head."""
    about = head.about
    yield from checks.wording(about, "The definition", head.definition, checks.LONGEST_KEY)
    yield from checks.natural_key(about, "The document's number", head.number)
    yield from checks.wording(about, "The vendor", head.vendor, checks.LONGEST_KEY)
    yield from checks.currency(about, "The document's currency", head.currency)
    yield from checks.rate(about, head.rate)
    for what, day in (
        ("The document's date", head.day),
        ("The due date", head.due),
        ("The posting date", head.posted_on),
    ):
        yield from checks.day(about, what, day) if day else ()
    for what, words in (
        ("The term", head.term),
        ("The reference", head.reference),
        ("The vendor's number", head.vendor_number),
        ("The message", head.message),
        ("The entity", entity),
    ):
        yield from checks.optional_wording(about, what, words, checks.LONGEST_TEXT)
    if head.due and head.term:
        yield Problem(about, "The document has a due date and a term; give one of them.")
