from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.trading import (
    adjustment,
    advance,
    created,
    day,
    detail,
    invoice,
    item,
    key_of,
    ledger,
    new_customer,
    payment,
    row,
    rows,
    served,
)

TWO_TEN = "<termname>2/10 Net 30</termname>"


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("receipts")) as gateway:
        yield gateway


def due(gateway: Gateway, key: str, kind: str = "arinvoice") -> str:
    return row(gateway, kind, RECORDNO=key)["TOTALDUE"]


def refusal(gateway: Gateway, record: str) -> str:
    return gateway.refusal(f"<create>{record}</create>")[0][1]


def submit(key: str, inside: str = "<ACTION>Submit</ACTION>") -> str:
    return f"<update><ARPYMT><RECORDNO>{key}</RECORDNO>{inside}</ARPYMT></update>"


def test_a_named_line_is_paid_and_no_other(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("10.00"), item("20.00")))
    second = rows(shop, "arinvoiceitem", RECORDKEY=key)[1]["RECORDNO"]
    created(shop, payment(detail(key, "20.00", ENTRYKEY=second)))
    lines = rows(shop, "arinvoiceitem", RECORDKEY=key)
    assert [one["TOTALPAID"] for one in lines] == ["0.00", "20.00"]
    text = refusal(shop, payment(detail(key, "0.01", ENTRYKEY=second)))
    assert "exceeds total amount due 0.00" in text


def test_a_discount_in_time_closes_the_invoice(shop: Gateway) -> None:
    before = ledger(shop, "4900"), ledger(shop, "1200")
    key = key_of(shop, invoice(item("100.00"), due=TWO_TEN))
    # 2 % of 100.00, for payment until 11 March.
    early = "03/11/2026"
    assert "the rest to be paid in full: 1.00" in refusal(
        shop, payment(detail(key, "97.00", DISCOUNTDATE=early))
    )
    assert "has no discount on 03/12/2026" in refusal(
        shop, payment(detail(key, "98.00", DISCOUNTDATE="03/12/2026"))
    )
    both = detail(key, "98.00", DISCOUNTDATE=early, TRX_TOTALDISCOUNTTOAPPLY="2.00")
    assert "never both" in refusal(shop, payment(both))
    paid = created(shop, payment(detail(key, "98.00", DISCOUNTDATE=early)))
    assert due(shop, key) == "0.00"
    assert (ledger(shop, "4900"), ledger(shop, "1200")) == (before[0] + 2, before[1])
    parts = rows(shop, "arpymtdetail", PAYMENTKEY=paid)
    assert [(one["TRX_PAYMENTAMOUNT"], one["TRX_DISCOUNTAMOUNT"]) for one in parts] == [
        ("98.00", None),
        ("0.00", "2.00"),
    ]
    key_of(
        shop,
        f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-18")}</reverse_arpayment>',
    )
    assert (due(shop, key), ledger(shop, "4900")) == ("100.00", before[0])


def test_a_discount_may_be_said_in_money(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("50.00")))
    created(shop, payment(detail(key, "49.50", TRX_TOTALDISCOUNTTOAPPLY="0.50")))
    assert due(shop, key) == "0.00"


@pytest.mark.parametrize("kind", ["advance", "adjustment"])
def test_a_credit_pays_without_money_and_moves_no_control_account(shop: Gateway, kind: str) -> None:
    key = key_of(shop, invoice(item("100.00"), number=f"CR-{kind}"))
    if kind == "advance":
        source = created(shop, advance("40.00"))
        words = {"ADVANCEKEY": source, "TRX_POSTEDADVANCEAMOUNT": "25.00"}
    else:
        source = key_of(shop, adjustment("-40.00"))
        words = {"ADJUSTMENTKEY": source, "TRX_ADJUSTMENTAMOUNT": "25.00"}
    before = ledger(shop, "1200"), row(shop, "customer", CUSTOMERID="C1")["TOTALDUE"]
    paid = created(shop, payment(detail(key, **words)))
    left = {"advance": "15.00", "adjustment": "-15.00"}[kind]
    assert (due(shop, key), due(shop, source, f"ar{kind}")) == ("75.00", left)
    after = ledger(shop, "1200"), row(shop, "customer", CUSTOMERID="C1")["TOTALDUE"]
    assert after == before
    assert row(shop, "arpymt", RECORDNO=paid)["TOTALENTERED"] == "0.00"
    [part] = rows(shop, "arpymtdetail", PAYMENTKEY=paid)
    assert {name: part[name] for name in words} == words

    too_much = words | {name: "15.01" for name in words if name.startswith("TRX")}
    assert "exceeds what is left" in refusal(shop, payment(detail(key, **too_much)))
    mixed = detail(key, "1.00", **words)
    assert "Each credit goes in a detail of its own." in refusal(shop, payment(mixed))
    key_of(
        shop,
        f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-18")}</reverse_arpayment>',
    )
    full = {"advance": "40.00", "adjustment": "-40.00"}[kind]
    assert (due(shop, key), due(shop, source, f"ar{kind}")) == ("100.00", full)


