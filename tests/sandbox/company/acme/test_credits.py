from __future__ import annotations

from dataclasses import replace
from datetime import date

from sandbox.company.acme.credits import Credit, credit_posting, credit_rows, credits_given
from sandbox.company.acme.documents import Settlement
from sandbox.company.acme.plan import History
from tests.sandbox.company.acme.test_documents import INVOICE

TOLD = History(date(2022, 2, 1), date(2026, 2, 20), 1)
USED = replace(INVOICE, settled=(Settlement(date(2026, 2, 10), 126_00, 14_00),))


def test_a_used_credit_is_dated_the_day_before_the_payment_that_used_it() -> None:
    (credit,) = credits_given([USED], TOLD)

    assert credit == Credit("CM-501", USED, date(2026, 2, 9), 14_00, used=True)


def test_an_open_invoice_may_have_a_credit_that_waits() -> None:
    (credit,) = credits_given([INVOICE], TOLD)

    # five percent of 140.00, nine days after the invoice
    assert (credit.hundredths, credit.day, credit.used) == (7_00, date(2026, 1, 14), False)


def test_a_credit_lowers_revenue_and_receivables() -> None:
    posting = credit_posting(Credit("CM-1", INVOICE, date(2026, 1, 14), 7_00, used=False))

    assert [(line.account, line.hundredths) for line in posting.lines] == [
        ("4900", 7_00),
        ("1200", -7_00),
    ]


def test_a_credit_is_a_negative_adjustment() -> None:
    waiting, used = credit_rows(
        [
            Credit("CM-1", INVOICE, date(2026, 1, 14), 7_00, used=False),
            Credit("CM-2", USED, date(2026, 2, 9), 14_00, used=True),
        ]
    )

    assert (str(waiting["TOTALDUE"]), waiting["STATE"]) == ("-7.00", "Posted")
    assert (str(used["TOTALENTERED"]), str(used["TOTALDUE"])) == ("-14.00", "0.00")
    assert used["STATE"] == "Paid"
