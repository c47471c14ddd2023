"""Who works at the demo company and what it costs: pay follows heads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from sandbox.company.acme.chart import CASH, HEADS, PAYROLL_DUE
from sandbox.company.acme.places import ENTITIES, Entity, place
from sandbox.company.acme.plan import PLAN, History, expected
from sandbox.company.periods import last_of_month, later, months
from sandbox.company.posting import Line, Posting

Key = tuple[str, str]

START = {"SALES": 9, "MKT": 4, "ENG": 15, "OPS": 11, "FIN": 4}
MONTHLY_PAY = {"SALES": 720_000, "MKT": 640_000, "ENG": 910_000, "OPS": 560_000, "FIN": 690_000}
TAX = {"USD": 765, "GBP": 1380}  # ten-thousandths of salaries
BENEFITS = 62_000
BONUS_MONTH = 3
SUBSCRIPTIONS = PLAN[0]


def heads(entity: Entity, department: str, month: date, told: History) -> int:
    """How many people work there at the end of the month; nine percent more a year."""
    growth = 12_000 + 90 * told.index(month)
    return max(1, (START[department] * entity.size * growth + 6_000_000) // 12_000_000)


def payroll(entity: Entity, month: date, told: History, *, chance: bool) -> dict[Key, int]:
    """Payroll cost of a month in hundredths, by account and department."""
    costs: dict[Key, int] = {}
    for department, pay in MONTHLY_PAY.items():
        people = heads(entity, department, month, told)
        raised = 1000 + 35 * (month.year - told.first.year)
        salaries = people * pay * raised // 1000
        if chance and department == "OPS":
            rng = Random(f"{told.seed}/{entity.id}/overtime/{month}")
            salaries = salaries * (1000 + rng.randint(0, 40)) // 1000
        bonus = salaries * 6 // 10 if month.month == BONUS_MONTH else 0
        costs[("6000", department)] = salaries
        costs[("6010", department)] = bonus
        costs[("6050", department)] = (salaries + bonus) * TAX[entity.currency] // 10_000
        costs[("6060", department)] = people * BENEFITS
    costs[("6020", "SALES")] = expected(SUBSCRIPTIONS, entity, month, told) * 45 // 1000
    return {key: cost for key, cost in costs.items() if cost}


def payroll_postings(told: History) -> Iterator[Posting]:
    """Each month's payroll on its last day, and what was withheld, paid on the 15th after."""
    for entity in ENTITIES:
        for month in months(told.first, told.as_of):
            run = _payroll_run(entity, month, told)
            withheld = -next(line.hundredths for line in run.lines if line.account == PAYROLL_DUE)
            paid = later(month, 1).replace(day=15)
            yield run
            yield Posting(
                day=paid,
                journal="CDJ",
                title=f"Payroll taxes and benefits {month:%Y-%m}",
                currency=entity.currency,
                module="11.CM",
                lines=(Line(PAYROLL_DUE, withheld, entity.id), Line(CASH, -withheld, entity.id)),
            )


def head_postings(told: History) -> Iterator[Posting]:
    """The people already there on the first day, then joiners and leavers at each month's end."""
    for entity in ENTITIES:
        before = dict.fromkeys(START, 0)
        for month in months(told.first, told.as_of):
            now = {name: heads(entity, name, month, told) for name in START}
            lines = tuple(
                Line(HEADS, (now[name] - before[name]) * 100, place(entity, name), name)
                for name in START
                if now[name] != before[name]
            )
            before = now
            day = month if month == told.first else last_of_month(month)
            if lines:
                yield Posting(day, "STJ", f"Heads {entity.id} {month:%Y-%m}", None, lines)


def _payroll_run(entity: Entity, month: date, told: History) -> Posting:
    costs = payroll(entity, month, told, chance=True)
    total = sum(costs.values())
    net = total * 68 // 100
    lines = [
        Line(account, cost, place(entity, department), department)
        for (account, department), cost in costs.items()
    ]
    lines += [Line(CASH, -net, entity.id), Line(PAYROLL_DUE, net - total, entity.id)]
    title = f"Payroll {entity.id} {month:%Y-%m}"
    return Posting(last_of_month(month), "PYRJ", title, entity.currency, tuple(lines))
