"""The demo company's customers, vendors and terms as records."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sandbox.company.acme.payables import VENDORS
from sandbox.company.acme.plan import History
from sandbox.company.acme.receivables import Customer
from sandbox.company.posting import at
from sandbox.company.values import Value, amount


def customer_rows(
    told: History, everyone: list[Customer], due: Mapping[str, int]
) -> list[dict[str, Value]]:
    """The customers with what each still owes, net of its unapplied credits and advances."""
    return [
        {
            "CUSTOMERID": one.party.id,
            "NAME": one.party.name,
            "ENTITY": f"C{one.party.id}",
            "TERMNAME": one.party.term,
            "CREDITLIMIT": amount(one.limit),
            "TOTALDUE": amount(due[one.party.id]),
            "ONHOLD": False,
            "ONETIME": False,
            "CURRENCY": one.entity.currency,
            "MEGAENTITYID": None,
            "STATUS": "active",
            "WHENCREATED": at(told.first, 9),
            "WHENMODIFIED": at(told.first, 9),
        }
        for one in everyone
    ]


def vendor_rows(told: History, due: Mapping[str, int]) -> list[dict[str, Value]]:
    """The vendors, which all entities share, with what they are still owed."""
    return [
        {
            "VENDORID": party.id,
            "NAME": party.name,
            "ENTITY": f"V{party.id}",
            "TERMNAME": party.term,
            "TOTALDUE": amount(due[party.id]),
            "PAYMENTPRIORITY": "normal",
            "ONHOLD": False,
            "ONETIME": False,
            "DONOTCUTCHECK": False,
            "STATUS": "active",
            "WHENCREATED": at(told.first, 9),
            "WHENMODIFIED": at(told.first, 9),
        }
        for party in VENDORS
    ]


def term_rows(terms: tuple[tuple[str, int], ...]) -> list[dict[str, Value]]:
    """Terms by name and days; one of them gives two percent within ten days."""
    return [
        {
            "NAME": name,
            "DESCRIPTION": name,
            "DUEDATE": days,
            "DUEFROM": "from invoice/bill date",
            "DISCDATE": 10 if name.startswith("2/10") else None,
            "DISCFROM": "from invoice/bill date" if name.startswith("2/10") else None,
            "DISCAMOUNT": Decimal(2) if name.startswith("2/10") else None,
            "DISCPERCAMN": "%" if name.startswith("2/10") else None,
            "STATUS": "active",
        }
        for name, days in terms
    ]
