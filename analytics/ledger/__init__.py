"""The words the books are written in."""

from analytics.ledger.account import Account, AccountNo, Side, Statement
from analytics.ledger.dimension import (
    DEPARTMENT,
    ENTITY,
    LOCATION,
    PROJECT,
    DimensionKey,
    DimensionName,
    Dimensions,
    DimensionValue,
    dimensions,
    value_of,
)
from analytics.ledger.money import Currency, Money, from_minor, minor_digits, to_minor
from analytics.ledger.period import (
    AsOf,
    FiscalCalendar,
    Period,
    month,
    months_between,
    run_of_months,
    shifted,
)
from analytics.ledger.problem import Problem

__all__ = [
    "DEPARTMENT",
    "ENTITY",
    "LOCATION",
    "PROJECT",
    "Account",
    "AccountNo",
    "AsOf",
    "Currency",
    "DimensionKey",
    "DimensionName",
    "DimensionValue",
    "Dimensions",
    "FiscalCalendar",
    "Money",
    "Period",
    "Problem",
    "Side",
    "Statement",
    "dimensions",
    "from_minor",
    "minor_digits",
    "month",
    "months_between",
    "run_of_months",
    "shifted",
    "to_minor",
    "value_of",
]
