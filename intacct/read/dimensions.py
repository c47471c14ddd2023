"""The entities, departments, locations and projects of the books."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.ledger import (
    DEPARTMENT,
    LOCATION,
    PROJECT,
    Currency,
    DimensionKey,
    DimensionName,
    DimensionValue,
)
from intacct.client import Intacct
from intacct.read.query import rows
from intacct.wire import required_text, text_of, yes_or_no


@dataclass(frozen=True, slots=True)
class Entity:
    """One company of the group, with the currency its books are kept in."""

    id: str
    name: str
    currency: Currency
    active: bool

    @property
    def label(self) -> str:
        """Its name with its id, where it has one."""
        return f"{self.name} ({self.id})" if self.id else self.name


def read_entities(books: Intacct) -> tuple[Entity, ...]:
    """The entities by id, active or not; none where the company is a single one."""
    found = rows(books, "LOCATIONENTITY", ("LOCATIONID", "NAME", "CURRENCY", "STATUS"))
    entities = [
        Entity(
            id=required_text(record, "LOCATIONID"),
            name=text_of(record, "NAME"),
            currency=Currency(text_of(record, "CURRENCY")),
            active=yes_or_no(text_of(record, "STATUS")),
        )
        for record in found
    ]
    return tuple(sorted(entities, key=lambda entity: entity.id))


def read_departments(books: Intacct) -> tuple[DimensionValue, ...]:
    """The departments by id, active or not."""
    return _values(books, DEPARTMENT, "DEPARTMENTID", "TITLE")


def read_locations(books: Intacct) -> tuple[DimensionValue, ...]:
    """The locations by id, active or not; each entity is one of them."""
    return _values(books, LOCATION, "LOCATIONID", "NAME")


def read_projects(books: Intacct) -> tuple[DimensionValue, ...]:
    """The projects by id, active or not."""
    return _values(books, PROJECT, "PROJECTID", "NAME")


def read_location_parents(books: Intacct) -> dict[str, str]:
    """Which location each location stands right below; "" for one at the top."""
    found = rows(books, "LOCATION", ("LOCATIONID", "PARENTID"))
    return {required_text(one, "LOCATIONID"): text_of(one, "PARENTID") for one in found}


def _values(
    books: Intacct, dimension: DimensionName, id_field: str, title_field: str
) -> tuple[DimensionValue, ...]:
    values = [
        DimensionValue(
            key=DimensionKey(dimension, required_text(record, id_field)),
            title=text_of(record, title_field),
            active=yes_or_no(text_of(record, "STATUS")),
        )
        for record in rows(books, dimension.upper(), (id_field, title_field, "STATUS"))
    ]
    return tuple(sorted(values, key=lambda value: value.key))
