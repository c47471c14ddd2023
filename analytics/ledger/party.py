"""A customer or a vendor, as far as the books speak of money with them."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger.money import Currency, Money


@dataclass(frozen=True, slots=True)
class Party:
    """One customer or vendor; `record_no` is the key of its row in the books.

    `total_due` is positive where the party's account stands on its usual side. The amounts are in
    `currency`, "" where a group of several base currencies names none.
    """

    record_no: str
    id: str
    name: str
    terms: str
    credit_limit: Money | None
    on_hold: bool
    total_due: Money
    currency: Currency
    entity: str
    active: bool = True
