"""Numbers nobody can keep are refused in the answer, as any other mistake is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway, errors, texts
from tests.sandbox.intacct.trading import (
    advance,
    day,
    detail,
    invoice,
    item,
    payment,
    rows,
    served,
)

MANY = "9" * 30
APPLY = (
    f"<apply_arpayment><arpaymentkey>{{}}</arpaymentkey>{day('paymentdate', '2026-03-18')}"
    "<arpaymentitems><arpaymentitem><invoicekey>{}</invoicekey><amount>1</amount>"
    "</arpaymentitem></arpaymentitems></apply_arpayment>"
)
ON = day("datereversed", "2026-03-18")


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("received")) as gateway:
        yield gateway


@pytest.mark.parametrize("number", [MANY, "²", "-1"])
@pytest.mark.parametrize(
    "call",
    [
        f'<reverse_arpayment key="{{}}">{ON}</reverse_arpayment>',
        f'<reverse_invoice key="{{}}">{ON}</reverse_invoice>',
        f'<reverse_bill key="{{}}">{ON}</reverse_bill>',
        '<update_invoice key="{}"><description>x</description></update_invoice>',
        '<delete_invoice key="{}"/>',
        '<void_appayment key="{}"/>',
        "<delete><object>ARINVOICE</object><keys>{}</keys></delete>",
        "<update><ARPYMT><RECORDNO>{}</RECORDNO><ACTION>Submit</ACTION></ARPYMT></update>",
        "<update><ARADVANCE><RECORDNO>{}</RECORDNO></ARADVANCE></update>",
        "<update><APPYMT><RECORDNO>{}</RECORDNO><ACTION>Submit</ACTION></APPYMT></update>",
        "<update><APBILL><RECORDNO>{}</RECORDNO></APBILL></update>",
        "<update><GLBATCH><RECORDNO>{}</RECORDNO></GLBATCH></update>",
        f"<create>{payment(detail('{}', '1.00'))}</create>",
        APPLY,
    ],
)
def test_a_key_no_record_can_have_is_the_key_of_none(shop: Gateway, call: str, number: str) -> None:
    result = shop.result(call.replace("{}", number))

    assert texts(result, "status") == ["failure"]
    assert errors(result)


@pytest.mark.parametrize(
    "call",
    [
        invoice(item(MANY)),
        invoice(item("9" * 17)),
        invoice(item("99999999999.99")).replace(
            "<invoiceitems>",
            "<currency>EUR</currency><exchrate>99999999999</exchrate><invoiceitems>",
        ),
        f"<create>{advance(MANY)}</create>",
        f"<create>{payment(detail('1', MANY))}</create>",
    ],
)
def test_an_amount_the_books_cannot_hold_is_refused_and_nothing_is_kept(
    shop: Gateway, call: str
) -> None:
    result = shop.result(call)

    assert texts(result, "status") == ["failure"]
    assert "too large" in errors(result)[0][1]
    assert rows(shop, "arinvoice") == rows(shop, "aradvance") == rows(shop, "arpymt") == []
