from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.trading import (
    advance,
    created,
    day,
    detail,
    invoice,
    item,
    key_of,
    ledger,
    payment,
    row,
    rows,
    served,
)


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("advances")) as gateway:
        yield gateway


def change(key: str, inside: str) -> str:
    return f"<update><ARADVANCE><RECORDNO>{key}</RECORDNO>{inside}</ARADVANCE></update>"


def owes(gateway: Gateway, customer: str) -> str:
    return row(gateway, "customer", CUSTOMERID=customer)["TOTALDUE"]


def test_an_advance_is_money_owed_back_until_it_is_used(shop: Gateway) -> None:
    before = ledger(shop, "1000"), ledger(shop, "1200")
    key = created(shop, advance("40.00", customer="C2"))
    one = row(shop, "aradvance", RECORDNO=key)
    assert (one["STATE"], one["TOTALDUE"], one["RECORDTYPE"]) == ("Posted", "40.00", "rr")
    assert (ledger(shop, "1000"), ledger(shop, "1200")) == (before[0] + 40, before[1] - 40)
    assert owes(shop, "C2") == "-40.00"

    shop.done(
        change(
            key,
            advance("25.00")
            .split("<ARADVANCEITEMS>")[1]
            .join(("<ARADVANCEITEMS>", ""))
            .replace("</ARADVANCE>", ""),
        )
    )
    assert (row(shop, "aradvance", RECORDNO=key)["TOTALDUE"], owes(shop, "C2")) == (
        "25.00",
        "-25.00",
    )
    assert ledger(shop, "1000") == before[0] + 25
    shop.done_without_data(f"<delete><object>ARADVANCE</object><keys>{key}</keys></delete>")
    assert (ledger(shop, "1000"), ledger(shop, "1200")) == before
    assert owes(shop, "C2") == "0.00"


def test_a_draft_advance_is_nowhere_until_it_is_submitted(shop: Gateway) -> None:
    before = ledger(shop, "1000"), owes(shop, "C1")
    key = created(shop, advance("40.00", action="Draft"))
    assert (ledger(shop, "1000"), owes(shop, "C1")) == before
    assert row(shop, "aradvance", RECORDNO=key)["TOTALDUE"] == "0.00"
    shop.done(change(key, "<ACTION>Submit</ACTION>"))
    assert row(shop, "aradvance", RECORDNO=key)["TOTALDUE"] == "40.00"
    assert ledger(shop, "1000") == before[0] + 40


def test_an_advance_in_use_is_neither_changed_nor_reversed(shop: Gateway) -> None:
    before = ledger(shop, "1000")
    key = created(shop, advance("40.00"))
    bill = key_of(shop, invoice(item("10.00")))
    words = {"ADVANCEKEY": key, "TRX_POSTEDADVANCEAMOUNT": "10.00"}
    used = created(shop, payment(detail(bill, **words)))
    back = f'<reverse_arpayment key="{{}}">{day("datereversed", "2026-03-18")}</reverse_arpayment>'
    for call in (
        change(key, "<DESCRIPTION>x</DESCRIPTION>"),
        f"<delete><object>ARADVANCE</object><keys>{key}</keys></delete>",
        back.format(key),
    ):
        assert "is Partially Paid and cannot be changed" in shop.refusal(call)[0][1]
    key_of(shop, back.format(used))
    assert key_of(shop, back.format(key)) == key
    assert row(shop, "aradvance", RECORDNO=key)["STATE"] == "Reversed"
    assert ledger(shop, "1000") == before


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("<ACCOUNTNO>1200</ACCOUNTNO>", "", "Required field glaccountno is missing."),
        ("<ACCOUNTNO>1200</ACCOUNTNO>", "<ACCOUNTLABEL>x</ACCOUNTLABEL>", "Account label 'x'"),
        ("<ACTION></ACTION>", "<ACTION>Soon</ACTION>", "ACTION cannot be 'Soon'."),
        ("40.00", "0", "must be greater than zero"),
        ("C1", "GONE", "Customer 'GONE' is inactive."),
        ("<RECEIPTDATE>03/10/2026</RECEIPTDATE>", "", "Required field RECEIPTDATE is missing."),
        ("<LOCATIONID>100", "<LOCATIONID>200", "Inter-entity accounts are not set up"),
    ],
)
def test_an_advance_that_will_not_do_is_refused(
    shop: Gateway, old: str, new: str, text: str
) -> None:
    before = len(rows(shop, "aradvance"))
    refusal = shop.refusal(f"<create>{advance('40.00').replace(old, new)}</create>")
    assert text in refusal[0][1]
    assert len(rows(shop, "aradvance")) == before
