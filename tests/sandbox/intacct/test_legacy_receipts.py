from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.trading import (
    advance,
    created,
    day,
    invoice,
    item,
    key_of,
    row,
    rows,
    served,
)


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("legacy")) as gateway:
        yield gateway


def items(*pairs: tuple[str, str]) -> str:
    return "".join(
        f"<arpaymentitem><invoicekey>{key}</invoicekey><amount>{amount}</amount></arpaymentitem>"
        for key, amount in pairs
    )


def receive(amount: str, *pairs: tuple[str, str]) -> str:
    return (
        f"<create_arpayment><customerid>C1</customerid><paymentamount>{amount}</paymentamount>"
        "<bankaccountid>BANKUS</bankaccountid><refid>CHK 9</refid><overpaylocid>100</overpaylocid>"
        f"{day('datereceived', '2026-03-12')}<paymentmethod>Printed Check</paymentmethod>"
        f"{items(*pairs)}</create_arpayment>"
    )


def apply(key: str, *pairs: tuple[str, str]) -> str:
    return (
        f"<apply_arpayment><arpaymentkey>{key}</arpaymentkey>{day('paymentdate', '2026-03-14')}"
        f"<memo>Applied</memo><arpaymentitems>{items(*pairs)}</arpaymentitems></apply_arpayment>"
    )


def due(gateway: Gateway, key: str) -> str:
    return row(gateway, "arinvoice", RECORDNO=key)["TOTALDUE"]


def test_a_payment_pays_what_it_names_and_keeps_the_rest(shop: Gateway) -> None:
    first, second = (key_of(shop, invoice(item("20.00"))) for _ in range(2))
    key = key_of(shop, receive("50.00", (first, "20.00"), (second, "5.00")))
    assert (due(shop, first), due(shop, second)) == ("0.00", "15.00")
    one = row(shop, "arpymt", RECORDNO=key)
    assert (one["TOTALENTERED"], one["TOTALDUE"], one["DOCNUMBER"]) == ("50.00", "25.00", "CHK 9")

    applied = key_of(shop, apply(key, (second, "15.00")))
    assert due(shop, second) == "0.00"
    assert row(shop, "arpymt", RECORDNO=key)["TOTALDUE"] == "10.00"
    [part] = rows(shop, "arpymtdetail", PAYMENTKEY=applied)
    assert (part["OVERPAYMENTKEY"], part["TRX_POSTEDOVERPAYMENTAMOUNT"]) == (key, "15.00")


def test_a_payment_for_nothing_in_particular_is_an_advance(shop: Gateway) -> None:
    key = key_of(shop, receive("30.00"))
    assert row(shop, "aradvance", RECORDNO=key)["TOTALDUE"] == "30.00"
    bill = key_of(shop, invoice(item("12.00")))
    key_of(shop, apply(key, (bill, "12.00")))
    assert due(shop, bill) == "0.00"
    assert row(shop, "aradvance", RECORDNO=key)["TOTALDUE"] == "18.00"


def test_more_than_is_due_is_refused_by_its_number(shop: Gateway) -> None:
    bill = key_of(shop, invoice(item("12.00")))
    held = created(shop, advance("30.00"))
    for call in (apply(held, (bill, "12.01")), receive("12.01", (bill, "12.01"))):
        number, text = shop.refusal(call)[0]
        assert number == "XL03000027"
        assert "amount paid is greater than the amount due" in text
    assert shop.refusal(receive("5.00", (bill, "6.00")))[0][0] == "XL03000027"
    assert due(shop, bill) == "12.00"
    assert row(shop, "aradvance", RECORDNO=held)["TOTALDUE"] == "30.00"


def test_keys_nobody_knows_are_refused(shop: Gateway) -> None:
    bill = key_of(shop, invoice(item("12.00")))
    assert "does not exist or is applied" in shop.refusal(apply("9999", (bill, "1.00")))[0][1]
    assert "does not exist" in shop.refusal(receive("1.00", ("9999", "1.00")))[0][1]
    back = f'<reverse_arpayment key="9999">{day("datereversed", "2026-03-18")}</reverse_arpayment>'
    assert shop.refusal(back)[0][1] == "Cannot find arpymt with key '9999' to reverse."
