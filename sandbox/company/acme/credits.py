"""Credits and advances: what customers were given or paid before an invoice could take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sandbox.company.acme.chart import CASH, RECEIVABLE
from sandbox.company.acme.documents import (
    RECEIVABLES,
    Document,
    owner_columns,
    party_columns,
    total_columns,
)
from sandbox.company.acme.plan import History
from sandbox.company.acme.receivables import Customer
from sandbox.company.posting import Line, Posting, at
from sandbox.company.values import Value, amount


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit memo in hundredths, for which invoice, and whether it is used up."""

    number: str
    invoice: Document
    day: date
    hundredths: int
    used: bool


@dataclass(frozen=True, slots=True)
class Advance:
    """Money from a customer that no invoice has taken yet."""

    customer: Customer
    day: date
    hundredths: int


def credits_given(invoices: list[Document], told: History) -> list[Credit]:
    """A credit before every settlement that used one, and a few that are still unapplied."""
    used = [
        (invoice, part.credit, part.day - timedelta(days=1))
        for invoice in invoices
        for part in invoice.settled
        if part.credit
    ]
    rng = Random(f"{told.seed}/credits")
    fresh = [one for one in invoices if one.due_still == one.total and one.day < told.as_of]
    unused = [
        (invoice, invoice.total // 20, min(told.as_of, invoice.day + timedelta(days=9)))
        for invoice in rng.sample(fresh, min(4, len(fresh)))
    ]
    named = [(max(day, one.day), one, part, True) for one, part, day in used]
    named += [(day, one, part, False) for one, part, day in unused]
    named.sort(key=lambda given: (given[0], given[1].number))
    return [
        Credit(f"CM-{number}", invoice, day, part, is_used)
        for number, (day, invoice, part, is_used) in enumerate(named, start=501)
    ]


def credit_posting(credit: Credit) -> Posting:
    """The credit in the ledger."""
    invoice = credit.invoice
    location, party = invoice.entity.id, invoice.party.id
    return Posting(
        day=credit.day,
        journal="ARA",
        title=f"Credit {credit.number} on {invoice.number}: {invoice.party.name}",
        currency=invoice.entity.currency,
        lines=(
            Line("4900", credit.hundredths, location, "SALES", customer=party),
            Line(RECEIVABLE, -credit.hundredths, location, customer=party),
        ),
        module="4.AR",
        reference=credit.number,
    )


def credit_rows(given: list[Credit]) -> list[dict[str, Value]]:
    """The credit memos: negative adjustments."""
    return [
        {
            "RECORDNO": number,
            **party_columns(RECEIVABLES, credit.invoice.party),
            **owner_columns(credit.invoice.entity),
            **total_columns(-credit.hundredths, -credit.hundredths if credit.used else 0),
            "RECORDID": credit.number,
            "DOCNUMBER": credit.invoice.number,
            "DESCRIPTION": f"Credit on {credit.invoice.number}",
            "STATE": "Paid" if credit.used else "Posted",
            "RECORDTYPE": "ra",
            "MODULEKEY": "4.AR",
            "WHENCREATED": credit.day,
            "WHENPOSTED": credit.day,
            "WHENDUE": credit.day,
            "STATUS": "active",
            "AUWHENCREATED": at(credit.day, 15),
            "WHENMODIFIED": at(credit.day, 15),
        }
        for number, credit in enumerate(given, start=1)
    ]


def credit_item_rows(given: list[Credit]) -> list[dict[str, Value]]:
    """One line per credit memo."""
    return [
        {
            "RECORDKEY": number,
            "LINE_NO": 1,
            "ACCOUNTNO": "4900",
            "AMOUNT": amount(-credit.hundredths),
            "TRX_AMOUNT": amount(-credit.hundredths),
            "TOTALPAID": amount(-credit.hundredths if credit.used else 0),
            "TRX_TOTALPAID": amount(-credit.hundredths if credit.used else 0),
            "OFFSETGLACCOUNTNO": RECEIVABLE,
            "ENTRY_DATE": credit.day,
            "DEPARTMENTID": "SALES",
            "LOCATIONID": credit.invoice.entity.id,
            "CUSTOMERID": credit.invoice.party.id,
            "CURRENCY": credit.invoice.entity.currency,
            "WHENMODIFIED": at(credit.day, 15),
        }
        for number, credit in enumerate(given, start=1)
    ]


def advances(told: History, everyone: list[Customer]) -> list[Advance]:
    """Five advances of the last seven weeks, in round amounts."""
    rng = Random(f"{told.seed}/advances")
    taken = [
        Advance(
            customer,
            told.as_of - timedelta(days=rng.randint(3, 49)),
            rng.randint(4, 30) * 500_00,
        )
        for customer in rng.sample(everyone, 5)
    ]
    return sorted(taken, key=lambda one: (one.day, one.customer.party.id))


def advance_posting(advance: Advance) -> Posting:
    """The advance in the ledger."""
    entity, party = advance.customer.entity, advance.customer.party
    return Posting(
        day=advance.day,
        journal="CRJ",
        title=f"Advance: {party.name}",
        currency=entity.currency,
        lines=(
            Line(CASH, advance.hundredths, entity.id),
            Line(RECEIVABLE, -advance.hundredths, entity.id, customer=party.id),
        ),
        module="4.AR",
    )


def advance_rows(taken: list[Advance]) -> list[dict[str, Value]]:
    """The advances; the whole amount is still to be applied."""
    return [
        {
            "RECORDNO": number,
            **party_columns(RECEIVABLES, advance.customer.party),
            **owner_columns(advance.customer.entity),
            **total_columns(advance.hundredths, 0),
            "FINANCIALENTITY": advance.customer.entity.bank,
            "PAYMENTMETHOD": "EFT",
            "DOCNUMBER": f"ADV {advance.day:%y%m%d}-{number}",
            "RECEIPTDATE": advance.day,
            "PAYMENTDATE": advance.day,
            "STATE": "Posted",
            "RECORDTYPE": "rr",
            "STATUS": "active",
            "WHENCREATED": advance.day,
            "AUWHENCREATED": at(advance.day, 16),
            "WHENMODIFIED": at(advance.day, 16),
        }
        for number, advance in enumerate(taken, start=1)
    ]


def advance_item_rows(taken: list[Advance]) -> list[dict[str, Value]]:
    """One line per advance."""
    return [
        {
            "RECORDKEY": number,
            "LINE_NO": 1,
            "ACCOUNTNO": RECEIVABLE,
            "AMOUNT": amount(advance.hundredths),
            "TRX_AMOUNT": amount(advance.hundredths),
            "ENTRY_DATE": advance.day,
            "LOCATIONID": advance.customer.entity.id,
            "CUSTOMERID": advance.customer.party.id,
            "CURRENCY": advance.customer.entity.currency,
            "WHENMODIFIED": at(advance.day, 16),
        }
        for number, advance in enumerate(taken, start=1)
    ]
