from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.trading import invoice, item, key_of, row, served


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("terms")) as gateway:
        yield gateway


def term(name: str, days: int, start: str, more: str = "") -> str:
    return (
        f"<create_arterm><name>{name}</name><due><days>{days}</days><from>{start}</from></due>"
        f"{more}</create_arterm>"
    )


@pytest.mark.parametrize(
    ("days", "start", "due"),
    [
        (45, "from invoice/bill date", "03/17/2026"),
        (15, "of the month of invoice/bill date", "01/15/2026"),
        (31, "of next month from invoice/bill date", "02/28/2026"),
        (10, "of 2nd month from invoice/bill date", "03/10/2026"),
    ],
)
def test_a_term_says_when_an_invoice_of_31_january_is_due(
    shop: Gateway, days: int, start: str, due: str
) -> None:
    name = f"{days} {start}"
    key_of(shop, term(name, days, start))
    key = key_of(shop, invoice(item("1.00"), on="2026-01-31", due=f"<termname>{name}</termname>"))
    assert row(shop, "arinvoice", RECORDNO=key)["WHENDUE"] == due


def test_a_term_is_changed_by_its_name(shop: Gateway) -> None:
    key = key_of(shop, term("Short", 5, "from invoice/bill date"))
    changed = key_of(
        shop,
        '<update_arterm key="Short"><description>Five</description>'
        "<discount><days>3</days><from>from invoice/bill date</from><amount>1.5</amount>"
        "<unit>%</unit></discount></update_arterm>",
    )
    one = row(shop, "arterm", NAME="Short")
    assert changed == key == one["RECORDNO"]
    assert (one["DESCRIPTION"], one["DUEDATE"], one["DISCAMOUNT"]) == ("Five", "5", "1.5")


def test_a_term_is_there_once_and_starts_somewhere_known(shop: Gateway) -> None:
    [(number, _)] = shop.refusal(term("Net 30", 30, "from invoice/bill date"))
    assert number == "BL34000061"
    [(_, text)] = shop.refusal(term("New", 30, "some day"))
    assert text == "from cannot be 'some day'."
    [(number, _)] = shop.refusal('<update_arterm key="None"/>')
    assert number == "Cannot update non-existing ARTERM with NAME=None."
