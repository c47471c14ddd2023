"""What each account of the demo company comes to in a month, before people and their pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sandbox.company.acme.places import Entity, place
from sandbox.company.periods import later

# Thousandths of an ordinary month, January to December.
SEASONS = {
    "flat": (1000,) * 12,
    "services": (880, 940, 1080, 1020, 1010, 1090, 900, 820, 1060, 1100, 1090, 1010),
    "retail": (720, 740, 860, 900, 960, 1000, 940, 960, 1020, 1100, 1380, 1420),
    "campaigns": (1200, 1050, 1250, 900, 1000, 850, 700, 650, 1300, 1200, 1050, 850),
    "fairs": (300, 500, 1800, 400, 900, 1900, 300, 200, 2100, 1700, 1500, 400),
    "heating": (1450, 1400, 1200, 950, 800, 750, 850, 880, 800, 900, 1000, 1020),
    "travel": (900, 1000, 1250, 1050, 1100, 1200, 700, 600, 1250, 1250, 1100, 600),
    "audit": (600, 2600, 2900, 900, 500, 600, 500, 500, 700, 900, 700, 600),
    "quarterly": (0, 0, 3000) * 4,
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One account in one department: whole units a month in entity 100 at the start of history.

    `growth` and `noise` are in thousandths, a year and a month; `route` is how it reaches the
    books: invoiced, by journal, or billed by the vendor with this id.
    """

    account: str
    department: str
    units: int
    growth: int
    season: str
    noise: int
    route: str


PLAN = (
    PlanLine("4000", "SALES", 620_000, 170, "flat", 15, "invoice"),
    PlanLine("4100", "OPS", 140_000, 60, "services", 90, "invoice"),
    PlanLine("4200", "OPS", 55_000, 90, "flat", 40, "invoice"),
    PlanLine("4300", "SALES", 80_000, 30, "retail", 80, "journal"),
    PlanLine("5000", "ENG", 92_000, 140, "flat", 25, "V-501"),
    PlanLine("5100", "ENG", 31_000, 80, "flat", 30, "V-502"),
    PlanLine("5200", "OPS", 42_000, 50, "services", 110, "V-503"),
    PlanLine("5300", "SALES", 48_000, 30, "retail", 80, "journal"),
    PlanLine("5400", "SALES", 2_400, 30, "retail", 60, "journal"),
    PlanLine("6100", "MKT", 38_000, 70, "campaigns", 120, "V-504"),
    PlanLine("6120", "MKT", 14_000, 40, "fairs", 150, "V-505"),
    PlanLine("6150", "MKT", 9_000, 30, "flat", 80, "V-506"),
    PlanLine("6200", "SALES", 9_000, 0, "flat", 0, "V-507"),
    PlanLine("6200", "ENG", 12_000, 0, "flat", 0, "V-507"),
    PlanLine("6200", "OPS", 8_000, 0, "flat", 0, "V-507"),
    PlanLine("6200", "FIN", 4_000, 0, "flat", 0, "V-507"),
    PlanLine("6210", "OPS", 3_200, 30, "heating", 60, "V-508"),
    PlanLine("6220", "OPS", 2_100, 20, "flat", 300, "V-508"),
    PlanLine("6230", "FIN", 5_400, 30, "flat", 0, "V-509"),
    PlanLine("6300", "SALES", 15_000, 50, "travel", 180, "V-510"),
    PlanLine("6300", "ENG", 3_000, 50, "travel", 220, "V-510"),
    PlanLine("6310", "SALES", 3_500, 40, "travel", 200, "journal"),
    PlanLine("6400", "FIN", 7_000, 40, "flat", 350, "V-511"),
    PlanLine("6410", "FIN", 6_500, 30, "audit", 20, "V-512"),
    PlanLine("6420", "ENG", 8_000, 50, "flat", 250, "V-513"),
    PlanLine("6420", "FIN", 5_000, 50, "flat", 250, "V-513"),
    PlanLine("6500", "SALES", 6_000, 100, "flat", 15, "V-514"),
    PlanLine("6500", "MKT", 3_000, 100, "flat", 15, "V-514"),
    PlanLine("6500", "ENG", 14_000, 100, "flat", 15, "V-514"),
    PlanLine("6500", "OPS", 4_000, 100, "flat", 15, "V-514"),
    PlanLine("6500", "FIN", 3_500, 100, "flat", 15, "V-514"),
    PlanLine("6520", "OPS", 2_800, 20, "flat", 30, "V-514"),
    PlanLine("6600", "OPS", 1_200, 30, "flat", 200, "V-515"),
    PlanLine("6600", "FIN", 1_900, 30, "flat", 200, "V-515"),
    PlanLine("6700", "FIN", 6_000, 40, "campaigns", 400, "V-513"),
    PlanLine("6710", "ENG", 2_500, 40, "flat", 300, "V-513"),
    PlanLine("6800", "ENG", 11_000, 20, "flat", 0, "journal"),
    PlanLine("6800", "FIN", 2_500, 20, "flat", 0, "journal"),
    PlanLine("6900", "FIN", 2_000, 60, "quarterly", 50, "journal"),
    PlanLine("8000", "FIN", 1_500, 120, "flat", 50, "journal"),
    PlanLine("8100", "FIN", 600, 30, "flat", 60, "journal"),
    PlanLine("8200", "FIN", 900, 0, "flat", 3000, "journal"),
    PlanLine("8900", "FIN", 14_000, 80, "quarterly", 0, "journal"),
)