def test_an_invoices_own_negative_line_and_a_negative_invoice_pay_too(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("100.00"), item("-20.00")))
    assert due(shop, key) == "80.00"
    created(shop, payment(detail(key, INLINEKEY=key, TRX_INLINEAMOUNT="20.00")))
    lines = rows(shop, "arinvoiceitem", RECORDKEY=key)
    assert [one["TOTALPAID"] for one in lines] == ["20.00", "-20.00"]
    assert due(shop, key) == "80.00"

    negative = key_of(shop, invoice(item("-30.00")))
    words = {"NEGATIVEINVOICEKEY": negative, "TRX_NEGATIVEINVOICEAMOUNT": "30.00"}
    created(shop, payment(detail(key, **words)))
    assert (due(shop, key), due(shop, negative)) == ("50.00", "0.00")
    assert row(shop, "arinvoice", RECORDNO=negative)["STATE"] == "Paid"


def test_a_debit_memo_is_paid_by_its_own_key(shop: Gateway) -> None:
    memo = key_of(shop, adjustment("12.00"))
    invoiced = key_of(shop, invoice(item("1.00")))
    words = {"POSADJKEY": memo}
    assert "one invoice (RECORDKEY) or one debit memo" in refusal(
        shop, payment(detail(invoiced, "1.00", **words))
    )
    created(shop, payment(detail("", "12.00", **words)))
    assert row(shop, "aradjustment", RECORDNO=memo)["STATE"] == "Paid"


def test_an_overpayment_waits_and_is_applied_later(shop: Gateway) -> None:
    new_customer(shop, "OVER")
    key = key_of(shop, invoice(item("10.00"), customer="OVER"))
    more = "<OVERPAYMENTAMOUNT>5.00</OVERPAYMENTAMOUNT>"
    assert "OVERPAYMENTLOCATIONID is missing" in refusal(
        shop, payment(detail(key, "10.00"), customer="OVER", more=more)
    )
    more += "<OVERPAYMENTLOCATIONID>110</OVERPAYMENTLOCATIONID>"
    paid = created(shop, payment(detail(key, "10.00"), customer="OVER", more=more))
    one = row(shop, "arpymt", RECORDNO=paid)
    assert (one["TOTALENTERED"], one["TOTALPAID"], one["TOTALDUE"], one["RECORDTYPE"]) == (
        "15.00",
        "10.00",
        "5.00",
        "rp",
    )
    assert row(shop, "customer", CUSTOMERID="OVER")["TOTALDUE"] == "-5.00"
    other = key_of(shop, invoice(item("8.00"), customer="OVER"))
    words = {"OVERPAYMENTKEY": paid, "TRX_POSTEDOVERPAYMENTAMOUNT": "5.00"}
    used = created(shop, payment(detail(other, **words), customer="OVER"))
    assert (due(shop, other), row(shop, "arpymt", RECORDNO=paid)["RECORDTYPE"]) == ("3.00", "ro")
    reverse = (
        f'<reverse_arpayment key="{{}}">{day("datereversed", "2026-03-18")}</reverse_arpayment>'
    )
    assert "is in use" in shop.refusal(reverse.format(paid))[0][1]
    for number in (used, paid):
        key_of(shop, reverse.format(number))
    assert row(shop, "customer", CUSTOMERID="OVER")["TOTALDUE"] == "18.00"


def test_several_customers_are_paid_for_by_a_payer(shop: Gateway) -> None:
    keys = [key_of(shop, invoice(item("3.00"), customer=one)) for one in ("C1", "C2")]
    details = [detail(key, "3.00") for key in keys]
    assert "does not belong to customer C1" in refusal(shop, payment(*details))
    assert "CUSTOMERID or PAYERNAME" in refusal(shop, payment(*details, customer=""))
    payer = "<PAYERNAME>Group treasury</PAYERNAME>"
    created(shop, payment(*details, customer="", more=payer))
    assert [due(shop, key) for key in keys] == ["0.00", "0.00"]


