"""Open items at the local gateway: what is left, whose it is, and on which side it counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from intacct.errors import Garbled
from intacct.read.open_items import BILLS, INVOICES, RECEIVABLES, read_open_items
from sandbox.company.values import Value
from tests.intacct.read.conftest import Shared


def document(record_id: str, party: str, due: str, **more: Value) -> dict[str, Value]:
    amounts: dict[str, Value] = {
        "TRX_TOTALENTERED": Decimal("100.00"),
        "TRX_TOTALDUE": Decimal(due),
        "TOTALENTERED": Decimal("100.00"),
        "TOTALDUE": Decimal(due),
        "CURRENCY": "USD",
        "BASECURR": "USD",
        "STATE": "Posted",
        "MEGAENTITYID": "100",
    }
    names: dict[str, Value] = {
        "RECORDID": record_id,
        "VENDORID" if record_id.startswith("B") else "CUSTOMERID": party,
    }
    return names | amounts | more


@pytest.fixture(scope="module")
def trading(shared: Shared) -> Shared:
    days: dict[str, Value] = {"WHENCREATED": date(2026, 1, 5), "WHENDUE": date(2026, 2, 4)}
    shared.run("DELETE FROM ARINVOICE")
    yen: dict[str, Value] = {"CURRENCY": "JPY", "TRX_TOTALDUE": 15000, "TRX_TOTALENTERED": 20000}
    shared.insert(
        "ARINVOICE",
        document("I1", "C1", "40.05", **days),
        document("I2", "C1", "0.00", **days),
        document("I3", "C2", "60.00", **(days | {"STATE": "Draft"})),
        document("I4", "C2", "96.50", **(days | yen)),
    )
    shared.insert("ARADJUSTMENT", document("A1", "C1", "-7.50", **days))
    shared.insert("ARADVANCE", document("V1", "C2", "30.00", PAYMENTDATE=date(2026, 1, 9)))
    shared.insert("APBILL", document("B1", "V1", "12.34", **days))
    shared.insert("APBILL", document("B2", "V1", "50.00", **(days | {"STATE": "Submitted"})))
    return shared


def said(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    names = ["source", "document", "party", "currency", "amount", "base_amount"]
    return [tuple(row) for row in frame[names].to_numpy().tolist()]


def test_receivables_are_what_is_left_with_credits_negative(trading: Shared) -> None:
    frame = read_open_items(trading.books, RECEIVABLES)

    assert said(frame) == [
        ("ARINVOICE", "I1", "C1", "USD", 4005, 4005),
        ("ARINVOICE", "I4", "C2", "JPY", 15000, 9650),
        ("ARADJUSTMENT", "A1", "C1", "USD", -750, -750),
        ("ARADVANCE", "V1", "C2", "USD", -3000, -3000),
    ]


def test_every_item_has_its_days_its_entity_and_the_key_of_its_row(trading: Shared) -> None:
    frame = read_open_items(trading.books, RECEIVABLES)

    rows = {row["RECORDNO"] for row in trading.local.table("ARINVOICE") if row["RECORDID"] == "I1"}
    assert {frame["record"][0]} == rows
    assert (frame["issued"][0], frame["due"][0]) == (
        pd.Timestamp(2026, 1, 5),
        pd.Timestamp(2026, 2, 4),
    )
    assert (frame["issued"][3], frame["due"].isna()[3]) == (pd.Timestamp(2026, 1, 9), True)
    assert set(frame["entity"]) == {"100"}
    assert frame["entered"][1] == 20000


def test_bills_are_owed_by_us_and_count_once_they_are_posted(trading: Shared) -> None:
    assert said(read_open_items(trading.books, (BILLS,))) == [
        ("APBILL", "B1", "V1", "USD", -1234, -1234)
    ]


def test_one_customer_alone_may_be_asked_for(trading: Shared) -> None:
    frame = read_open_items(trading.books, RECEIVABLES, ("C1",))

    assert list(frame["document"]) == ["I1", "A1"]


def test_an_amount_in_no_currency_is_garbled(trading: Shared) -> None:
    days: dict[str, Value] = {"WHENCREATED": date(2026, 1, 5), "WHENDUE": None}
    trading.insert(
        "ARINVOICE", document("I9", "C9", "1.00", **(days | {"CURRENCY": None, "BASECURR": None}))
    )

    with pytest.raises(Garbled, match="no currency"):
        read_open_items(trading.books, (INVOICES,), ("C9",))

    trading.run("DELETE FROM ARINVOICE WHERE CUSTOMERID = 'C9'")
