from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway, texts
from tests.sandbox.intacct.trading import (
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


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("shop")) as gateway:
        yield gateway


def totals(gateway: Gateway, table: str, key: str) -> tuple[str, str, str]:
    one = row(gateway, table, RECORDNO=key)
    return one["TOTALPAID"], one["TOTALDUE"], one["STATE"]


def owes(gateway: Gateway, customer: str) -> str:
    return row(gateway, "customer", CUSTOMERID=customer)["TOTALDUE"]


def test_37_a_legacy_create_is_answered_by_a_key_and_its_order_is_enforced(shop: Gateway) -> None:
    result = shop.result(invoice(item("80.00"), number="A-37"))
    one = row(shop, "arinvoice", RECORDID="A-37")
    assert texts(result, "key") == [one["RECORDNO"]]
    assert [str(part.tag) for part in result] == ["status", "function", "controlid", "key"]
    assert (one["WHENDUE"], one["TOTALENTERED"]) == ("03/31/2026", "80.00")

    turned = (
        f"<create_invoice>{day('datecreated', '2026-03-01')}<customerid>C1</customerid>"
        f"<invoiceitems>{item('1.00')}</invoiceitems></create_invoice>"
    )
    [(number, text)] = shop.refusal(turned)
    assert number == "XL03000003"
    assert "'customerid': This element is not expected" in text


def test_41_a_payment_runs_down_the_lines_and_everything_moves_in_step(shop: Gateway) -> None:
    before = ledger(shop, "1200")
    new_customer(shop, "C41")
    key = key_of(shop, invoice(item("100.00"), item("50.00"), customer="C41"))
    assert totals(shop, "arinvoice", key) == ("0.00", "150.00", "Posted")
    assert (owes(shop, "C41"), ledger(shop, "1200")) == ("150.00", before + 150)

    draft = created(shop, payment(detail(key, "120.00"), customer="C41", action="Draft"))
    assert totals(shop, "arinvoice", key) == ("0.00", "150.00", "Posted")
    assert row(shop, "arinvoice", RECORDNO=key)["TOTALSELECTED"] == "120.00"
    assert (owes(shop, "C41"), ledger(shop, "1200")) == ("150.00", before + 150)

    shop.done(
        f"<update><ARPYMT><RECORDNO>{draft}</RECORDNO><ACTION>Submit</ACTION></ARPYMT></update>"
    )
    assert totals(shop, "arinvoice", key) == ("120.00", "30.00", "Partially Paid")
    assert row(shop, "arinvoice", RECORDNO=key)["TOTALSELECTED"] == "0.00"
    lines = rows(shop, "arinvoiceitem", RECORDKEY=key)
    assert [one["TOTALPAID"] for one in lines] == ["100.00", "20.00"]
    assert (owes(shop, "C41"), ledger(shop, "1200")) == ("30.00", before + 30)

    refusal = shop.refusal(f"<create>{payment(detail(key, '30.01'), customer='C41')}</create>")
    assert "exceeds total amount due" in refusal[0][1]
    refusal = shop.refusal(f"<delete><object>ARPYMT</object><keys>{draft}</keys></delete>")
    assert "is submitted and cannot be deleted" in refusal[0][1]

    created(shop, payment(detail(key, "30.00"), customer="C41"))
    assert totals(shop, "arinvoice", key) == ("150.00", "0.00", "Paid")
    assert (owes(shop, "C41"), ledger(shop, "1200")) == ("0.00", before + 0)


def test_42_a_reversed_payment_leaves_the_invoice_as_it_was(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("100.00"), item("50.00"), number="A-42"))
    before = owes(shop, "C1"), ledger(shop, "1200"), ledger(shop, "1000")
    paid = created(shop, payment(detail(key, "120.00")))
    reversal = key_of(
        shop,
        f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-18")}</reverse_arpayment>',
    )
    assert totals(shop, "arinvoice", key) == ("0.00", "150.00", "Posted")
    lines = rows(shop, "arinvoiceitem", RECORDKEY=key)
    assert [one["TOTALPAID"] for one in lines] == ["0.00", "0.00"]
    assert (owes(shop, "C1"), ledger(shop, "1200"), ledger(shop, "1000")) == before
    assert row(shop, "arpymt", RECORDNO=paid)["STATE"] == "Reversed"
    assert row(shop, "arpymt", RECORDNO=reversal)["STATE"] == "Reversal"


def aging(gateway: Gateway, inside: str) -> dict[str, dict[str, str]]:
    found = gateway.done(f"<get_araging>{inside}</get_araging>")
    return {
        one.findtext("customerid") or "": {
            part.findtext("agingperiod") or "": part.findtext("totalamount") or ""
            for part in one.findall("aging")
        }
        for one in found.findall("araging")
    }


def test_44_aging_agrees_with_what_is_due_on_the_invoices(
    small_company: Path, tmp_path: Path
) -> None:
    with served(small_company, tmp_path) as gateway:
        old = key_of(gateway, invoice(item("100.00"), number="OLD", on="2026-01-10"))
        key_of(gateway, invoice(item("40.00"), item("2.00"), number="NEW", on="2026-03-05"))
        key_of(gateway, invoice(item("7.00"), customer="C2", on="2026-02-10"))
        key_of(gateway, invoice(item("9.00", location="200"), customer="C2", on="2026-02-10"))
        created(gateway, payment(detail(old, "30.00"), on="03/01/2026"))

        # 20 March less 10 January is 69 days; 5 March 15; 10 February 38.
        today = aging(gateway, "<locationid>100</locationid>")
        assert today == {
            "C1": {
                "0-30": "42.00",
                "31-60": "0.00",
                "61-90": "70.00",
                "91-120": "0.00",
                "121-": "0.00",
            },
            "C2": {
                "0-30": "0.00",
                "31-60": "7.00",
                "61-90": "0.00",
                "91-120": "0.00",
                "121-": "0.00",
            },
        }
        due = {
            one["RECORDID"]: one["TOTALDUE"] for one in rows(gateway, "arinvoice", CUSTOMERID="C1")
        }
        assert due == {"OLD": "70.00", "NEW": "42.00"}

        # On 28 February the payment of 1 March was still to come, and NEW was not written.
        february = aging(
            gateway,
            f"<agingperiods>0-60,61-</agingperiods><customerid>C1</customerid>"
            f"<locationid>100</locationid>{day('asofdate', '2026-02-28')}"
            "<useduedate>true</useduedate>",
        )
        # Due 9 February, 19 days before.
        assert february == {"C1": {"0-60": "100.00", "61-": "0.00"}}