def test_a_draft_is_replaced_whole_and_deleted_without_a_trace(shop: Gateway) -> None:
    first, second = (key_of(shop, invoice(item("9.00"))) for _ in range(2))
    draft = created(shop, payment(detail(first, "4.00"), action="Draft"))
    before = ledger(shop, "1000")
    other = f"<ARPYMTDETAILS>{detail(second, '5.00')}</ARPYMTDETAILS>"
    shop.done(submit(draft, f"<DOCNUMBER>CHK 7</DOCNUMBER>{other}"))
    selected = [row(shop, "arinvoice", RECORDNO=key)["TOTALSELECTED"] for key in (first, second)]
    assert selected == ["0.00", "5.00"]
    one = row(shop, "arpymt", RECORDNO=draft)
    assert (one["STATE"], one["DOCNUMBER"], one["TOTALENTERED"]) == ("Draft", "CHK 7", "5.00")
    shop.done_without_data(f"<delete><object>ARPYMT</object><keys>{draft}</keys></delete>")
    assert row(shop, "arinvoice", RECORDNO=second)["TOTALSELECTED"] == "0.00"
    assert ledger(shop, "1000") == before
    [(number, _)] = shop.refusal(submit(draft))
    assert number == f"Cannot update non-existing ARPYMT with RECORDNO={draft}."


def test_a_draft_overtaken_by_another_payment_is_refused_at_its_submission(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("9.00"), number="RACE"))
    draft = created(shop, payment(detail(key, "9.00"), action="Draft"))
    created(shop, payment(detail(key, "5.00")))
    [(_, text)] = shop.refusal(submit(draft))
    assert text == "The payment amount 9.00 exceeds total amount due 4.00 for RACE."
    assert row(shop, "arpymt", RECORDNO=draft)["STATE"] == "Draft"
    created(shop, payment(detail(key, "4.00")))
    assert (
        "is submitted and cannot be updated"
        in shop.refusal(
            submit(created(shop, payment(detail(key_of(shop, invoice(item("1.00"))), "1.00"))))
        )[0][1]
    )


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("EFT", "Barter", "PAYMENTMETHOD cannot be 'Barter'."),
        ("BANKUS", "NO", "Bank account 'NO' does not exist."),
        ("BANKUS", "BANKUK", "is in USD, not GBP."),
        ("03/15/2026", "2026-03-15", "is not a date of the form mm/dd/yyyy"),
        ("03/15/2026", "", "Required field RECEIPTDATE is missing."),
        ("<ARPYMTDETAILS>", "<PRBATCH>x</PRBATCH><ARPYMTDETAILS>", "One of FINANCIALENTITY"),
        ("9.00", "-1.00", "never below zero"),
        ("9.00", "0.00", "must be greater than zero"),
        ("<ACTION>Submit", "<ACTION>Perhaps", "ACTION cannot be 'Perhaps'."),
        ("<ACTION>", "<WRONG/><ACTION>", "Field WRONG is not valid for ARPYMT."),
    ],
)
def test_a_payment_that_will_not_do_is_refused(
    shop: Gateway, old: str, new: str, text: str
) -> None:
    key = key_of(shop, invoice(item("9.00")))
    before = len(rows(shop, "arpymt")), len(rows(shop, "glentry"))
    found = refusal(shop, payment(detail(key, "9.00")).replace(old, new))
    assert text in found
    assert (len(rows(shop, "arpymt")), len(rows(shop, "glentry"))) == before


def test_undeposited_funds_take_the_money_where_the_invoice_belongs(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("6.00", location="200"), customer="C2"))
    funds = "<UNDEPOSITEDACCOUNTNO>1050</UNDEPOSITEDACCOUNTNO>"
    made = payment(detail(key, "6.00"), customer="C2").replace(
        "<FINANCIALENTITY>BANKUS</FINANCIALENTITY>", funds
    )
    created(shop, made)
    assert ledger(shop, "1050", LOCATIONID="200") == Decimal("6.00")


