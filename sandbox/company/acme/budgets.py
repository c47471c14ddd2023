"""The demo company's budgets: the plan without chance, in round amounts, a few lines forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sandbox.company.acme.chart import SIDES, TITLES
from sandbox.company.acme.people import payroll
from sandbox.company.acme.places import ENTITIES, Entity, place
from sandbox.company.acme.plan import PLAN, History, expected, where
from sandbox.company.periods import last_of_month, month_name, months
from sandbox.company.posting import at
from sandbox.company.values import Value, amount

ROUND = 10_00
# Marketing never budgeted its agency retainer; the second half of legal fees was forgotten too.
FORGOTTEN = frozenset({("100", "6150", month) for month in range(1, 13)}) | frozenset(
    {("200", "6400", month) for month in range(7, 13)}
)


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget: its record number, its year, whether it is the one compared by default."""

    number: int
    year: int
    default: bool

    @property
    def id(self) -> str:
        """The name people know it by: `2026 Budget`."""
        return f"{self.year} Budget"

    @property
    def written(self) -> date:
        """The day it was written: in the December before its year."""
        return date(self.year - 1, 12, 12)


def budgets(told: History) -> tuple[Budget, Budget]:
    """Last year's, and this year's, which is the default."""
    year = told.as_of.year
    return Budget(1, year - 1, default=False), Budget(2, year, default=True)


def header_rows(told: History) -> list[dict[str, Value]]:
    """The headers."""
    return [
        {
            "RECORDNO": budget.number,
            "BUDGETID": budget.id,
            "DESCRIPTION": f"Operating budget {budget.year}",
            "DEFAULT_BUDGET": budget.default,
            "ISCONSOLIDATED": False,
            "ISPCNBUDGET": False,
            "STATUS": "active",
            "WHENCREATED": at(budget.written),
            "WHENMODIFIED": at(budget.written),
        }
        for budget in budgets(told)
    ]


def item_rows(told: History) -> Iterator[dict[str, Value]]:
    """The items: revenue and cost positive, each where its actual figure will be booked."""
    for budget in budgets(told):
        for month in months(date(budget.year, 1, 1), date(budget.year, 12, 1)):
            for entity in ENTITIES:
                planned = _planned(budget, told, entity, month)
                for (account, department, location), figure in planned.items():
                    yield {
                        "BUDGETID": budget.id,
                        "BUDGETKEY": budget.number,
                        "ACCT_NO": account,
                        "ACCTTITLE": TITLES[account],
                        "PERIODNAME": month_name(month),
                        "PSTARTDATE": month,
                        "PENDDATE": last_of_month(month),
                        "DEPT_NO": department,
                        "LOCATION_NO": location,
                        "AMOUNT": amount(figure),
                        "CURRENCY": entity.currency,
                        "NORMALBALANCE": SIDES[account],
                        "STATUS": "active",
                        "WHENCREATED": at(budget.written),
                        "WHENMODIFIED": at(budget.written),
                    }


def _planned(
    budget: Budget, told: History, entity: Entity, month: date
) -> dict[tuple[str, str, str], int]:
    figures = {
        (line.account, line.department, where(line, entity)): expected(
            line, entity, month, told, known_on=budget.written
        )
        for line in PLAN
        if line.account != "8200"  # nobody plans exchange differences
    }
    for (account, department), cost in payroll(entity, month, told, chance=False).items():
        figures[(account, department, place(entity, department))] = cost
    return {
        key: (figure + ROUND // 2) // ROUND * ROUND
        for key, figure in figures.items()
        if figure and (entity.id, key[0], month.month) not in FORGOTTEN
    }
