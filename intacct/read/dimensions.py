"""The entities, departments, locations and projects of the books."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import Currency


@dataclass(frozen=True, slots=True)
class Entity:
    """One company of the group, with the currency its books are kept in."""

    id: str
    name: str
    currency: Currency
    active: bool
