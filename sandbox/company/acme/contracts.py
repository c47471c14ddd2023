"""The demo company's contracts: a year of subscription each, tied to what was invoiced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sandbox.company.acme.documents import Document
from sandbox.company.acme.places import ENTITIES
from sandbox.company.acme.plan import History
from sandbox.company.acme.receivables import Customer
from sandbox.company.periods import later
from sandbox.company.posting import at
from sandbox.company.values import Value, amount

SUBSCRIPTION = "4000"
PER_ENTITY = 3
BACK, AHEAD = 6, 6
SCHEDULES = (
    "CONTRACTBILLINGSCHEDULE",
    "CONTRACTREVENUESCHEDULE",
    "CONTRACTREVENUE2SCHEDULE",
)


@dataclass(frozen=True, slots=True)
class Contract:
    """Whose, for which twelve months, and by day what is billed and earned, in hundredths."""

    number: int
    customer: Customer
    begins: date
    ends: date
    entries: tuple[tuple[date, int], ...]

    @property
    def id(self) -> str:
        """What people call it."""
        return f"CN-{self.number:03}"


def contracts(
    told: History, everyone: list[Customer], issued: Iterable[Document]
) -> list[Contract]:
    """One for each of the largest customers: six months invoiced, the rest at the last amount."""
    begins = later(told.as_of, -BACK)
    largest = [
        customer
        for entity in ENTITIES
        for customer in [one for one in everyone if one.entity == entity][:PER_ENTITY]
    ]
    billed: dict[str, list[tuple[date, int]]] = {one.party.id: [] for one in largest}
    for document in issued:
        subscribed = sum(i.hundredths for i in document.items if i.account == SUBSCRIPTION)
        if document.party.id in billed and document.day >= begins and subscribed:
            billed[document.party.id].append((document.day, subscribed))
    return [
        _contract(number, customer, begins, told, billed[customer.party.id])
        for number, customer in enumerate(largest, start=101)
    ]


def contract_rows(made: list[Contract]) -> list[dict[str, Value]]:
    """The contracts themselves."""
    return [
        {
            "CONTRACTID": one.id,
            "CUSTOMERID": one.customer.party.id,
            "CUSTOMERNAME": one.customer.party.name,
            "NAME": f"Subscription {one.begins:%Y-%m}",
            "TERMNAME": one.customer.party.term,
            "TERMTYPE": "Termed",
            "BILLINGFREQUENCY": "Monthly",
            "STATE": "In progress",
            "EXCHANGE_RATE": Decimal(1),
            **_span(one),
            **_stamps(one),
        }
        for one in made
    ]


def contract_detail_rows(made: list[Contract]) -> list[dict[str, Value]]:
    """Their only lines, at a fixed price for the year."""
    return [
        {
            "CONTRACTID": one.id,
            "CONTRACTKEY": key,
            "LINENO": 1,
            "ITEMID": "SUB",
            "CUSTOMERID": one.customer.party.id,
            "BILLINGMETHOD": "Fixed price",
            "BILLINGOPTIONS": "Use billing template",
            "FLATAMOUNT": amount(sum(hundredths for _, hundredths in one.entries)),
            "GLPOSTINGDATE": one.begins,
            "STATE": "In progress",
            **_span(one),
            **_stamps(one),
        }
        for key, one in enumerate(made, start=1)
    ]


def schedule_rows(made: list[Contract]) -> list[dict[str, Value]]:
    """One schedule for each line; billing and both ways of earning read the same."""
    return [
        {
            "CONTRACTID": one.id,
            "CONTRACTDETAILKEY": key,
            "ITEMID": "SUB",
            "STATE": "In progress",
            **_stamps(one),
        }
        for key, one in enumerate(made, start=1)
    ]


def schedule_entry_rows(told: History, made: list[Contract]) -> list[dict[str, Value]]:
    """Their entries: posted on the day of the invoice, open after as-of."""
    return [
        {
            "SCHEDULEKEY": key,
            "CONTRACTDETAILKEY": key,
            "CONTRACTID": one.id,
            "POSTINGDATE": day,
            "ACTUALPOSTINGDATE": day if day <= told.as_of else None,
            "AMOUNT": amount(hundredths),
            "BASEAMOUNT": amount(hundredths),
            "STATE": "Posted" if day <= told.as_of else "Open",
            "CURRENCY": one.customer.entity.currency,
            "BASECURR": one.customer.entity.currency,
            **_stamps(one),
        }
        for key, one in enumerate(made, start=1)
        for day, hundredths in one.entries
    ]


def _contract(
    number: int,
    customer: Customer,
    begins: date,
    told: History,
    billed: list[tuple[date, int]],
) -> Contract:
    last = max(billed)[1]
    invoiced = {(day.year, day.month) for day, _ in billed}
    months = [later(begins, months) for months in range(BACK + AHEAD)]
    ahead = [
        (month + timedelta(days=6), last)
        for month in months
        if (month.year, month.month) not in invoiced and month + timedelta(days=6) > told.as_of
    ]
    ends = later(begins, BACK + AHEAD) - timedelta(days=1)
    return Contract(number, customer, begins, ends, (*sorted(billed), *ahead))


def _span(one: Contract) -> dict[str, Value]:
    return {
        "BEGINDATE": one.begins,
        "ENDDATE": one.ends,
        "LOCATIONID": one.customer.entity.id,
        "CURRENCY": one.customer.entity.currency,
        "BASECURR": one.customer.entity.currency,
    }


def _stamps(one: Contract) -> dict[str, Value]:
    return {
        "STATUS": "active",
        "WHENCREATED": at(one.begins, 9),
        "WHENMODIFIED": at(one.begins, 9),
    }
