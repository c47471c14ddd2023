"""Payments enter the local gateway once; what they settle is settled to the cent, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.client import Intacct
from intacct.documents.account_line import AccountLine
from intacct.documents.applied import Credited, OpenRecord, Paid, Source
from intacct.documents.ar_adjustment import ARAdjustment
from intacct.documents.ar_advance import AdvanceLine, ARAdvance
from intacct.documents.ar_invoice import ARInvoice
from intacct.documents.ar_payment import ARPayment, Overpayment, PaymentSubmission
from intacct.documents.money_in import MoneyIn
from intacct.documents.reversal import Reversal
from intacct.errors import DuplicateDocument
from intacct.post import find_posted, post, read_back
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

USD, HERE = Currency("USD"), dimensions({"location": "100"})
DAY, BANK = date(2026, 3, 15), MoneyIn("EFT", bank="BANKUS")
NOWHERE = OpenRecord("invoice", "77777", "C1", Decimal("100.00"))
PAYMENT = ARPayment("P-1", "C1", DAY, USD, Decimal("10.00"), BANK, (Paid(NOWHERE, Decimal(10)),))


def invoiced(
    books: Intacct, number: str, *amounts: str, customer: str = "C1", term: str = ""
) -> OpenRecord:
    """An invoice of these lines, and what is due on it."""
    lines = tuple(AccountLine(AccountNo("4000"), Decimal(amount), HERE) for amount in amounts)
    invoice = ARInvoice(number, customer, date(2026, 3, 10), USD, lines, term=term)
    receipt = post(books, invoice, f"inv {number}")
    due = sum((line.amount for line in lines), Decimal(0))
    return OpenRecord("invoice", receipt.record_no, customer, due)


def paying(reference: str, received: str, *paid: Paid) -> ARPayment:
    return replace(PAYMENT, reference=reference, received=Decimal(received), paid=paid)


def due(local: Local, item: OpenRecord) -> str:
    (row,) = [x for x in local.table("ARINVOICE") if str(x["RECORDNO"]) == item.record_no]
    return str(row["TRX_TOTALDUE"])


def of(local: Local, reference: str) -> list[tuple[object, object]]:
    """State and total of each payment under this reference."""
    rows = [x for x in local.table("ARPYMT") if x["DOCNUMBER"] == reference]
    return [(row["STATE"], row["TRX_TOTALENTERED"]) for row in rows]


def test_a_payment_is_written_with_everything_it_says() -> None:
    full = replace(
        PAYMENT, overpayment=Overpayment(Decimal(5), "100", "OPS"), paid_on=DAY, draft=True
    )

    assert [(str(x.tag), x.text) for x in full.wire()[0]] == [
        ("FINANCIALENTITY", "BANKUS"),
        ("PAYMENTMETHOD", "EFT"),
        ("CUSTOMERID", "C1"),
        ("DOCNUMBER", "P-1"),
        ("RECEIPTDATE", "03/15/2026"),
        ("PAYMENTDATE", "03/15/2026"),
        ("CURRENCY", "USD"),
        ("OVERPAYMENTAMOUNT", "5.00"),
        ("OVERPAYMENTLOCATIONID", "100"),
        ("OVERPAYMENTDEPARTMENTID", "OPS"),
        ("ACTION", "Draft"),
        ("ARPYMTDETAILS", None),
    ]


def test_a_payment_over_two_invoices_enters_once_and_pays_line_by_line(shop: Local) -> None:
    books = shop.books()
    one, two = invoiced(books, "A-1", "60.00", "40.00"), invoiced(books, "A-2", "50.00")
    # 75.50 are the first line of 60.00 and 15.50 of the second
    payment = paying("P-A", "125.50", Paid(one, Decimal("75.50")), Paid(two, Decimal("50.00")))

    assert enters_once(shop, books, payment, "pay A")

    assert (due(shop, one), due(shop, two)) == ("24.50", "0.00")
    assert of(shop, "P-A") == [("Posted", "125.50")]


def test_a_payment_whose_answer_was_lost_is_found_and_pays_once(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "B-1", "30.00")

    assert is_found_when_its_answer_is_lost(
        shop, books, paying("P-B", "10.00", Paid(invoice, Decimal(10))), "pay B"
    )

    assert due(shop, invoice) == "20.00"


def test_a_draft_pays_nothing_until_it_is_submitted_as_it_stands(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "C-1", "30.00")
    draft = replace(paying("P-C", "30.00", Paid(invoice, Decimal(30))), draft=True)
    record_no = enters_once(shop, books, draft, "pay C").record_no
    assert (due(shop, invoice), of(shop, "P-C")) == ("30.00", [("Draft", "30.00")])

    submission = PaymentSubmission(record_no, draft)
    found = enters_once(shop, books, submission, "submit C")

    assert found.record_no == record_no
    assert (due(shop, invoice), of(shop, "P-C")) == ("0.00", [("Posted", "30.00")])


def test_a_submission_whose_answer_was_lost_is_found(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "D-1", "30.00")
    draft = replace(paying("P-D", "5.00", Paid(invoice, Decimal(5))), draft=True)
    record_no = post(books, draft, "pay D").record_no

    assert is_found_when_its_answer_is_lost(
        shop, books, PaymentSubmission(record_no, draft), "submit D"
    )

    assert (due(shop, invoice), of(shop, "P-D")) == ("25.00", [("Posted", "5.00")])


def test_a_discount_is_let_off_with_the_last_of_it(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "E-1", "100.00", term="2/10 Net 30")
    payment = paying("P-E", "98.00", Paid(invoice, Decimal("98.00"), Decimal("2.00")))

    assert enters_once(shop, books, payment, "pay E")

    assert due(shop, invoice) == "0.00"


def test_credits_of_every_kind_pay_beside_the_money(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "F-1", "100.00", "-5.00")
    paid = Paid(replace(invoice, due=Decimal("100.00")), Decimal("20.00"))
    credited = tuple(
        Credited(paid.item, source, record_no, Decimal(amount), Decimal(amount))
        for source, record_no, amount in every_credit(books, invoice.record_no)
    )
    # 20.00 in money, 30.00 + 8.00 + 5.00 + 12.00 + 25.00 in credits
    payment = replace(paying("P-F", "20.00", paid), credited=credited)

    assert enters_once(shop, books, payment, "pay F")

    assert due(shop, invoice) == "0.00"


def every_credit(books: Intacct, invoice: str) -> list[tuple[Source, str, str]]:
    """One credit of each kind that the customer has."""
    line = AdvanceLine(AccountNo("1200"), Decimal("30.00"), HERE)
    advance = ARAdvance("F-A", "C1", DAY, DAY, USD, BANK, (line,))
    off = AccountLine(AccountNo("4900"), Decimal("-8.00"), HERE)
    memo = ARAdjustment("F-M", "credit memo", "C1", DAY, USD, (off,))
    other = invoiced(books, "F-2", "1.00")
    over = replace(
        paying("F-O", "13.00", Paid(other, Decimal("1.00"))),
        overpayment=Overpayment(Decimal("12.00"), "100"),
    )
    negative = invoiced(books, "F-N", "-25.00")
    return [
        ("advance", post(books, advance, "F-A").record_no, "30.00"),
        ("credit memo", post(books, memo, "F-M").record_no, "8.00"),
        ("inline", invoice, "5.00"),
        ("overpayment", post(books, over, "F-O").record_no, "12.00"),
        ("negative invoice", negative.record_no, "25.00"),
    ]


def test_what_is_overpaid_stays_with_the_customer(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "G-1", "10.00")
    payment = replace(
        paying("P-G", "12.50", Paid(invoice, Decimal("10.00"))),
        overpayment=Overpayment(Decimal("2.50"), "100"),
    )

    assert enters_once(shop, books, payment, "pay G")

    assert of(shop, "P-G") == [("Posted", "12.50")]


def test_one_payer_pays_for_several_customers(shop: Local) -> None:
    books = shop.books()
    ours, theirs = invoiced(books, "H-1", "10.00"), invoiced(books, "H-2", "5.00", customer="C2")
    payment = paying("P-H", "15.00", Paid(ours, Decimal(10)), Paid(theirs, Decimal(5)))

    assert [p.sentence for p in payment.problems()] == [
        "C2's items are paid too; leave the customer out and name who paid."
    ]
    assert enters_once(shop, books, replace(payment, customer="", payer="Parent Inc"), "pay H")

    assert (due(shop, ours), due(shop, theirs)) == ("0.00", "0.00")


def test_a_reversed_payment_gives_everything_back_and_stays_found_once(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "I-1", "60.00", "40.00")
    payment = paying("P-I", "75.50", Paid(invoice, Decimal("75.50")))
    record_no = post(books, payment, "pay I").record_no

    reversal = Reversal("receipt", record_no, date(2026, 3, 16), "Bounced")
    assert enters_once(shop, books, reversal, "back I").record_no == record_no

    assert due(shop, invoice) == "100.00"
    found = find_posted(books, payment)
    assert found is not None
    assert found.record_no == record_no


def test_the_same_reference_twice_is_an_error(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "J-1", "60.00")
    payment = paying("P-J", "10.00", Paid(invoice, Decimal(10)))
    post(books, payment, "pay J 1")
    post(books, payment, "pay J 2")

    with pytest.raises(DuplicateDocument, match="2 records under P-J"):
        find_posted(books, payment)


def test_a_cent_on_another_invoice_is_told(shop: Local) -> None:
    books = shop.books()
    one, two = invoiced(books, "K-1", "60.00"), invoiced(books, "K-2", "60.00")
    payment = paying("P-K", "20.00", Paid(one, Decimal("10.00")), Paid(two, Decimal("10.00")))
    post(books, payment, "pay K")
    moved = paying("P-K", "20.00", Paid(one, Decimal("10.01")), Paid(two, Decimal("9.99")))

    told = [problem.sentence for problem in read_back(books, moved)]

    assert told == [
        f"Intacct lacks a line: RECORDKEY {one.record_no}, TRX_PAYMENTAMOUNT 10.01.",
        f"Intacct lacks a line: RECORDKEY {two.record_no}, TRX_PAYMENTAMOUNT 9.99.",
        f"Intacct has a line too many: RECORDKEY {one.record_no}, TRX_PAYMENTAMOUNT 10.00.",
        f"Intacct has a line too many: RECORDKEY {two.record_no}, TRX_PAYMENTAMOUNT 10.00.",
    ]


def test_more_than_is_due_is_refused_twice(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "L-1", "10.00")
    payment = paying("P-L", "10.01", Paid(invoice, Decimal("10.01")))

    said = is_refused_twice(books, payment, "pay L", "10.01 exceeds total amount due 10.00")

    assert "exceeds total amount due" in said
    assert due(shop, invoice) == "10.00"


def test_a_discount_on_a_part_is_refused_twice(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "M-1", "100.00", term="2/10 Net 30")
    payment = paying("P-M", "50.00", Paid(invoice, Decimal("50.00"), Decimal("2.00")))

    assert is_refused_twice(books, payment, "pay M", "to be paid in full; 48.00 would stay open")

    assert due(shop, invoice) == "100.00"


@pytest.mark.parametrize(
    ("payment", "words"),
    [
        (replace(PAYMENT, reference="B1", paid=(), received=Decimal(0)), "Nothing is paid"),
        (replace(PAYMENT, reference="B2", money=MoneyIn("EFT")), "0 are named"),
        (replace(PAYMENT, reference="B3", customer=""), "Nobody is named"),
        (
            replace(
                PAYMENT,
                reference="B4",
                customer="",
                payer="X",
                overpayment=Overpayment(Decimal(1), "100"),
            ),
            "An overpayment stays with one customer",
        ),
        (
            replace(PAYMENT, reference="B5", overpayment=Overpayment(Decimal(1), "")),
            "overpayment's location is blank",
        ),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, payment: ARPayment, words: str
) -> None:
    assert is_refused_twice(shop.books(), payment, f"pay {payment.reference}", words)


def test_all_that_was_received_is_accounted_for() -> None:
    less, more = replace(PAYMENT, received=Decimal(9)), replace(PAYMENT, received=Decimal(11))

    assert [p.sentence for p in less.problems()] == ["10.00 is given out, and 9.00 was received."]
    assert [p.sentence for p in more.problems()] == [
        "1.00 is given to nothing; apply it, or call it overpaid."
    ]


def test_a_submission_is_a_record_number_and_the_whole_payment() -> None:
    submission = PaymentSubmission("none", replace(PAYMENT, draft=True, entity="100"))

    assert [p.sentence for p in submission.problems()] == [
        "The draft is “none”, which is no record number of Intacct's."
    ]
    assert (submission.key, submission.entity) == ("P-1", "100")
    assert etree.tostring(submission.wire()[0][0]) == b"<RECORDNO>none</RECORDNO>"
    assert submission.wire()[0].findtext("ACTION") == "Submit"
