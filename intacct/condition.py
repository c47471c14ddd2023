"""Which rows are meant: conditions on an object's fields, and how Intacct writes them.

A field may lie behind relations (`CUSTOMER.TERMNAME`). Comparisons of texts mind upper and lower
case. A field that holds nothing meets no comparison, not even “not equal”, “not one of” or “not
like”; `empty` alone finds it. That is how SQL has it and the local gateway does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from analytics.ledger import Problem
from intacct.errors import Garbled
from intacct.wire import Value, amount_from, element, value_text

MOST_VALUES: Final = 1000  # in one `in`
_FIELD = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})(.*)", re.ASCII | re.DOTALL)

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


def equal(field: str, value: Value) -> Condition:
    """The field has this value."""
    return Compared(field, "equalto", value_text(value))


def different(field: str, value: Value) -> Condition:
    """The field has another value than this one, and not none."""
    return Compared(field, "notequalto", value_text(value))


def above(field: str, value: Value) -> Condition:
    """The field is greater than the value."""
    return Compared(field, "greaterthan", value_text(value))


def from_on(field: str, value: Value) -> Condition:
    """The field is the value or greater."""
    return Compared(field, "greaterthanorequalto", value_text(value))


def below(field: str, value: Value) -> Condition:
    """The field is less than the value."""
    return Compared(field, "lessthan", value_text(value))


def up_to(field: str, value: Value) -> Condition:
    """The field is the value or less."""
    return Compared(field, "lessthanorequalto", value_text(value))


def between(field: str, low: Value, high: Value) -> Condition:
    """The field lies between the two values, both included; ValueError where they run backwards."""
    if not isinstance(low, str) and not isinstance(high, str) and low > high:  # type: ignore[operator]
        raise ValueError(f"the range of {field} runs backwards, from {low} to {high}")
    return Between(field, value_text(low), value_text(high))


def one_of(field: str, values: Sequence[Value]) -> Condition:
    """The field has one of these values, however many they are; ValueError for none at all."""
    return any_of(*(OneOf(field, part) for part in _parts(values)))


def none_of(field: str, values: Sequence[Value]) -> Condition:
    """The field has none of these values, and not nothing; ValueError for none at all."""
    return all_of(*(OneOf(field, part, negated=True) for part in _parts(values)))


def like(field: str, pattern: str) -> Condition:
    """The field fits the pattern: `%` is any run of characters, `_` any one."""
    return Like(field, pattern)


def empty(field: str) -> Condition:
    """The field holds nothing."""
    return Empty(field)


def filled(field: str) -> Condition:
    """The field holds something."""
    return Empty(field, negated=True)


def all_of(*conditions: Condition) -> Condition:
    """Every condition holds; ValueError for none at all."""
    return _joined(Every, conditions)


def any_of(*conditions: Condition) -> Condition:
    """At least one condition holds; ValueError for none at all."""
    return _joined(Either, conditions)


def condition_element(condition: Condition) -> etree._Element:
    """The operator as `filter` holds it; ValueError for what Intacct would not understand."""
    if found := problems(condition):
        raise ValueError(f"{found[0].about}: {found[0].sentence}")
    return _element(condition)


def problems(condition: Condition) -> tuple[Problem, ...]:
    """What is wrong with a condition before it is sent; empty where Intacct can understand it."""
    return tuple(_wrong(condition))


def fields_of(condition: Condition) -> tuple[str, ...]:
    """The fields a condition names, each once."""
    return tuple(dict.fromkeys(part.field for part in _leaves(condition)))


def _element(condition: Condition) -> etree._Element:
    match condition:
        case Compared(field, comparison, value):
            return _operator(comparison, field, value)
        case Between(field, low, high):
            return _operator("between", field, low, high)
        case OneOf(field, values, negated):
            return _operator("notin" if negated else "in", field, *values)
        case Like(field, pattern, negated):
            return _operator("notlike" if negated else "like", field, pattern)
        case Empty(field, negated):
            return _operator("isnotnull" if negated else "isnull", field)
        case Every(conditions):
            return element("and", None, *map(_element, conditions))
        case Either(conditions):
            return element("or", None, *map(_element, conditions))


_Leaf = Compared | Between | OneOf | Like | Empty


def _leaves(condition: Condition) -> Iterator[_Leaf]:
    if isinstance(condition, Every | Either):
        for part in condition.conditions:
            yield from _leaves(part)
    else:
        yield condition


def _wrong(condition: Condition) -> Iterator[Problem]:
    match condition:
        case Every(conditions) | Either(conditions):
            if len(conditions) < 2:
                word = "and" if isinstance(condition, Every) else "or"
                yield Problem(f"“{word}”", "It joins two conditions or more.")
            for part in conditions:
                yield from _wrong(part)
            return
        case Between(field, low, high) if _backwards(low, high):
            yield Problem(field, f"The range runs backwards, from {low} to {high}.")
        case OneOf(field, values) if not 1 <= len(values) <= MOST_VALUES:
            yield Problem(field, f"A set holds 1 to {MOST_VALUES} values, not {len(values)}.")
    if not _FIELD.fullmatch(condition.field):
        yield Problem(condition.field or "a condition", "That is not the name of a field.")
    if any(map(_UNWRITABLE.search, _values(condition))):
        yield Problem(condition.field, "A value holds characters that XML cannot carry.")


def _values(leaf: _Leaf) -> tuple[str, ...]:
    match leaf:
        case Compared(_, _, value):
            return (value,)
        case Between(_, low, high):
            return (low, high)
        case OneOf(_, values):
            return values
        case Like(_, pattern):
            return (pattern,)
    return ()


def _backwards(low: str, high: str) -> bool:
    """The field's kind is not known here, so only what is backwards for every kind is said."""
    if _DAY.fullmatch(low) and _DAY.fullmatch(high):
        return _sortable(low) > _sortable(high)
    try:
        return amount_from(low) > amount_from(high) and low > high
    except Garbled:
        return low > high


def _sortable(day: str) -> str:
    return _DAY.sub(r"\3\1\2\4", day)


def _parts(values: Sequence[Value]) -> list[tuple[str, ...]]:
    texts = list(map(value_text, values))
    return [tuple(texts[i : i + MOST_VALUES]) for i in range(0, len(texts), MOST_VALUES)]


def _joined(join: type[Every] | type[Either], conditions: tuple[Condition, ...]) -> Condition:
    if not conditions:
        raise ValueError("nothing to join: name at least one condition")
    return conditions[0] if len(conditions) == 1 else join(conditions)


def _operator(name: str, field: str, *values: str) -> etree._Element:
    return element(name, None, element("field", field), *(element("value", v) for v in values))
