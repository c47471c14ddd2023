"""What is reversed leaves the books as they were, is reversed once, and says so itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from intacct.documents.applied import Paid
from intacct.documents.reversal import Reversal, opposite
from intacct.errors import PeriodClosed, Rejected
from intacct.post import find_posted, post
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.documents.test_ap_bill import BILL
from tests.intacct.documents.test_ar_adjustment import CREDIT, owed
from tests.intacct.documents.test_ar_advance import ADVANCE
from tests.intacct.documents.test_ar_invoice import INVOICE
from tests.intacct.documents.test_ar_payment import due, invoiced, paying
from tests.intacct.documents.test_journal_entry import ENTRY
from tests.intacct.local import Local

MARCH = date(2026, 3, 2)


def balance(local: Local, account: str) -> Decimal:
    """What the account holds, debits positive."""
    lines = [row for row in local.table("GLENTRY") if row["ACCOUNTNO"] == account]
    return sum((Decimal(str(x["AMOUNT"])) * int(str(x["TR_TYPE"])) for x in lines), Decimal(0))


def test_a_reversal_names_the_record_and_the_day() -> None:
    reversal = Reversal("bill", "12", MARCH, "Wrong vendor")

    assert etree.tostring(reversal.wire()).decode() == (
        '<reverse_bill key="12">'
        "<datereversed><year>2026</year><month>03</month><day>02</day></datereversed>"
        "<description>Wrong vendor</description></reverse_bill>"
    )
    assert reversal.key == "bill 12"


def test_a_reversed_invoice_is_owed_no_more_and_the_ledger_is_as_before(shop: Local) -> None:
    books, before = shop.books(), (owed(shop), balance(shop, "1200"), balance(shop, "4000"))
    record_no = post(books, replace(INVOICE, number="R-1"), "r:1").record_no
    # 1,000.10 of sales, of which 0.10 is taken back in another account
    assert (owed(shop), balance(shop, "1200")) == (before[0] + 1000, before[1] + 1000)

    found = enters_once(shop, books, Reversal("invoice", record_no, MARCH), "r:1-back")

    assert found.record_no == record_no
    assert (owed(shop), balance(shop, "1200"), balance(shop, "4000")) == before
    with pytest.raises(Rejected):
        post(books, Reversal("invoice", record_no, MARCH), "r:1-again")


def test_a_reversal_whose_answer_was_lost_is_found(shop: Local) -> None:
    books, before = shop.books(), owed(shop)
    record_no = post(books, replace(CREDIT, number="R-2"), "r:2").record_no

    reversal = Reversal("adjustment", record_no, MARCH, "Agreed twice")
    assert is_found_when_its_answer_is_lost(shop, books, reversal, "r:2-back")

    assert owed(shop) == before


def test_a_reversed_receipt_advance_or_bill_whose_answer_was_lost_is_found(depot: Local) -> None:
    books = depot.books()
    bill = replace(BILL, vendor="V9")
    advance = replace(ADVANCE, reference="R-ADV", customer="K9")
    invoice = invoiced(books, "R-PAID", "60.00", customer="K9")
    payment = replace(paying("R-PAY", "60.00", Paid(invoice, Decimal(60))), customer="K9")
    receipts = {
        what: post(books, document, f"r:lost {what}").record_no
        for what, document in (("receipt", payment), ("advance", advance), ("bill", bill))
    }
    assert due(depot, invoice) == "0.00"

    for what in ("receipt", "advance", "bill"):
        reversal = Reversal(what, receipts[what], date(2026, 3, 16), "Sent twice")
        key = f"r:lost {what} back"
        found = is_found_when_its_answer_is_lost(depot, books, reversal, key)
        assert found.record_no == receipts[what]

    assert due(depot, invoice) == "60.00"
    for kind, party in (("CUSTOMER", "K9"), ("VENDOR", "V9")):
        (held,) = [row for row in depot.table(kind) if row[f"{kind}ID"] == party]
        assert held["TOTALDUE"] == ("60.00" if party == "K9" else "0.00")


def test_a_paid_invoice_is_reversed_only_after_its_receipt(shop: Local) -> None:
    books = shop.books()
    invoice = invoiced(books, "R-6", "60.00")
    paid = post(books, paying("R-6", "10.00", Paid(invoice, Decimal(10))), "r:6 paid")
    back = Reversal("invoice", invoice.record_no, date(2026, 3, 18))
    with pytest.raises(Rejected, match="cannot be reversed"):
        post(books, back, "r:6 too soon")
    assert find_posted(books, back) is None

    post(books, Reversal("receipt", paid.record_no, date(2026, 3, 17)), "r:6 receipt")
    post(books, back, "r:6 invoice")

    assert find_posted(books, back) is not None
    assert due(shop, invoice) == "0.00"


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(date(2026, 2, 2), Rejected), (date(2027, 3, 2), PeriodClosed)],
    ids=["the day before the invoice", "a year without a period"],
)
def test_a_day_that_will_not_do_leaves_everything_as_it_was(
    shop: Local, day: date, refusal: type[Rejected]
) -> None:
    books = shop.books()
    record_no = post(books, replace(INVOICE, number=f"R-{day}"), f"r:{day}").record_no
    before, back = owed(shop), Reversal("invoice", record_no, day)

    with pytest.raises(refusal):
        post(books, back, f"r:{day} back")

    assert find_posted(books, back) is None
    assert owed(shop) == before


def test_what_is_not_in_the_books_is_not_reversed(shop: Local) -> None:
    books, unknown = shop.books(), Reversal("invoice", "99999", MARCH)

    with pytest.raises(Rejected):
        post(books, unknown, "r:3")

    assert find_posted(books, unknown) is None


def test_a_reversal_long_before_all_books_is_refused_twice(shop: Local) -> None:
    books = shop.books()
    record_no = post(books, replace(INVOICE, number="R-OLD"), "r:4").record_no

    early = Reversal("invoice", record_no, date(202, 3, 2))
    assert is_refused_twice(books, early, "r:4-back", "check the year")


@pytest.mark.parametrize("record_no", ["", "none", "-7"])
def test_a_reversal_names_a_record_number(record_no: str) -> None:
    (problem,) = Reversal("receipt", record_no, MARCH).problems()

    assert problem.sentence == (
        f"The receipt is “{record_no}”, which is no record number of Intacct's."
    )


def test_the_opposite_of_an_entry_turns_every_line_and_names_the_original(shop: Local) -> None:
    books, before = shop.books(), balance(shop, "6000")
    entry = replace(ENTRY, reference="R-JE", reverse_on=None)
    record_no = post(books, entry, "r:5").record_no
    assert balance(shop, "6000") == before + Decimal("120.10")

    back = opposite(entry, record_no, date(2026, 3, 31), "R-JE-back")
    assert enters_once(shop, books, back, "r:5-back")

    assert back.title == f"Reversal of {record_no}: Rent of March"
    assert [line.side for line in back.lines] == ["credit", "debit"]
    assert balance(shop, "6000") == before


def test_a_long_title_is_cut_and_a_draft_or_reversing_entry_is_taken_back_for_good() -> None:
    entry = replace(ENTRY, title="x" * 80, draft=True, reverse_on=date(2026, 4, 1))

    back = opposite(entry, "7", date(2026, 3, 31), "R-JE-back")

    assert back.problems() == ()
    assert (len(back.title), back.draft, back.reverse_on) == (80, False, None)
