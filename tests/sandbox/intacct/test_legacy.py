from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import READER, Gateway
from tests.sandbox.intacct.trading import day, invoice, item, key_of, row, served

ITEMS = f"<invoiceitems>{item('5.00')}</invoiceitems>"
HEAD = f"<customerid>C1</customerid>{day('datecreated', '2026-03-01')}"


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("legacy")) as gateway:
        yield gateway


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"{HEAD}<wrong/>{ITEMS}", "'wrong': This element is not expected"),
        (f"{HEAD}{HEAD}{ITEMS}", "'customerid': This element is not expected"),
        (HEAD, "Expected is ( invoiceitems )"),
        (f"<customerid/>{HEAD.split('</customerid>')[1]}{ITEMS}", "Expected is ( customerid )"),
        (
            (
                "<customerid>C1</customerid><datecreated><year>2026</year><month>2</month>"
                f"<day>30</day></datecreated>{ITEMS}"
            ),
            "'2026/2/30' is not a year, a month and a day",
        ),
        (f"{HEAD}<invoiceitems>{item('1,5')}</invoiceitems>", "'1,5' is not a number"),
        (
            f"{HEAD}{day('datedue', '2026-04-01')}<termname>Net 30</termname>{ITEMS}",
            "'termname': This element is not expected",
        ),
        (
            (
                f"{HEAD}<customfields><customfield><customfieldname>REGION</customfieldname>"
                f"<customfieldvalue>West</customfieldvalue></customfield></customfields>{ITEMS}"
            ),
            "Custom field 'REGION' does not exist",
        ),
    ],
)
def test_a_call_that_is_not_laid_out_as_it_should_be_is_refused(
    shop: Gateway, inside: str, text: str
) -> None:
    refusal = shop.refusal(f"<create_invoice>{inside}</create_invoice>")
    assert any(text in found for _, found in refusal), refusal


def test_a_call_needs_the_rights_of_what_it_writes(shop: Gateway) -> None:
    [(_, text)] = shop.refusal(invoice(item("5.00")), READER)
    assert text.startswith("You do not have permission for API operation CREATE")


def test_a_company_may_take_elements_in_any_order(small_company: Path, tmp_path: Path) -> None:
    turned = f"{day('datecreated', '2026-03-01')}<customerid>C1</customerid>{ITEMS}"
    with served(small_company, tmp_path, Settings(legacy_order_matters=False)) as gateway:
        key = key_of(gateway, f"<create_invoice>{turned}</create_invoice>")
        assert row(gateway, "arinvoice", RECORDNO=key)["TOTALDUE"] == "5.00"
