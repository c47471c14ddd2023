"""A dimension is a name and an id; companies define their own, so the names are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from analytics.errors import LedgerError

DimensionName = NewType("DimensionName", str)

ENTITY = DimensionName("entity")
LOCATION = DimensionName("location")
DEPARTMENT = DimensionName("department")
PROJECT = DimensionName("project")


@dataclass(frozen=True, slots=True, order=True)
class DimensionKey:
    """One value of one dimension: department 100, project P-7."""

    name: DimensionName
    id: str


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """What the books say of one value: its key, what people call it, and whether it is in use."""

    key: DimensionKey
    title: str
    active: bool = True


Dimensions = frozenset[DimensionKey]


def dimensions(ids: Mapping[str, str]) -> Dimensions:
    """`dimensions({"department": "100"})`; an id is never blank."""
    if blank := [name for name, id_ in ids.items() if not id_.strip()]:
        raise LedgerError(f"no id for {', '.join(sorted(blank))}")
    return frozenset(DimensionKey(DimensionName(n), i) for n, i in ids.items())


def value_of(where: Dimensions, name: DimensionName) -> str | None:
    """The id this combination has for a dimension, None where it names none."""
    return next((key.id for key in where if key.name == name), None)
