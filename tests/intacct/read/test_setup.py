from __future__ import annotations

import httpx
import pytest

from analytics.ledger import Currency
from intacct.errors import Garbled
from intacct.read.setup import CompanySetup, read_setup
from tests.intacct.paper import Desk, result, results, signed_in


def setup(first_month: str) -> httpx.Response:
    return results(
        result(
            "<data><financialSetup><baseCurrency>USD</baseCurrency>"
            f"<defaultBook>ACCRUAL</defaultBook><firstFiscalMonth>{first_month}</firstFiscalMonth>"
            "<multiBaseCurrency>false</multiBaseCurrency><multiCurrency>true</multiCurrency>"
            "<multiEntityShared>true</multiEntityShared></financialSetup></data>"
        )
    )


def test_the_setup_says_currency_year_and_kind_of_group() -> None:
    desk = Desk(signed_in(), setup("7"))

    assert read_setup(desk.books) == CompanySetup(
        Currency("USD"), 7, multi_base_currency=False, multi_currency=True, multi_entity=True
    )


@pytest.mark.parametrize("sheet", [setup("13"), setup(""), results(result("<data/>"))])
def test_a_setup_that_makes_no_sense_is_garbled(sheet: httpx.Response) -> None:
    with pytest.raises(Garbled):
        read_setup(Desk(signed_in(), sheet).books)
