"""The entities, departments, locations and projects of the books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

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

ENTITY_FIELDS: Final = ("LOCATIONID", "NAME", "CURRENCY", "STATUS")
VALUE_FIELDS: Final[Mapping[DimensionName, tuple[str, str]]] = {
    DEPARTMENT: ("DEPARTMENTID", "TITLE"),
    LOCATION: ("LOCATIONID", "NAME"),
    PROJECT: ("PROJECTID", "NAME"),
}


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
    return entities_in(rows(books, "LOCATIONENTITY", ENTITY_FIELDS))


def entities_in(records: Iterable[etree._Element]) -> tuple[Entity, ...]:
    """The entities that these records of LOCATIONENTITY are, by id."""
    entities = [
        Entity(
            id=required_text(record, "LOCATIONID"),
            name=text_of(record, "NAME"),
            currency=Currency(text_of(record, "CURRENCY")),
            active=yes_or_no(text_of(record, "STATUS")),
        )
        for record in records
    ]
    return tuple(sorted(entities, key=lambda entity: entity.id))


def read_departments(books: Intacct) -> tuple[DimensionValue, ...]:
    """The departments by id, active or not."""
    return _values(books, DEPARTMENT)


def read_locations(books: Intacct) -> tuple[DimensionValue, ...]:
    """The locations by id, active or not; each entity is one of them."""
    return _values(books, LOCATION)


def read_projects(books: Intacct) -> tuple[DimensionValue, ...]:
    """The projects by id, active or not."""
    return _values(books, PROJECT)


def read_location_parents(books: Intacct) -> dict[str, str]:
    """Which location each location stands right below; "" for one at the top."""
    found = rows(books, "LOCATION", ("LOCATIONID", "PARENTID"))
    return {required_text(one, "LOCATIONID"): text_of(one, "PARENTID") for one in found}


def values_in(
    dimension: DimensionName, records: Iterable[etree._Element]
) -> tuple[DimensionValue, ...]:
    """The values of a dimension that these records of its object are, by id."""
    id_field, title_field = VALUE_FIELDS[dimension]
    values = [
        DimensionValue(
            key=DimensionKey(dimension, required_text(record, id_field)),
            title=text_of(record, title_field),
            active=yes_or_no(text_of(record, "STATUS")),
        )
        for record in records
    ]
    return tuple(sorted(values, key=lambda value: value.key))


def _values(books: Intacct, dimension: DimensionName) -> tuple[DimensionValue, ...]:
    fields = (*VALUE_FIELDS[dimension], "STATUS")
    return values_in(dimension, rows(books, dimension.upper(), fields))
