"""Which rows are meant: conditions on an object's fields, and how Intacct writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from intacct.wire import element

MOST_VALUES: Final = 1000  # in one `in`

Comparison = Literal[
    "equalto",
    "notequalto",
    "lessthan",
    "lessthanorequalto",
    "greaterthan",
    "greaterthanorequalto",
]


@dataclass(frozen=True, slots=True)
class Compared:
    """The field stands in this relation to the value, as numbers or dates where it holds such."""

    field: str
    comparison: Comparison
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """The field lies between the two values, both included."""

    field: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values, or none of them where it is negated."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Like:
    """The field fits the pattern: `%` is any run of characters, `_` any one."""

    field: str
    pattern: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """The field holds nothing, or something where it is negated."""

    field: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


Condition = Compared | Between | OneOf | Like | Empty | Every | Either


def equal(field: str, value: str) -> Condition:
    """The field has this value."""
    return Compared(field, "equalto", value)


def above(field: str, value: str) -> Condition:
    """The field is greater than the value."""
    return Compared(field, "greaterthan", value)


def from_on(field: str, value: str) -> Condition:
    """The field is the value or greater."""
    return Compared(field, "greaterthanorequalto", value)


def one_of(field: str, values: Sequence[str]) -> Condition:
    """The field has one of these values, however many they are; ValueError for none at all."""
    parts = [tuple(values[i : i + MOST_VALUES]) for i in range(0, len(values), MOST_VALUES)]
    return any_of(*(OneOf(field, part) for part in parts))


def all_of(*conditions: Condition) -> Condition:
    """Every condition holds; ValueError for none at all."""
    return _joined(Every, conditions)


def any_of(*conditions: Condition) -> Condition:
    """At least one condition holds; ValueError for none at all."""
    return _joined(Either, conditions)


def condition_element(condition: Condition) -> etree._Element:
    """The operator as `filter` holds it; ValueError for what Intacct would not understand."""
    match condition:
        case Compared(field, comparison, value):
            return _operator(comparison, field, value)
        case Between(field, low, high):
            return _operator("between", field, low, high)
        case OneOf(field, values, negated):
            if not 1 <= len(values) <= MOST_VALUES:
                raise ValueError(f"a set holds 1 to {MOST_VALUES} values, not {len(values)}")
            return _operator("notin" if negated else "in", field, *values)
        case Like(field, pattern, negated):
            return _operator("notlike" if negated else "like", field, pattern)
        case Empty(field, negated):
            return _operator("isnotnull" if negated else "isnull", field)
        case Every(conditions):
            return _combined("and", conditions)
        case Either(conditions):
            return _combined("or", conditions)


def _joined(join: type[Every] | type[Either], conditions: tuple[Condition, ...]) -> Condition:
    if not conditions:
        raise ValueError("nothing to join: name at least one condition")
    return conditions[0] if len(conditions) == 1 else join(conditions)


def _operator(name: str, field: str, *values: str) -> etree._Element:
    return element(name, None, element("field", field), *(element("value", v) for v in values))


def _combined(name: str, conditions: tuple[Condition, ...]) -> etree._Element:
    if len(conditions) < 2:
        raise ValueError(f"“{name}” joins two conditions or more")
    return element(name, None, *map(condition_element, conditions))
