"""Payments: all that one party settled with one entity on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sandbox.company.acme.chart import CASH
from sandbox.company.acme.documents import (
    Document,
    Settlement,
    dimension_of,
    owner_columns,
    party_columns,
    total_columns,
)
from sandbox.company.posting import Line, Posting, at
from sandbox.company.values import Value, amount


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: all that one party settled with one entity on one day."""

    day: date
    number: str
    parts: tuple[tuple[Document, Settlement], ...]

    @property
    def cash(self) -> int:
        """The money that moved."""
        return sum(part.cash for _, part in self.parts)


def payments(documents: Iterable[Document]) -> list[Payment]:
    """The payments behind the settlements, in order of day, entity and party."""
    parts = [(document, part) for document in documents for part in document.settled]
    parts.sort(key=lambda pair: (_payer(pair), pair[0].number))
    grouped = [tuple(group) for _, group in groupby(parts, key=_payer)]
    return [
        Payment(group[0][1].day, f"{group[0][1].day:%y%m%d}-{number:05}", group)
        for number, group in enumerate(grouped, start=1)
    ]


def payment_posting(payment: Payment) -> Posting:
    """The payment in the ledger: the control account against the bank."""
    first = payment.parts[0][0]
    side, entity = first.side, first.entity
    whole = side.sign * payment.cash
    return Posting(
        day=payment.day,
        journal=side.payment_journal,
        title=f"Payment {payment.number}: {first.party.name}",
        currency=entity.currency,
        lines=(
            Line(CASH, whole, entity.id),
            Line(side.control, -whole, entity.id, **dimension_of(side, first.party)),
        ),
        module=side.module,
        reference=payment.number,
    )


def payment_rows(made: list[Payment]) -> Iterator[dict[str, Value]]:
    """The payments, numbered in the order given."""
    for number, payment in enumerate(made, start=1):
        first = payment.parts[0][0]
        yield {
            "RECORDNO": number,
            **party_columns(first.side, first.party),
            **owner_columns(first.entity),
            **total_columns(payment.cash, payment.cash),
            "RECORDID": payment.number,
            "DOCNUMBER": f"EFT {payment.number}",
            "FINANCIALENTITY": first.entity.bank,
            "PAYMENTMETHOD": "EFT",
            "RECEIPTDATE": payment.day,
            "PAYMENTDATE": payment.day,
            "WHENPAID": payment.day,
            "STATE": "Posted",
            "CLEARED": True,
            "STATUS": "active",
            "WHENCREATED": payment.day,
            "AUWHENCREATED": at(payment.day, 16),
            "WHENMODIFIED": at(payment.day, 16),
        }


def detail_rows(
    made: list[Payment], keys: Mapping[str, int], credit_keys: Mapping[str, int]
) -> Iterator[dict[str, Value]]:
    """What each payment paid; `keys` and `credit_keys` give record numbers by document number."""
    for number, payment in enumerate(made, start=1):
        for document, part in payment.parts:
            yield {
                "PAYMENTKEY": number,
                "RECORDKEY": keys[document.number],
                "PAYMENTAMOUNT": amount(part.cash),
                "TRX_PAYMENTAMOUNT": amount(part.cash),
                "ADJUSTMENTKEY": credit_keys[document.number] if part.credit else None,
                "TRX_ADJUSTMENTAMOUNT": amount(part.credit) if part.credit else None,
                "PAYMENTDATE": payment.day,
                "CURRENCY": document.entity.currency,
                "BASECURR": document.entity.currency,
                "WHENCREATED": at(payment.day, 16),
                "WHENMODIFIED": at(payment.day, 16),
            }


def _payer(pair: tuple[Document, Settlement]) -> tuple[date, str, str]:
    document, part = pair
    return part.day, document.entity.id, document.party.id
