from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.intacct.payables import (
    balance,
    created,
    day,
    due,
    elements,
    item,
    key_of,
    new_bill,
    posted,
    prepare,
    row,
)
from tests.sandbox.intacct.speaking import Gateway


@pytest.fixture
def company(company: Path) -> Path:
    prepare(company)
    return company


def detail(bill: str, amount: str, **more: str) -> str:
    words = {"RECORDKEY": bill, "TRX_PAYMENTAMOUNT": amount, **more}
    return f"<APPYMTDETAIL>{elements(words)}</APPYMTDETAIL>"


def payment(*details: str, **words: str) -> str:
    lines = f"<APPYMTDETAILS>{''.join(details)}</APPYMTDETAILS>" if details else ""
    return f"<APPYMT>{elements(words)}{lines}</APPYMT>"


def pay(*details: str, **more: str) -> str:
    words = {
        "FINANCIALENTITY": "BANK",
        "PAYMENTMETHOD": "EFT",
        "VENDORID": "V1",
        "PAYMENTDATE": "03/20/2026",
        "CURRENCY": "USD",
        **more,
    }
    return f"<create>{payment(*details, **words)}</create>"


def void(number: str, on: str = "2026-03-25") -> str:
    return f'<void_appayment key="{number}">{day("datevoided", on)}</void_appayment>'


def paid_lines(gateway: Gateway, bill: str) -> list[str]:
    return [
        one["TOTALPAID"] for one in gateway.sandbox(f"tables/APBILLITEM?RECORDKEY={bill}").json()
    ]


def test_a_payment_runs_down_the_lines_and_void_takes_it_back(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("40.00"), item("60.00"), number="B1"))
    number = created(gateway, pay(detail(bill, "70.00")))

    kept = row(gateway, "APBILL", bill)
    assert (kept["STATE"], kept["TOTALPAID"], kept["TOTALDUE"]) == (
        "Partially Paid",
        "70.00",
        "30.00",
    )
    assert paid_lines(gateway, bill) == ["40.00", "30.00"]
    made = row(gateway, "APPYMT", number)
    assert (made["STATE"], made["TOTALPAID"]) == ("Posted", "70.00")
    assert posted(gateway, made["PRBATCHKEY"]) == [
        ("2000", "100", "70.00"),
        ("1000", "100", "-70.00"),
    ]
    assert (due(gateway), balance(gateway)) == ("30.00", "-30.00")

    created(gateway, pay(detail(bill, "30.00")))
    assert (row(gateway, "APBILL", bill)["STATE"], due(gateway)) == ("Paid", "0.00")
    assert row(gateway, "APBILL", bill)["WHENPAID"] == "03/20/2026"
    assert key_of(gateway, void(number)) == number
    kept = row(gateway, "APBILL", bill)
    assert (kept["STATE"], kept["TOTALDUE"], kept["WHENPAID"]) == ("Partially Paid", "70.00", "")
    assert row(gateway, "APPYMT", number)["STATE"] == "Void"
    assert (due(gateway), balance(gateway)) == ("70.00", "-70.00")
    assert "is Void" in gateway.refusal(void(number))[0][1]


def test_a_line_may_be_paid_alone(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("40.00"), item("60.00")))
    second = gateway.sandbox(f"tables/APBILLITEM?RECORDKEY={bill}").json()[1]["RECORDNO"]

    created(gateway, pay(detail(bill, "60.00", ENTRYKEY=second)))
    assert paid_lines(gateway, bill) == ["0.00", "60.00"]
    more = gateway.refusal(pay(detail(bill, "0.01", ENTRYKEY=second)))
    assert "exceeds total amount due on the lines" in more[0][1]


def test_a_draft_selects_and_pays_only_when_it_is_submitted(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("50.00")))
    number = created(gateway, pay(detail(bill, "20.00"), ACTION="Draft"))

    kept = row(gateway, "APBILL", bill)
    assert (kept["STATE"], kept["TOTALDUE"], kept["TOTALSELECTED"]) == ("Posted", "50.00", "20.00")
    assert balance(gateway) == "-50.00"
    assert (
        "30.01 exceeds total amount due 30.00" in gateway.refusal(pay(detail(bill, "30.01")))[0][1]
    )
    words = {"RECORDNO": number, "ACTION": "Submit"}
    gateway.done(f"<update>{payment(detail(bill, '45.00'), **words)}</update>")
    kept = row(gateway, "APBILL", bill)
    assert (kept["TOTALDUE"], kept["TOTALSELECTED"], due(gateway)) == ("5.00", "0.00", "5.00")
    again = gateway.refusal(f"<update>{payment(RECORDNO=number, DESCRIPTION='x')}</update>")
    assert "is Posted and cannot be changed" in again[0][1]
    delete = "<delete><object>APPYMT</object><keys>{}</keys></delete>"
    assert "cannot be deleted" in gateway.refusal(delete.format(number))[0][1]
    draft = created(gateway, pay(detail(bill, "5.00"), ACTION="Draft"))
    gateway.done_without_data(delete.format(draft))
    assert row(gateway, "APBILL", bill)["TOTALSELECTED"] == "0.00"
    trail = gateway.sandbox(f"tables/AUDITHISTORY?OBJECTTYPE=appymt&OBJECTKEY={draft}").json()
    assert [one["ACCESSMODE"] for one in trail] == ["C", "D"]


