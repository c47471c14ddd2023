"""Payment terms at the local gateway."""

from __future__ import annotations

from decimal import Decimal

from analytics.ledger.terms import Discount, Terms
from intacct.read.terms import read_customer_terms, read_vendor_terms
from tests.intacct.read.conftest import Shared

FROM_INVOICE = "from invoice/bill date"


def test_terms_say_when_it_is_due_and_what_comes_off_early(shared: Shared) -> None:
    shared.insert(
        "ARTERM",
        {
            "RECORDNO": 1,
            "NAME": "2/10 net 30",
            "DUEDATE": 30,
            "DUEFROM": FROM_INVOICE,
            "DISCDATE": 10,
            "DISCFROM": FROM_INVOICE,
            "DISCAMOUNT": Decimal(2),
            "DISCPERCAMN": "%",
            "DISCFUDGE": 1,
            "STATUS": "active",
        },
    )
    shared.insert("APTERM", {"RECORDNO": 5, "NAME": "On receipt", "STATUS": "inactive"})

    discount = Discount(10, FROM_INVOICE, Decimal(2), percent=True, grace_days=1)
    assert read_customer_terms(shared.books) == (
        Terms("1", "2/10 net 30", "", 30, FROM_INVOICE, discount, active=True),
    )
    assert read_vendor_terms(shared.books) == (
        Terms("5", "On receipt", "", None, "", None, active=False),
    )
