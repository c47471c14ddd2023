from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import IN_UK, Gateway, table


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


def test_the_financial_setup_says_currency_year_and_what_is_shared(gateway: Gateway) -> None:
    [setup] = table(gateway.done("<getFinancialSetup/>"))

    assert setup == {
        "baseCurrency": "",
        "defaultBook": "ACCRUAL",
        "firstFiscalMonth": "1",
        "multiBaseCurrency": "true",
        "multiBook": "false",
        "multiCurrency": "true",
        "multiEntityShared": "true",
    }


def test_inside_an_entity_the_base_currency_is_its_own(gateway: Gateway) -> None:
    [setup] = table(gateway.done("<getFinancialSetup/>", IN_UK))

    assert setup["baseCurrency"] == "GBP"


def test_dimensions_and_entities_are_listed(gateway: Gateway) -> None:
    dimensions = gateway.done("<getDimensions/>")[0]
    entities = table(gateway.done("<readEntityDetails/>"))

    assert [one["objectName"] for one in table(dimensions)][:3] == [
        "DEPARTMENT",
        "LOCATION",
        "PROJECT",
    ]
    assert [(one["id"], one["currency"]) for one in entities] == [("100", "USD"), ("200", "GBP")]