def test_a_discount_needs_the_rest_paid_in_full(gateway: Gateway) -> None:
    call = (
        "<create_apterm><name>2/10 Net 30</name><due><days>30</days></due>"
        "<discount><days>10</days><amount>2</amount></discount></create_apterm>"
    )
    key_of(gateway, call)
    bill = created(gateway, new_bill(item("40.00"), item("60.00"), TERMNAME="2/10 Net 30"))

    part = pay(detail(bill, "97.00", DISCOUNTDATE="03/20/2026"))
    assert "only if the bill is paid in full" in gateway.refusal(part)[0][1]
    late = pay(detail(bill, "98.00", DISCOUNTDATE="03/21/2026"))
    assert "no discount" in gateway.refusal(late)[0][1]
    number = created(gateway, pay(detail(bill, "98.00", DISCOUNTDATE="03/20/2026")))
    assert posted(gateway, row(gateway, "APPYMT", number)["PRBATCHKEY"]) == [
        ("2000", "100", "100.00"),
        ("8000", "100", "-2.00"),
        ("1000", "100", "-98.00"),
    ]
    assert (row(gateway, "APBILL", bill)["STATE"], balance(gateway)) == ("Paid", "0.00")
    key_of(gateway, void(number))
    assert (due(gateway), balance(gateway), balance(gateway, "8000")) == (
        "100.00",
        "-100.00",
        "0.00",
    )


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"VENDORID": "V2"}, "is not of vendor 'V2'"),
        ({"VENDORID": ""}, "Required field VENDORID is missing."),
        ({"CURRENCY": "EUR", "EXCHANGE_RATE": "1.1"}, "is in USD"),
        ({"FINANCIALENTITY": "NO"}, "Bank account 'NO' does not exist."),
        ({"PAYMENTMETHOD": "Barter"}, "PAYMENTMETHOD cannot be 'Barter'."),
        ({"TOTALPAID": "1"}, "Field TOTALPAID of APPYMT is read-only."),
    ],
)
def test_what_will_not_do_is_refused_by_name(
    gateway: Gateway, more: dict[str, str], named: str
) -> None:
    bill = created(gateway, new_bill(item("50.00"), number="B1"))

    assert named in gateway.refusal(pay(detail(bill, "1.00"), **more))[0][1]
    assert "not open for payment" in gateway.refusal(pay(detail("999", "1.00")))[0][1]
    assert "At least one" in gateway.refusal(pay())[0][1]
    assert "greater than zero" in gateway.refusal(pay(detail(bill, "0")))[0][1]


def test_a_bill_that_is_being_paid_keeps_what_the_ledger_holds(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("50.00"), number="B1"))
    created(gateway, pay(detail(bill, "20.00")))

    head = {"RECORDNO": bill, "WHENDUE": "05/01/2026"}
    words = elements(head)
    gateway.done(f"<update><APBILL>{words}<DESCRIPTION>x</DESCRIPTION></APBILL></update>")
    lines = f"<APBILLITEMS>{item('60.00')}</APBILLITEMS>"
    refusal = gateway.refusal(f"<update><APBILL>{words}{lines}</APBILL></update>")
    assert refusal[0][1] == "Bill B1 is Partially Paid and cannot be changed."
    delete = f"<delete><object>APBILL</object><keys>{bill}</keys></delete>"
    assert "is Partially Paid and cannot be deleted" in gateway.refusal(delete)[0][1]


def test_what_exchange_rates_made_of_the_debt_is_shown_apart(gateway: Gateway) -> None:
    foreign = {"CURRENCY": "EUR", "EXCHANGE_RATE": "1.1"}
    bill = created(gateway, new_bill(item("60.00"), item("40.00"), **foreign))
    number = created(gateway, pay(detail(bill, "50.00"), CURRENCY="EUR", EXCHANGE_RATE="1.2"))

    # The debt of 50.00 EUR stands at 55.00 USD; the bank gives 60.00 USD for it.
    assert posted(gateway, row(gateway, "APPYMT", number)["PRBATCHKEY"]) == [
        ("2000", "100", "55.00"),
        ("1000", "100", "-60.00"),
        ("8200", "100", "5.00"),
    ]
    assert (due(gateway), balance(gateway)) == ("55.00", "-55.00")
    key_of(gateway, void(number))
    assert (due(gateway), balance(gateway), balance(gateway, "8200")) == (
        "110.00",
        "-110.00",
        "0.00",
    )


def test_what_is_on_hold_is_not_paid(gateway: Gateway) -> None:
    bill = created(gateway, new_bill(item("50.00"), number="B1", ONHOLD="true"))

    assert gateway.refusal(pay(detail(bill, "1.00")))[0][1] == "Bill B1 is on hold."
    words = elements({"RECORDNO": bill, "WHENDUE": "05/01/2026", "ONHOLD": "false"})
    gateway.done(f"<update><APBILL>{words}</APBILL></update>")
    held = "<update><VENDOR><VENDORID>V1</VENDORID><ONHOLD>{}</ONHOLD></VENDOR></update>"
    gateway.done(held.format("true"))
    assert gateway.refusal(pay(detail(bill, "1.00")))[0][1] == "Vendor 'V1' is on hold."
    gateway.done(held.format("false"))
    created(gateway, pay(detail(bill, "1.00")))