def test_a_payment_at_another_rate_books_the_difference(shop: Gateway) -> None:
    foreign = invoice(item("5890.00"), number="EUR-9").replace(
        "<invoiceitems>", "<currency>EUR</currency><exchrate>1.16</exchrate><invoiceitems>"
    )
    key = key_of(shop, foreign)
    before = ledger(shop, "8200"), ledger(shop, "1200"), ledger(shop, "1050")
    made = payment(
        detail(key, "5890.00"),
        more="<CURRENCY>EUR</CURRENCY><EXCHANGE_RATE>1.1751</EXCHANGE_RATE>",
    ).replace(
        "<FINANCIALENTITY>BANKUS</FINANCIALENTITY>",
        "<UNDEPOSITEDACCOUNTNO>1050</UNDEPOSITEDACCOUNTNO>",
    )
    paid = created(shop, made)
    # 5,890.00 at 1.1751 is 6,921.34; booked at 1.16 it was 6,832.40: a gain of 88.94.
    after = ledger(shop, "8200"), ledger(shop, "1200"), ledger(shop, "1050")
    moved = [new - old for new, old in zip(after, before, strict=True)]
    assert moved == [Decimal("-88.94"), Decimal("-6832.40"), Decimal("6921.34")]
    assert due(shop, key) == "0.00"
    key_of(
        shop,
        f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-18")}</reverse_arpayment>',
    )
    assert (ledger(shop, "8200"), ledger(shop, "1200"), ledger(shop, "1050")) == before
    assert due(shop, key) == "6832.40"


def test_what_is_a_draft_or_reversed_is_neither_paid_nor_pays(shop: Gateway) -> None:
    draft = key_of(shop, invoice(item("9.00"), number="D-1", action="Draft"))
    text = refusal(shop, payment(detail(draft, "9.00")))
    assert text == "Invoice D-1 is Draft and cannot be paid."
    key = key_of(shop, invoice(item("9.00")))
    held = created(shop, advance("9.00", action="Draft"))
    words = {"ADVANCEKEY": held, "TRX_POSTEDADVANCEAMOUNT": "1.00"}
    assert "does not exist" in refusal(shop, payment(detail(key, **words)))


def test_a_credit_pays_its_own_customer_currency_and_invoice_only(shop: Gateway) -> None:
    key, other = (key_of(shop, invoice(item("9.00"), item("-2.00"))) for _ in range(2))
    theirs = created(shop, advance("9.00", customer="C2"))
    pounds = key_of(shop, adjustment("-9.00").replace("<locationid>100", "<locationid>200"))
    for words, text in (
        ({"ADVANCEKEY": theirs, "TRX_POSTEDADVANCEAMOUNT": "1.00"}, "is not of customer C1"),
        ({"ADJUSTMENTKEY": pounds, "TRX_ADJUSTMENTAMOUNT": "1.00"}, "is not of customer C1"),
        ({"INLINEKEY": other, "TRX_INLINEAMOUNT": "1.00"}, "belongs to the invoice"),
        ({"ADVANCEKEY": theirs}, "A credit needs ADVANCEKEY and TRX_POSTEDADVANCEAMOUNT."),
    ):
        assert text in refusal(shop, payment(detail(key, **words)))


def test_lines_below_nothing_lower_what_may_be_paid_and_what_may_be_used(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("100.00"), item("-20.00")))
    assert "exceeds total amount due 80.00" in refusal(shop, payment(detail(key, "80.01")))
    mixed = adjustment("-40.00").replace(
        "</aradjustmentitems>", f"{item('10.00')}</aradjustmentitems>"
    )
    words = {"ADJUSTMENTKEY": key_of(shop, mixed)}
    text = refusal(shop, payment(detail(key, **words, TRX_ADJUSTMENTAMOUNT="30.01")))
    assert "exceeds what is left" in text
    created(shop, payment(detail(key, **words, TRX_ADJUSTMENTAMOUNT="30.00")))
    assert due(shop, key) == "50.00"


def test_a_payment_is_not_reversed_before_it_was_made(shop: Gateway) -> None:
    paid = created(shop, payment(detail(key_of(shop, invoice(item("9.00"))), "9.00")))
    early = f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-14")}'
    [(_, text)] = shop.refusal(f"{early}</reverse_arpayment>")
    assert text == "The reversal date must be on or after the date of the payment."


def test_money_is_booked_where_the_bank_is(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("9.00")))
    before = ledger(shop, "1000", LOCATIONID="110")
    created(shop, payment(detail(key, "9.00"), bank="BANKBOS"))
    assert ledger(shop, "1000", LOCATIONID="110") == before + 9


def test_an_invoice_selected_by_a_draft_is_not_taken_back(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("9.00"), number="SEL"))
    created(shop, payment(detail(key, "1.00"), action="Draft"))
    back = f'<reverse_invoice key="{key}">{day("datereversed", "2026-03-18")}</reverse_invoice>'
    for call in (back, f'<delete_invoice key="{key}"/>'):
        assert "Invoice SEL is Posted and cannot be" in shop.refusal(call)[0][1]
