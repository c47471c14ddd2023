"""The demo company's entities, sites, departments, projects, people, items and banks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from sandbox.company.periods import months
from sandbox.company.values import Value


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity, its currency, its second site if any, and its size in thousandths of 100."""

    id: str
    name: str
    currency: str
    site: str
    bank: str
    country: str
    size: int

    @property
    def number(self) -> int:
        """Its record number: entities are the first locations."""
        return ENTITIES.index(self) + 1


ENTITIES = (
    Entity("100", "US Inc", "USD", "110", "BOA-OPS", "United States", 1000),
    Entity("200", "UK Ltd", "GBP", "210", "BARC-OPS", "United Kingdom", 420),
    Entity("300", "US West", "USD", "300", "WF-OPS", "United States", 330),
)
SITES = (("110", "Austin", "100", "USD"), ("210", "Manchester", "200", "GBP"))
DEPARTMENTS = (
    ("SALES", "Sales", "active"),
    ("MKT", "Marketing", "active"),
    ("ENG", "Engineering", "active"),
    ("OPS", "Operations", "active"),
    ("FIN", "Finance and administration", "active"),
    ("OLD", "Closed division", "inactive"),
)
PROJECTS = (
    ("P-101", "Orbit data migration", "100", "C-1001"),
    ("P-102", "Kestrel rollout", "100", "C-1004"),
    ("P-103", "Juniper integration", "100", "C-1006"),
    ("P-201", "Thames reporting", "200", "C-2001"),
    ("P-202", "Harbour onboarding", "200", "C-2003"),
    ("P-301", "Sierra pilot", "300", "C-3001"),
)
ITEMS = (
    ("SUB", "Subscription", "Non-Inventory (Sales only)", "Subscriptions"),
    ("SRV", "Services day", "Non-Inventory (Sales only)", "Services"),
    ("GATE", "Gateway device", "Inventory", "Hardware"),
    ("LIC", "Third-party licence", "Non-Inventory (Purchase only)", "Licences"),
    ("FIT", "Office fit-out", "Non-Inventory (Purchase only)", "Fittings"),
)
SITE_DEPARTMENTS = frozenset({"ENG", "OPS"})


def entity_of(location: str) -> str:
    """The entity a location belongs to."""
    return {site: parent for site, _, parent, _ in SITES}.get(location, location)


def place(entity: Entity, department: str) -> str:
    """Where a department of the entity sits: engineers and operations have the second site."""
    return entity.site if department in SITE_DEPARTMENTS else entity.id


def entity_rows(first: date) -> list[dict[str, Value]]:
    """The entities, each with the calendar year as its fiscal year."""
    return [
        {
            "LOCATIONID": one.id,
            "NAME": one.name,
            "REPORTPRINTAS": one.name,
            "FIRSTMONTH": 1,
            "STARTDATE": first,
            "HAS_IE_RELATION": True,
            "CURRENCY": one.currency,
            "LEGALNAME": f"Acme {one.name}",
            "OPCOUNTRY": one.country,
            "STATUS": "active",
        }
        for one in ENTITIES
    ]


def location_rows() -> list[dict[str, Value]]:
    """The entities as locations, and their sites below them."""
    tops = [(one.id, one.name, None, one.currency) for one in ENTITIES]
    return [
        {
            "LOCATIONID": id_,
            "NAME": name,
            "PARENTID": parent,
            "CURRENCY": currency,
            "STATUS": "active",
        }
        for id_, name, parent, currency in (*tops, *SITES)
    ]


def department_rows() -> list[dict[str, Value]]:
    """The departments, one of them closed."""
    return [
        {"DEPARTMENTID": id_, "TITLE": title, "STATUS": status}
        for id_, title, status in DEPARTMENTS
    ]


def project_rows(first: date) -> list[dict[str, Value]]:
    """Projects for customers."""
    return [
        {
            "PROJECTID": id_,
            "NAME": name,
            "PROJECTCATEGORY": "Contract",
            "PROJECTSTATUS": "In Progress",
            "CUSTOMERID": customer,
            "LOCATIONID": entity,
            "DEPARTMENTID": "OPS",
            "BEGINDATE": first,
            "STATUS": "active",
        }
        for id_, name, entity, customer in PROJECTS
    ]


def item_rows() -> list[dict[str, Value]]:
    """What is sold and bought on orders."""
    return [
        {"ITEMID": id_, "NAME": name, "ITEMTYPE": kind, "GLGROUP": group, "STATUS": "active"}
        for id_, name, kind, group in ITEMS
    ]


def bank_rows() -> list[dict[str, Value]]:
    """One operating account per entity; the numbers are made up."""
    return [
        {
            "BANKACCOUNTID": one.bank,
            "BANKNAME": f"{one.name} operating account",
            "BANKACCOUNTNO": f"000000{one.id}",
            "GLACCOUNTNO": "1000",
            "CURRENCY": one.currency,
            "LOCATIONID": one.id,
            "STATUS": "active",
        }
        for one in ENTITIES
    ]


def rate_rows(first: date, as_of: date, seed: int) -> list[dict[str, Value]]:
    """What a pound was worth in dollars, set at the start of every month: a slow random walk."""
    rng = Random(f"{seed}/rates")
    walk = 12_700
    rows: list[dict[str, Value]] = []
    for month in months(first, as_of):
        walk = min(13600, max(11800, walk + rng.randint(-180, 180)))
        rate = Decimal(walk).scaleb(-4)
        rows.append(
            {
                "EXCHANGERATEKEY": 1,
                "EFFECTIVE_START_DATE": month,
                "EXCHANGE_RATE": rate,
                "RECIPROCAL_RATE": (1 / rate).quantize(Decimal("0.000001")),
            }
        )
    return rows
