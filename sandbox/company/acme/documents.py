"""Invoices and bills: what was asked, how much of it is settled, what it did to the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sandbox.company.acme.chart import PAYABLE, RECEIVABLE
from sandbox.company.acme.places import Entity
from sandbox.company.posting import Line, Posting, at
from sandbox.company.values import Value, amount


@dataclass(frozen=True, slots=True)
class Side:
    """Receivables or payables: their objects, control account, journals and sign in the ledger."""

    document: str
    payment: str
    party: str
    control: str
    sign: int
    document_journal: str
    payment_journal: str
    module: str
    record_type: str
    word: str


RECEIVABLES = Side(
    "ARINVOICE", "ARPYMT", "CUSTOMER", RECEIVABLE, 1, "ARJ", "CRJ", "4.AR", "ri", "Invoice"
)
PAYABLES = Side("APBILL", "APPYMT", "VENDOR", PAYABLE, -1, "APJ", "CDJ", "3.AP", "pi", "Bill")


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or vendor with the term it trades under."""

    id: str
    name: str
    term: str
    days: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a document, in hundredths."""

    account: str
    hundredths: int
    department: str
    location: str
    text: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """So much was paid on a day, and so much was covered by a credit given before."""

    day: date
    cash: int
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or a bill of one entity with everything that was paid on it up to as-of."""

    side: Side
    number: str
    party: Party
    entity: Entity
    day: date
    due: date
    items: tuple[Item, ...]
    settled: tuple[Settlement, ...] = ()
    reference: str | None = None
    text: str | None = None

    @property
    def total(self) -> int:
        """What it asks for."""
        return sum(item.hundredths for item in self.items)

    @property
    def paid(self) -> int:
        """What was settled, in money or by credit."""
        return sum(part.cash + part.credit for part in self.settled)

    @property
    def due_still(self) -> int:
        """What is still open."""
        return self.total - self.paid


def document_posting(document: Document) -> Posting:
    """The document in the ledger: its lines against the control account."""
    side, entity = document.side, document.entity
    control = Line(
        side.control, side.sign * document.total, entity.id, **dimension_of(side, document.party)
    )
    lines = [
        Line(
            item.account,
            -side.sign * item.hundredths,
            item.location,
            item.department,
            item.text,
            project=item.project,
            **dimension_of(side, document.party),
        )
        for item in document.items
    ]
    return Posting(
        day=document.day,
        journal=side.document_journal,
        title=f"{side.word} {document.number}: {document.party.name}",
        currency=entity.currency,
        lines=(control, *lines),
        module=side.module,
        reference=document.number,
    )


def document_rows(documents: list[Document]) -> Iterator[dict[str, Value]]:
    """The headers, numbered in the order given."""
    for number, document in enumerate(documents, start=1):
        last = max((part.day for part in document.settled), default=document.day)
        yield {
            "RECORDNO": number,
            **party_columns(document.side, document.party),
            **owner_columns(document.entity),
            **total_columns(document.total, document.paid),
            "RECORDID": document.number,
            "DOCNUMBER": document.reference,
            "DESCRIPTION": document.text,
            "TERMNAME": document.party.term,
            "STATE": _state(document),
            "RECORDTYPE": document.side.record_type,
            "MODULEKEY": document.side.module,
            "PRBATCH": f"{document.side.word}s {document.day:%Y-%m}",
            "WHENCREATED": document.day,
            "WHENPOSTED": document.day,
            "WHENDUE": document.due,
            "WHENPAID": None if document.due_still else last,
            "SYSTEMGENERATED": False,
            "STATUS": "active",
            "AUWHENCREATED": at(document.day, 15),
            "WHENMODIFIED": at(last, 16),
        }


def item_rows(documents: list[Document]) -> Iterator[dict[str, Value]]:
    """The lines; what was paid runs down them from the first."""
    for number, document in enumerate(documents, start=1):
        left = document.paid
        for position, item in enumerate(document.items, start=1):
            covered = min(left, item.hundredths)
            left -= covered
            yield {
                "RECORDKEY": number,
                "LINE_NO": position,
                "ACCOUNTNO": item.account,
                "OFFSETGLACCOUNTNO": document.side.control,
                "AMOUNT": amount(item.hundredths),
                "TRX_AMOUNT": amount(item.hundredths),
                "TOTALPAID": amount(covered),
                "TRX_TOTALPAID": amount(covered),
                "ENTRYDESCRIPTION": item.text,
                "ENTRY_DATE": document.day,
                "DEPARTMENTID": item.department,
                "LOCATIONID": item.location,
                "PROJECTID": item.project,
                f"{document.side.party}ID": document.party.id,
                "CURRENCY": document.entity.currency,
                "BASECURR": document.entity.currency,
                "WHENCREATED": at(document.day, 15),
                "WHENMODIFIED": at(document.day, 15),
            }


def party_columns(side: Side, party: Party) -> dict[str, Value]:
    """Whose document it is."""
    return {f"{side.party}ID": party.id, f"{side.party}NAME": party.name}


def dimension_of(side: Side, party: Party) -> dict[str, str]:
    """The dimension its ledger lines carry."""
    return {side.party.lower(): party.id}


def owner_columns(entity: Entity) -> dict[str, Value]:
    """Which entity owns it, and in which currency."""
    return {
        "MEGAENTITYKEY": entity.number,
        "MEGAENTITYID": entity.id,
        "MEGAENTITYNAME": entity.name,
        "CURRENCY": entity.currency,
        "BASECURR": entity.currency,
        "EXCHANGE_RATE": "1",
    }


def total_columns(total: int, paid: int) -> dict[str, Value]:
    """Entered, paid and due, in the entity's currency and in the document's, which is the same."""
    figures = {"ENTERED": total, "SELECTED": 0, "PAID": paid, "DUE": total - paid}
    return {
        f"{prefix}TOTAL{name}": amount(figure)
        for prefix in ("", "TRX_")
        for name, figure in figures.items()
    }


def _state(document: Document) -> str:
    if document.due_still == 0:
        return "Paid"
    return "Partially Paid" if document.paid else "Posted"
