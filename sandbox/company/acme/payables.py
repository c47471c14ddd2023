"""The demo company's vendors, what they bill and when they are paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sandbox.company.acme.documents import PAYABLES, Document, Item, Party, Settlement
from sandbox.company.acme.places import ENTITIES, Entity
from sandbox.company.acme.plan import PLAN, History, actual, where
from sandbox.company.acme.receivables import INJECTION
from sandbox.company.periods import months

VENDORS = (
    Party("V-501", "Stratus Cloud Hosting", "Net 30", 30),
    Party("V-502", "Lattice Software Licensing", "Net 30", 30),
    Party("V-503", "Fieldhand Contractors", "Net 15", 15),
    Party("V-504", "Billboard & Byte Media", "Net 30", 30),
    Party("V-505", "Fairground Events", "Net 15", 15),
    Party("V-506", "Marlowe Agency", "Net 30", 30),
    Party("V-507", "Cornerstone Property", "Net 15", 15),
    Party("V-508", "Allday Building Services", "Net 30", 30),
    Party("V-509", "Guardian Mutual Insurance", "Net 15", 15),
    Party("V-510", "Compass Corporate Travel", "Net 30", 30),
    Party("V-511", "Hale & Whitcombe Legal", "Net 45", 45),
    Party("V-512", "Ledgerwood Audit", "Net 30", 30),
    Party("V-513", "Northgate Consulting", "Net 30", 30),
    Party("V-514", "Switchboard Technology", "Net 30", 30),
    Party("V-515", "Paperclip Office Supply", "Net 30", 30),
)
TERMS = (("Net 15", 15), ("Net 30", 30), ("Net 45", 45))


@dataclass(frozen=True, slots=True)
class Twin:
    """A bill entered a second time: whose, in which entity, so many months before as-of."""

    vendor: str
    entity: str
    back: int


DUPLICATE = Twin("V-506", "100", 1)


def bills(told: History) -> list[Document]:
    """Every bill dated up to as-of, in order of its date, one of them entered twice."""
    drafts = [
        draft
        for entity in ENTITIES
        for vendor in VENDORS
        for month in months(told.first, told.as_of)
        for draft in _month(told, entity, vendor, month)
        if draft.day <= told.as_of and draft.items
    ]
    drafts.sort(key=lambda bill: (bill.day, bill.entity.id, bill.party.id, bill.number))
    return [_settled(bill, told) for bill in drafts]


def _month(told: History, entity: Entity, vendor: Party, month: date) -> list[Document]:
    rng = Random(f"{told.seed}/{entity.id}/{vendor.id}/{month}")
    day = month + timedelta(days=rng.randint(1, 24))
    items = tuple(
        Item(
            line.account,
            actual(line, entity, month, told),
            line.department,
            where(line, entity),
            text=_memo(vendor, line.account, told.back(month)),
        )
        for line in PLAN
        if line.route == vendor.id
    )
    bill = Document(
        side=PAYABLES,
        number=f"{vendor.id[2:]}{entity.id[0]}-{month:%y%m}",
        party=vendor,
        entity=entity,
        day=day,
        due=day + timedelta(days=vendor.days),
        items=tuple(item for item in items if item.hundredths > 0),
        text=f"{vendor.name} {month:%Y-%m}",
    )
    if Twin(vendor.id, entity.id, told.back(month)) != DUPLICATE:
        return [bill]
    again = replace(bill, number=bill.number.replace("-", ""), day=day + timedelta(days=2))
    return [bill, replace(again, due=bill.due)]


def _memo(vendor: Party, account: str, back: int) -> str | None:
    if vendor.id == "V-513" and account == "6420" and back == 2:
        return INJECTION
    return None


def _settled(bill: Document, told: History) -> Document:
    """Paid in full on the Thursday after it falls due; one in twenty a month later."""
    rng = Random(f"{told.seed}/{bill.number}/paid")
    waits = 28 if rng.randrange(20) == 0 else 0
    until_thursday = (3 - bill.due.weekday()) % 7
    day = bill.due + timedelta(days=until_thursday + waits)
    if day > told.as_of:
        return bill
    return replace(bill, settled=(Settlement(day, bill.total),))
