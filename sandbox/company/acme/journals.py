"""What the demo company's accountants book by hand: opening, month-end, one planted accrual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sandbox.company.acme.chart import (
    ACCRUED,
    ALLOWANCE,
    CASH,
    DEPRECIATED,
    EQUIPMENT,
    PREPAID,
    RETAINED,
    SIDES,
    STOCK,
    TAX_DUE,
)
from sandbox.company.acme.places import ENTITIES, Entity
from sandbox.company.acme.plan import PLAN, History, actual, where
from sandbox.company.periods import last_of_month, later, months
from sandbox.company.posting import Line, Posting

OFFSETS = {"6800": DEPRECIATED, "6900": ALLOWANCE, "8900": TAX_DUE}
TITLES = {
    CASH: "Cards, cash and bank",
    DEPRECIATED: "Depreciation",
    ALLOWANCE: "Allowance",
    TAX_DUE: "Income tax",
}
OPENING = (
    (CASH, 2_400_000_00),
    (PREPAID, 120_000_00),
    (EQUIPMENT, 900_000_00),
    (DEPRECIATED, -310_000_00),
    (STOCK, -1_500_000_00),
    (RETAINED, -1_610_000_00),
)
ACCRUAL = 31_400_00


def opening_postings(told: History) -> Iterator[Posting]:
    """Each entity's opening balances on the first day."""
    for entity in ENTITIES:
        lines = tuple(
            Line(account, amount * entity.size // 1000, entity.id) for account, amount in OPENING
        )
        yield Posting(told.first, "GJ", f"Opening {entity.id}", entity.currency, lines)


def month_end_postings(told: History) -> Iterator[Posting]:
    """On each month's last day, one entry per entity and account it is booked against."""
    for entity in ENTITIES:
        for month in months(told.first, told.as_of):
            yield from _month_end(told, entity, month)


def accrual_postings(told: History) -> Iterator[Posting]:
    """A fair not yet billed, accrued when the last full month ended and reversed the next day."""
    entity = ENTITIES[0]
    accrued, reversed_on = last_of_month(later(told.as_of, -1)), later(told.as_of, 0)
    cost, owed = Line("6120", ACCRUAL, "100", "MKT"), Line(ACCRUED, -ACCRUAL, "100")
    title = "Berlin fair, invoiced next month"
    yield Posting(accrued, "GJ", title, entity.currency, (cost, owed), reversed_on=reversed_on)
    yield Posting(
        reversed_on,
        "GJ",
        f"Reversed: {title}",
        entity.currency,
        (Line("6120", -ACCRUAL, "100", "MKT"), Line(ACCRUED, ACCRUAL, "100")),
        reverses=accrued,
    )


def _month_end(told: History, entity: Entity, month: date) -> Iterator[Posting]:
    by_offset: dict[str, list[Line]] = defaultdict(list)
    for line in PLAN:
        if line.route == "journal":
            side = 1 if SIDES[line.account] == "debit" else -1
            figure = side * actual(line, entity, month, told)
            booked = Line(line.account, figure, where(line, entity), line.department)
            by_offset[OFFSETS.get(line.account, CASH)].append(booked)
    for offset, lines in sorted(by_offset.items()):
        total = sum(line.hundredths for line in lines)
        if any(line.hundredths for line in lines):
            yield Posting(
                last_of_month(month),
                "GJ",
                f"{TITLES[offset]} {entity.id} {month:%Y-%m}",
                entity.currency,
                (*lines, Line(offset, -total, entity.id)),
            )
