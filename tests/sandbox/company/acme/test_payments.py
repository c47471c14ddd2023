from __future__ import annotations

from dataclasses import replace
from datetime import date

from sandbox.company.acme.documents import PAYABLES, Party, Settlement
from sandbox.company.acme.payments import detail_rows, payment_posting, payments
from tests.sandbox.company.acme.test_documents import INVOICE

DAY = date(2026, 2, 10)
FIRST = replace(INVOICE, settled=(Settlement(DAY, 140_00),))
SECOND = replace(INVOICE, number="INV-2", settled=(Settlement(DAY, 126_00, 14_00),))
OTHERS = replace(FIRST, number="INV-3", party=Party("C-2", "Kestrel", "Net 30", 30))


def test_what_one_party_settles_on_one_day_is_one_payment() -> None:
    made = payments([OTHERS, SECOND, FIRST])

    assert [
        (payment.cash, [document.number for document, _ in payment.parts]) for payment in made
    ] == [(266_00, ["INV-1", "INV-2"]), (140_00, ["INV-3"])]


def test_a_receipt_fills_the_bank_and_a_disbursement_empties_it() -> None:
    (receipt,) = payments([FIRST])
    (disbursement,) = payments([replace(FIRST, side=PAYABLES)])

    assert [(line.account, line.hundredths) for line in payment_posting(receipt).lines] == [
        ("1000", 140_00),
        ("1200", -140_00),
    ]
    assert [(line.account, line.hundredths) for line in payment_posting(disbursement).lines] == [
        ("1000", -140_00),
        ("2000", 140_00),
    ]


def test_details_name_the_invoice_and_the_credit_it_used() -> None:
    details = list(detail_rows(payments([FIRST, SECOND]), {"INV-1": 7, "INV-2": 8}, {"INV-2": 3}))

    assert [
        (
            d["RECORDKEY"],
            str(d["PAYMENTAMOUNT"]),
            d["ADJUSTMENTKEY"],
            str(d["TRX_ADJUSTMENTAMOUNT"]),
        )
        for d in details
    ] == [(7, "140.00", None, "None"), (8, "126.00", 3, "14.00")]
