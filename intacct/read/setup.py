"""How the company keeps its books."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import Currency


@dataclass(frozen=True, slots=True)
class CompanySetup:
    """The company's own currency, when its year begins, and what kind of group it is.

    `base_currency` is "" where entities have base currencies of their own.
    """

    base_currency: Currency
    first_fiscal_month: int
    multi_base_currency: bool
    multi_currency: bool
    multi_entity: bool
