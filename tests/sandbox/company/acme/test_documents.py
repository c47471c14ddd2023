from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sandbox.company.acme.documents import (
    PAYABLES,
    RECEIVABLES,
    Document,
    Item,
    Party,
    Settlement,
    document_posting,
    document_rows,
    item_rows,
    total_columns,
)
from sandbox.company.acme.places import ENTITIES
from sandbox.company.values import amount

INVOICE = Document(
    side=RECEIVABLES,
    number="INV-1",
    party=Party("C-1", "Orbit", "Net 30", 30),
    entity=ENTITIES[0],
    day=date(2026, 1, 5),
    due=date(2026, 2, 4),
    items=(Item("4000", 100_00, "SALES", "100"), Item("4200", 40_00, "OPS", "110")),
)
PAID_LATER = Settlement(date(2026, 2, 10), 110_00)
REST = Settlement(date(2026, 3, 10), 20_00, 10_00)


def test_an_invoice_is_a_debit_of_receivables_and_a_bill_a_credit_of_payables() -> None:
    bill = replace(INVOICE, side=PAYABLES)

    assert [
        (line.account, line.hundredths, line.location, line.customer)
        for line in document_posting(INVOICE).lines
    ] == [
        ("1200", 140_00, "100", "C-1"),
        ("4000", -100_00, "100", "C-1"),
        ("4200", -40_00, "110", "C-1"),
    ]
    assert [(line.account, line.hundredths) for line in document_posting(bill).lines] == [
        ("2000", -140_00),
        ("4000", 100_00),
        ("4200", 40_00),
    ]


@pytest.mark.parametrize(
    ("settled", "state", "due"),
    [
        ((), "Posted", "140.00"),
        ((PAID_LATER,), "Partially Paid", "30.00"),
        ((PAID_LATER, REST), "Paid", "0.00"),
    ],
)
def test_the_state_follows_what_is_due(
    settled: tuple[Settlement, ...], state: str, due: str
) -> None:
    (row,) = document_rows([replace(INVOICE, settled=settled)])

    assert (row["STATE"], str(row["TOTALDUE"])) == (state, due)
    assert row["WHENPAID"] == (date(2026, 3, 10) if state == "Paid" else None)


def test_money_runs_down_the_lines_from_the_first() -> None:
    lines = list(item_rows([replace(INVOICE, settled=(PAID_LATER,))]))

    assert [line["TOTALPAID"] for line in lines] == [amount(100_00), amount(10_00)]


def test_totals_are_entered_less_paid_in_both_currencies() -> None:
    totals = total_columns(140_00, 110_00)

    assert str(totals["TOTALDUE"]) == str(totals["TRX_TOTALDUE"]) == "30.00"
    assert len(totals) == 8
