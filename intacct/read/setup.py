"""How the company keeps its books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from analytics.ledger import Currency
from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.wire import count_from, element, text_of, yes_or_no


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


def own_currency(books: Intacct) -> Callable[[], Currency]:
    """What tells the currency of records that name none, asked for at most once."""
    return cache(lambda: read_setup(books).base_currency)


def read_setup(books: Intacct) -> CompanySetup:
    """The company's financial setup."""
    (answer,) = books.ask(element("getFinancialSetup"))
    setup = answer.data.find("financialSetup")
    if setup is None:
        raise Garbled("the financial setup is missing from its answer")
    first = count_from(text_of(setup, "firstFiscalMonth"))
    if not 1 <= first <= 12:
        raise Garbled(f"the year begins in month {first}")
    return CompanySetup(
        base_currency=Currency(text_of(setup, "baseCurrency")),
        first_fiscal_month=first,
        multi_base_currency=yes_or_no(text_of(setup, "multiBaseCurrency")),
        multi_currency=yes_or_no(text_of(setup, "multiCurrency")),
        multi_entity=yes_or_no(text_of(setup, "multiEntityShared")),
    )
