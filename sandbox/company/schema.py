"""Every Intacct object the sandbox knows, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.company.objects.budgets import BUDGETS
from sandbox.company.objects.contacts import CONTACTS
from sandbox.company.objects.contracts import CONTRACTS
from sandbox.company.objects.dimensions import DIMENSION_OBJECTS
from sandbox.company.objects.ledger import LEDGER
from sandbox.company.objects.orders import ORDERS
from sandbox.company.objects.payables import PAYABLES
from sandbox.company.objects.projects import PROJECTS
from sandbox.company.objects.receivables import RECEIVABLES
from sandbox.company.objects.records import RECORDS
from sandbox.company.shape import Object

OBJECTS: Mapping[str, Object] = MappingProxyType(
    {
        one.name: one
        for one in (
            *LEDGER,
            *BUDGETS,
            *DIMENSION_OBJECTS,
            *CONTACTS,
            *RECEIVABLES,
            *PAYABLES,
            *ORDERS,
            *CONTRACTS,
            *PROJECTS,
            *RECORDS,
        )
    }
)
