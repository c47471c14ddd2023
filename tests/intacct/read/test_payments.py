"""Payments and what they were applied to, at the local gateway."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.ledger import month
from intacct.read.payments import PAID, RECEIVED, read_applied, read_payments
from sandbox.company.values import Value
from tests.intacct.read.conftest import Shared


def payment(number: int, day: str, amount: str, state: str, **more: Value) -> dict[str, Value]:
    return {
        "RECORDNO": number,
        "DOCNUMBER": f"CHK-{number}",
        "RECEIPTDATE": day,
        "PAYMENTDATE": day,
        "FINANCIALENTITY": "BOA",
        "PAYMENTMETHOD": "EFT",
        "STATE": state,
        "CURRENCY": "USD",
        "BASECURR": "USD",
        "TRX_TOTALENTERED": Decimal(amount),
        "MEGAENTITYID": "100",
        **more,
    }


@pytest.fixture(scope="module")
def paid(shared: Shared) -> Shared:
    shared.insert(
        "ARPYMT",
        payment(1, "2026-01-31", "90.10", "Posted", CUSTOMERID="C1"),
        payment(2, "2026-01-15", "5.00", "Draft", CUSTOMERID="C1"),
        payment(3, "2026-02-01", "8.00", "Posted", CUSTOMERID="C2"),
    )
    shared.insert("APPYMT", payment(4, "2026-01-20", "33.00", "Posted", VENDORID="V1"))
    for key, document, amount in ((1, 7, "60.10"), (1, 8, "30.00"), (3, 9, "8.00")):
        detail: dict[str, Value] = {"PAYMENTKEY": key, "RECORDKEY": document, "CURRENCY": "USD"}
        day = date(2026, 1, 31)
        shared.insert(
            "ARPYMTDETAIL",
            {**detail, "PAYMENTDATE": day, "TRX_PAYMENTAMOUNT": Decimal(amount)},
        )
    return shared


def test_what_was_received_in_a_month_leaves_out_drafts(paid: Shared) -> None:
    frame = read_payments(paid.books, month(2026, 1))

    assert frame.to_dict("records") == [
        {
            "source": "ARPYMT",
            "record": "1",
            "document": "CHK-1",
            "party": "C1",
            "entity": "100",
            "day": pd.Timestamp(2026, 1, 31),
            "bank": "BOA",
            "method": "EFT",
            "state": "Posted",
            "currency": "USD",
            "amount": 9010,
        }
    ]


def test_what_was_paid_is_negative(paid: Shared) -> None:
    frame = read_payments(paid.books, month(2026, 1), PAID)

    assert list(zip(frame["party"], frame["amount"], strict=True)) == [("V1", -3300)]


def test_a_payment_says_which_documents_it_was_applied_to(paid: Shared) -> None:
    frame = read_applied(paid.books, ["1"], RECEIVED)

    assert list(zip(frame["payment"], frame["paid"], frame["amount"], strict=True)) == [
        ("1", "7", 6010),
        ("1", "8", 3000),
    ]
    assert read_applied(paid.books, []).empty
