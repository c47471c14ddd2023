"""Invoices and bills born of an order are changed at the order, nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused

SOURCES: Mapping[str, str] = MappingProxyType({"8.SO": "Order Entry", "9.PO": "Purchasing"})


def check_own(module: object, number: object) -> None:
    """Refused for a document whose module says that an order made it."""
    if source := SOURCES.get(str(module)):
        text = f"{number} was created in {source} and can only be changed or deleted there."
        raise Refused(Complaint(COULD_NOT, "", text))