# From so many months before the month of as-of: the new level in thousandths of the old one.
STEPS = {"5000": (8, 1250), "6200": (18, 1080), "6500": (30, 1180)}
# So many months before the month of as-of, in this entity: an amount that comes once.
ONE_OFFS = {
    (7, "100", "6400", "FIN"): 84_000_00,
    (14, "200", "6220", "OPS"): 37_500_00,
    (3, "300", "6700", "FIN"): 28_000_00,
}


@dataclass(frozen=True, slots=True)
class History:
    """Which months are told: from the first to the day of as-of, made from one seed."""

    first: date
    as_of: date
    seed: int

    def index(self, month: date) -> int:
        """How many months the month is after the first."""
        return (month.year - self.first.year) * 12 + month.month - self.first.month

    def back(self, month: date) -> int:
        """How many months the month is before the month of as-of."""
        return self.index(self.as_of) - self.index(month)


def history(as_of: date, seed: int) -> History:
    """Forty-eight full months before the month of as-of, and that month up to the day."""
    return History(later(as_of, -48), as_of, seed)


def expected(
    line: PlanLine, entity: Entity, month: date, told: History, *, known_on: date | None = None
) -> int:
    """The month's amount in hundredths with trend, season and steps, but nothing by chance.

    Steps that begin after `known_on` are not foreseen.
    """
    level = line.units * 100 * entity.size * (12_000 + line.growth * told.index(month))
    seasoned = level * SEASONS[line.season][month.month - 1]
    back, step = STEPS.get(line.account, (0, 1000))
    begins = later(told.as_of, -back)
    taken = begins <= month and (known_on is None or begins <= known_on)
    return _divided(seasoned * (step if taken else 1000), 1000 * 12_000 * 1000 * 1000)


def actual(line: PlanLine, entity: Entity, month: date, told: History) -> int:
    """The same with chance and with what came only once."""
    rng = Random(f"{told.seed}/{entity.id}/{line.account}/{line.department}/{month}")
    chance = (rng.randint(-line.noise, line.noise) + rng.randint(-line.noise, line.noise)) // 2
    once = ONE_OFFS.get((told.back(month), entity.id, line.account, line.department), 0)
    return _divided(expected(line, entity, month, told) * (1000 + chance), 1000) + once


def shares(total: int, weights: list[int]) -> list[int]:
    """Whole hundredths in proportion to the weights, adding up; the largest takes the rest."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    parts[weights.index(max(weights))] += total - sum(parts)
    return parts


def where(line: PlanLine, entity: Entity) -> str:
    """The location the line is booked in."""
    return place(entity, line.department)


def _divided(value: int, by: int) -> int:
    return (2 * value + by) // (2 * by)
