"""Customers and vendors at the local gateway."""

from __future__ import annotations

from decimal import Decimal

from analytics.ledger import Currency, Money
from analytics.ledger.party import Party
from intacct.read.parties import read_customers, read_vendors
from tests.intacct.read.conftest import Shared

EUR, NONE = Currency("EUR"), Currency("")


def test_customers_come_by_id_with_their_limits(shared: Shared) -> None:
    deli, orbit = read_customers(shared.books, ("C2", "C1"))

    assert (deli.id, deli.name, deli.on_hold) == ("C1", "Jane's Deli", False)
    assert deli.credit_limit == Money(Decimal("100.00"), NONE)
    assert (orbit.id, orbit.credit_limit) == ("C2", None)


def test_a_vendor_of_an_entity_is_seen_from_the_top(shared: Shared) -> None:
    shared.insert(
        "VENDOR",
        {
            "RECORDNO": 77,
            "VENDORID": "V7",
            "NAME": "Papeterie",
            "TERMNAME": "Net 30",
            "CREDITLIMIT": Decimal("500.00"),
            "TOTALDUE": Decimal("12.50"),
            "ONHOLD": True,
            "CURRENCY": "EUR",
            "MEGAENTITYID": "100",
            "STATUS": "inactive",
        },
    )

    assert read_vendors(shared.books) == (
        Party(
            record_no="77",
            id="V7",
            name="Papeterie",
            terms="Net 30",
            credit_limit=Money(Decimal("500.00"), EUR),
            on_hold=True,
            total_due=Money(Decimal("12.50"), EUR),
            currency=EUR,
            entity="100",
            active=False,
        ),
    )
